import type { Target } from '../model/configuration.ts';
import type { TargetDiagnosis } from '../model/diagnosis.ts';
import { duration, rate } from '../model/in-words.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Limit } from '../model/limit.ts';
import type { Reference } from '../model/order.ts';
import type { Seconds } from '../model/units.ts';
import { prospectsOf } from './prospects.ts';
import { sightOf } from './sight.ts';

/** What was found out about a target besides what is seen: the load that headroom would be stated against, the shortest step, the arithmetic on its limits. */
export type Around = {
  readonly reference: Reference;
  /** How long a step must settle and measure for data as slow as these; undefined where nothing is seen. */
  readonly step: { readonly settle: Seconds; readonly measure: Seconds } | undefined;
  readonly limits: readonly Limit[];
};

/** Of a target: what is seen and how well, what is blind and what would cure it, and which verdicts could be reached. */
export function diagnose(target: Target, seen: Inventory, around: Around): TargetDiagnosis {
  const sees = sightOf(seen.signals);
  const { latency, errors, throughput } = target.objectives;
  const basis = {
    isLoadKnown: target.load !== undefined || seen.traffic !== undefined,
    sees,
    blind: seen.blind,
    hasObjectives: latency.length > 0 || errors !== undefined || throughput !== undefined,
  };
  return {
    target: target.name,
    answerable: basis.isLoadKnown && sees.length > 0,
    load: loadOf(target, seen),
    headroom: headroomOf(target, around.reference),
    scrape: scrapeOf(seen, around),
    sees,
    blind: seen.blind,
    limits: around.limits,
    verdicts: prospectsOf(basis),
    notes: seen.notes.map(({ text }) => text),
  };
}

function loadOf({ load, traffic }: Target, seen: Inventory): string {
  const may = load ? 'may be loaded' : 'may only be observed';
  if (seen.traffic !== undefined) return `${may}; its own traffic is seen every ${duration(seen.traffic)}`;
  if (traffic) return `${may}; its own traffic is configured, but has no data: foreign load stays unknown`;
  return `${may}; no "traffic" is configured: foreign load stays unknown`;
}

function headroomOf({ expect }: Target, reference: Reference): string {
  if (expect !== undefined) return `against ${rate(expect)}, as expected`;
  if (reference.kind === 'unknown') return `cannot be stated: ${reference.why}`;
  const days = reference.kind === 'history' ? `, the usual peak of ${duration(86_400 * reference.days)}` : '';
  return `against ${rate(reference.load)}${days}`;
}

function scrapeOf({ scrape }: Inventory, { step }: Around): string {
  if (scrape === undefined || !step) return 'nothing that a step could wait for is seen';
  const least = `a step takes at least ${duration(step.settle)} to settle and ${duration(step.measure)} to measure`;
  return `every ${duration(scrape)} at the slowest: ${least}`;
}
