import { Compile } from 'typebox/compile';
import { Errors } from 'typebox/value';
import { expect, test } from 'vitest';
import { type Random, seeded } from '../../src/model/random.ts';
import { type Report, ReportSchema } from '../../src/model/report.ts';
import { html } from '../../src/report/html.ts';
import { junit } from '../../src/report/junit.ts';
import { markdown } from '../../src/report/markdown.ts';
import { oneLine } from '../../src/report/one-line.ts';
import { plain } from '../../src/report/paint.ts';
import { terminal } from '../../src/report/terminal.ts';
import { times } from '../support/tried.ts';
import { dataInvalid } from './fixtures/data-invalid.ts';
import { saturated } from './fixtures/saturated.ts';
import { unobservedLimit } from './fixtures/unobserved-limit.ts';

type Resource = Report['resources'][number];
type Interval = Resource['demand'] extends infer D ? (D extends { perRequest: infer I } ? I : never) : never;

/** One side of an interval, all of it, or what stood there. */
function bounded(random: Random, interval: Interval): Interval {
  if (interval.kind !== 'interval' || random() < 0.5) return interval;
  return random() < 0.5 ? { kind: 'at-least', low: interval.low } : { kind: 'at-most', high: interval.high };
}

/** The same report with things missing that may be missing, drawn by a seed. */
function withHoles(report: Report, seed: number): Report {
  const random = seeded(seed);
  const maybe = <T>(value: T): T | null => (random() < 0.6 ? value : null);
  const some = <T>(values: readonly T[]): T[] => (random() < 0.2 ? [] : [...values]);
  const capacity = maybe(report.capacity);
  const headroom = maybe(report.headroom);
  const resource = (each: Resource): Resource => {
    const own = maybe(each.capacity);
    const peak = maybe(each.peak);
    return {
      ...each,
      because: maybe(each.because),
      curve: each.curve.map((share) => maybe(share)),
      onset: each.onset && maybe({ ...each.onset, load: { ...each.onset.load, above: maybe(each.onset.load.above) } }),
      capacity: own && { ...own, rate: bounded(random, own.rate) },
      headroom: maybe(each.headroom),
      peak: peak && { ...peak, ...(random() < 0.3 ? { ceiling: null, ratio: null } : {}) },
      evidence: some(each.evidence),
    };
  };
  return {
    ...report,
    capacity: capacity && { ...capacity, rate: bounded(random, capacity.rate) },
    headroom: headroom && {
      ...headroom,
      ratio: bounded(random, headroom.ratio),
      spare: bounded(random, headroom.spare),
      multiplier: bounded(random, headroom.multiplier),
    },
    current: maybe(report.headroom),
    next: maybe(report.next),
    remedy: maybe(report.remedy),
    resources: some(report.resources.map(resource)),
    load: {
      ...report.load,
      axis: random() < 0.5 ? 'arrivals' : 'throughput',
      steps: some(
        report.load.steps.map((step) => ({
          ...step,
          p50: maybe(step.p50),
          p99: maybe(step.p99),
          inFlight: maybe(step.inFlight),
        })),
      ),
    },
    sheet: random() < 0.1 ? { windows: [], rows: [] } : report.sheet,
    blind: some(report.blind),
    notes: some(report.notes),
  };
}

const seeds = Array.from({ length: times(100, 40) }, (_, index) => index + 1);
const schema = Compile(ReportSchema);

test.each([saturated, unobservedLimit, dataInvalid])('$verdict.kind can be told whatever is missing', (whole) => {
  for (const seed of seeds) {
    const report = withHoles(whole, seed);
    if (!schema.Check(report)) expect([...Errors(ReportSchema, report)], `seed ${seed}`).toEqual([]);
    for (const line of terminal(report, { width: 80, paint: plain }).split('\n'))
      expect([...line].length, `seed ${seed}: ${line}`).toBeLessThanOrEqual(80);
    const page = html(report, { script: '', style: '', nonce: 'n' }).replaceAll(/<(script|style)[\s\S]*?<\/\1>/gu, '');
    const texts = [
      terminal(report, { width: 80, paint: plain }),
      markdown(report),
      junit(report),
      oneLine(report),
      page,
    ];
    for (const text of texts)
      expect(text, `seed ${seed}`).not.toMatch(/undefined|NaN|\bnull\b|Infinity|\[object|unlimited/u);
  }
});
