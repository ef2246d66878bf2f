import { atCeiling } from '../../model/full.ts';
import { shortfall } from '../../model/shortfall.ts';
import { median } from '../../stats/median.ts';
import { sum } from '../../stats/sum.ts';
import { from } from '../holds/kept-longer.ts';
import { type Case, fillOf, known } from '../seen/cases.ts';
import { latencyOf, type View } from '../seen/view.ts';
import type { LeftOver, Placed } from './left-over.ts';

/** More likely the limit than not, and no more: who turned its exporter away nobody saw. */
const untold = 0.75;
/** It must have been read last at no less than this part of the load at which goodput stopped following. */
const justBefore = 0.5;
/** Failing answers must be this share of what goodput lacks, and take no longer than this multiple of those at low load. */
const explains = 0.7;
const hardlyLonger = 1.5;

/**
 * Hard limits that came to be full, and of which nothing is read from there on, while goodput stops following because requests fail as fast as they are answered at low load: what has nothing left to lend turns its own
 * exporter away too.
 */
export function silentSinceFull(cases: readonly Case[], placed: Placed, onset: number): readonly LeftOver[] {
  const { view, plateau, deepest, waitsFor } = placed;
  if (!failsAtOnce(view, plateau)) return [];
  return cases
    .filter((one) => deepest.every((hold) => waitsFor(hold.one.resource, one.resource)))
    .filter((one) => isSilentSinceFull(one, view, plateau))
    .map((one) => ({ one, onset, own: untold, by: 'silence' }));
}

function isSilentSinceFull(one: Case, view: View, plateau: number): boolean {
  const last = one.usage.findLastIndex((used) => used !== undefined);
  if (!one.resource.hard || one.resource.kind !== 'pool' || last < 0 || last >= plateau) return false;
  const hadRoom = view.low.some((i) => (fillOf(one, i) ?? 1) < atCeiling);
  const loadAt = (i: number): number => view.windows[i]?.load ?? 0;
  return hadRoom && (fillOf(one, last) ?? 0) >= atCeiling && loadAt(last) >= justBefore * loadAt(plateau);
}

/** What goodput lacks from where it stops following is answered, in no more time than at low load, and no good. */
function failsAtOnce(view: View, plateau: number): boolean {
  const calm = known(view.windows.map(latencyOf), view.low);
  const there = from(view, plateau).flatMap((i) => view.windows[i] ?? []);
  if (calm.length === 0) return false;
  const failed = sum(there.map(({ throughput, goodput }) => throughput - goodput));
  const lacking = sum(there.map(({ load, goodput }) => load - goodput));
  return (
    there.every(
      (one) => one.errors >= shortfall && (latencyOf(one) ?? Number.POSITIVE_INFINITY) <= hardlyLonger * median(calm),
    ) && failed >= explains * lacking
  );
}
