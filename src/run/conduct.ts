import type { LoadRecord, Recovery, StepRecord } from '../model/load-record.ts';
import type { Order } from '../model/order.ts';
import type { Plan } from '../model/plan.ts';
import type { Beat } from '../model/pulse.ts';
import type { Report } from '../model/report.ts';
import type { Span } from '../model/span.ts';
import type { Trial } from '../model/trial.ts';
import { epoch, seconds } from '../model/units.ts';
import type { Load, World } from '../model/world.ts';
import { steadied } from '../plan/after-spike.ts';
import { grade } from '../plan/grade.ts';
import { next } from '../plan/next.ts';
import { notesOf } from '../plan/notes-of.ts';
import { searchFound } from '../plan/search-found.ts';
import { conclude } from './conclude.ts';
import { openPulse } from './pulse.ts';
import { sinceLoadEnded } from './since-load-ended.ts';
import { watchRecovery } from './watch-recovery.ts';

/** How a run is told to end: `stop` ends the load and reports what there is, `abandon` ends everything. */
export type Signals = { readonly stop: AbortSignal; readonly abandon: AbortSignal };

/** Samples from before the load are read too: ceilings stand, counters need a first sample. */
const lead = 30;
/** For at most this long the target is watched after the load, seconds. */
const longestWatch = 30;

/** Loads a target step by step and judges what was seen meanwhile. */
export async function conduct(
  order: Order & { readonly load: NonNullable<Order['load']> },
  world: World,
  { stop, abandon }: Signals,
  tell: (beat: Beat) => void,
): Promise<Report> {
  const began = world.clock.now();
  const { plan, script } = order.load;
  await using load = await world.openLoad(script, stop);
  await using pulse = openPulse(order, load, world, tell);
  const history: Trial[] = [];
  const halt = AbortSignal.any([stop, pulse.abort]);
  for (let step = next(plan, history); step && !halt.aborted; step = next(plan, history)) {
    const records = steadied(step, await load.offer(step, AbortSignal.any([halt, pulse.enough])));
    history.push(...records.map((record) => ({ step, record, grade: grade(record, order.objectives) })));
  }
  const loaded = world.clock.now();
  const stopped = stoppedBy(stop, pulse.why(), history);
  const watched = await recoveryOf(order, world, { load, history, stopped, abandon });
  const recovery = sinceLoadEnded(watched, history, loaded);
  await world.clock.sleep(seconds(Math.max(0, 2 * plan.scrape - (world.clock.now() - loaded))), abandon);
  const span = { from: epoch(began), to: loaded };
  const record = { ...recordOf(plan, history, span), stopped, recovery };
  return conclude(order, record, await world.collect(order, around(span, world), abandon));
}

/** Users who wait for an answer before they ask again ask for no more than is carried: the axis of their load is what was answered. */
function recordOf(plan: Plan, history: readonly Trial[], span: Span): Omit<LoadRecord, 'stopped' | 'recovery'> {
  const axis = plan.think === undefined ? 'arrivals' : 'throughput';
  const search = plan.kind === 'search' && history.length > 0 ? searchFound(plan.search, history) : undefined;
  const windows = history.map(({ record }) => record);
  return { axis, span, windows, ...(search && { search }), notes: notesOf(plan, history) };
}

const around = (span: Span, world: World): Span => ({ from: epoch(span.from - lead), to: world.clock.now() });

type Ended = {
  readonly load: Load;
  readonly history: readonly Trial[];
  readonly stopped: LoadRecord['stopped'];
  readonly abandon: AbortSignal;
};

/** How long until latency was back, once all that was inside had ended: by a few probing requests where the plan came to its end; after a stop nothing is sent, and the target's metrics tell. */
async function recoveryOf(
  order: Order,
  world: World,
  { load, history, stopped, abandon }: Ended,
): Promise<Recovery | undefined> {
  const calm = history.flatMap(({ record }) => record.latency.p50 ?? []);
  if (calm.length === 0 || abandon.aborted) return undefined;
  const baseline = Math.min(...calm);
  const ended = { baseline, last: history.at(-1)?.record };
  return stopped ? watchRecovery(order, world, ended, abandon) : load.watch(baseline, longestWatch, abandon);
}

function stoppedBy(stop: AbortSignal, rule: string | undefined, history: readonly Trial[]): LoadRecord['stopped'] {
  if (rule !== undefined) return { why: rule, safety: true };
  const own = history
    .map(({ record }): StepRecord['stopped'] => record.stopped)
    .find((stopped) => stopped !== undefined);
  if (own) return own;
  return stop.aborted ? { why: 'it was told to stop', safety: false } : undefined;
}
