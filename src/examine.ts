import { PlimsollFault } from './faults.ts';
import { limitsOf } from './limits/limits.ts';
import type { Configuration, Target } from './model/configuration.ts';
import type { Diagnosis, TargetDiagnosis } from './model/diagnosis.ts';
import type { Inventory } from './model/inventory.ts';
import type { Order, Reference } from './model/order.ts';
import { shortestPhases } from './plan/shortest-phases.ts';
import { observation } from './run/order-of.ts';
import { diagnose } from './survey/diagnose.ts';
import { prometheusHealth } from './survey/prometheus-health.ts';
import type { RealWorld } from './world.ts';

/** Looks at a configuration and its Prometheus over the last five minutes, target by target; sends no load. `looking` is told each target. */
export async function examine(
  configuration: Configuration,
  world: Pick<RealWorld, 'inventory' | 'history'>,
  looking: (target: string) => void,
  stop: AbortSignal,
): Promise<Diagnosis> {
  const examined: { readonly seen: Inventory; readonly told: TargetDiagnosis }[] = [];
  for (const target of configuration.targets) {
    looking(target.name);
    examined.push(await examineTarget(configuration, target, world, stop));
  }
  const [first] = examined;
  const { sources } = first?.seen ?? (await world.inventory(nothing(configuration), stop));
  const empty = configuration.targets.length === 0 ? ['the configuration has no targets'] : [];
  return {
    file: configuration.file,
    prometheus: configuration.prometheus.map((source) =>
      prometheusHealth(
        source,
        sources.find(({ name }) => name === source.name),
      ),
    ),
    targets: examined.map(({ told }) => told),
    notes: [...configuration.notes.map(({ text }) => text), ...empty],
  };
}

const unknown: Reference = { kind: 'unknown', why: 'no "expect" is configured, and no traffic is seen' };
const named = { run: 'doctor', version: '', reference: unknown } as const;

async function examineTarget(
  configuration: Configuration,
  target: Target,
  world: Pick<RealWorld, 'inventory' | 'history'>,
  stop: AbortSignal,
): Promise<{ readonly seen: Inventory; readonly told: TargetDiagnosis }> {
  const order = observation(configuration, target, named);
  const seen = await world.inventory(order, stop).catch((error) => refused(error, configuration, world, stop));
  const isLookedUp = target.expect === undefined && seen.traffic !== undefined;
  const reference = isLookedUp ? await world.history(order, stop) : order.reference;
  const { components } = target;
  const limits = limitsOf({ components, terms: seen.terms, signals: seen.signals });
  const step = seen.scrape && shortestPhases(seen.scrape);
  return { seen, told: diagnose(target, seen, { reference, step, limits }) };
}

/** A question that a Prometheus refused hides everything of that target, and nothing of the others. */
async function refused(
  error: unknown,
  configuration: Configuration,
  world: Pick<RealWorld, 'inventory'>,
  stop: AbortSignal,
): Promise<Inventory> {
  if (!(error instanceof PlimsollFault) || stop.aborted) throw error;
  const seen = await world.inventory(nothing(configuration), stop);
  return { ...seen, notes: [...seen.notes, { about: 'data', text: error.message }] };
}

/** An order that looks for nothing, so that only each Prometheus itself is seen. */
const nothing = (configuration: Configuration): Order => ({
  ...named,
  target: '',
  config: configuration.hash,
  components: [],
  traffic: undefined,
  objectives: { latency: [], errors: undefined, throughput: undefined },
  load: undefined,
});
