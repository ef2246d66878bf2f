import type { Tally } from '../model/tally.ts';
import { perSecond, seconds } from '../model/units.ts';
import { type Counts, minus, plus, quantile } from './histogram.ts';
import { endedOf, type PhaseCounts, phases, type Snapshot } from './tally.ts';

/** A copy of the tallies and when (s since the load was opened) it was made. */
export type Dated = { readonly at: number; readonly snapshot: Snapshot };

/** A display may say with 100 answers what a report says with 1000. */
const enough = (share: number): number => 1 / (1 - share);

/** What is shown while a load runs: counts since it was opened, rates over the last second, quantiles over the last five, from copies made along the way (oldest first). */
export function live(now: Dated, earlier: readonly Dated[]): Tally {
  const all = sums(now.snapshot);
  const second = earlier.findLast(({ at }) => at <= now.at - 1) ?? earlier[0];
  const five = earlier.find(({ at }) => at >= now.at - 5.5);
  const before = second === undefined ? undefined : { ...sums(second.snapshot), at: second.at };
  const rate = (count: number, was: number | undefined) =>
    perSecond(before === undefined || now.at <= before.at ? 0 : (count - (was ?? 0)) / (now.at - before.at));
  const recent = five === undefined ? all.response : minus(all.response, sums(five.snapshot).response);
  return {
    at: seconds(now.at),
    intended: all.intended,
    sent: all.sent,
    completed: all.completed,
    good: all.good,
    failed: all.failed,
    connectFailures: all.connectFailures,
    shed: all.shed,
    inFlight: now.snapshot.inFlight,
    offered: rate(all.intended, before?.intended),
    achieved: rate(all.answered, before?.answered),
    p50: quantile(recent, 0.5, enough(0.5)),
    p95: quantile(recent, 0.95, enough(0.95)),
    p99: quantile(recent, 0.99, enough(0.99)),
  };
}

function sums(snapshot: Snapshot) {
  const each = phases.map((phase) => snapshot.phases[phase]);
  const ended = each.map(endedOf);
  const total = (read: (counts: PhaseCounts) => number): number => each.reduce((sum, counts) => sum + read(counts), 0);
  return {
    intended: total((counts) => counts.intended),
    sent: total((counts) => counts.sent),
    connectFailures: total((counts) => counts.connectFailures),
    shed: total((counts) => [...counts.shed.values()].reduce((sum, count) => sum + count, 0)),
    completed: ended.reduce((sum, { completed }) => sum + completed, 0),
    good: ended.reduce((sum, { good }) => sum + good, 0),
    failed: ended.reduce((sum, { failed }) => sum + failed, 0),
    answered: ended.reduce((sum, { answered }) => sum + answered, 0),
    response: each.map(({ response }) => response).reduce((merged: Counts, counts) => plus(merged, counts)),
  };
}
