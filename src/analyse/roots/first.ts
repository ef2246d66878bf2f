import { roughCapacity } from '../saturation/rough-capacity.ts';
import { type Case, fillOf, isSame } from '../seen/cases.ts';
import type { View } from '../seen/view.ts';
import type { Judged, Standing } from './judged.ts';

/** One answer to "which first": the resource it is in, its hottest instance, and how surely it is its own limit. */
export type First = { readonly judged: Judged; readonly share: number };

/** Own capacities closer than this cannot be told apart by their point estimates. */
const apart = 0.03;

/**
 * The roots that are first: the earliest onset; among equals the lowest own capacity; those that cannot be told apart share. Before goodput stops following the load nothing limits:
 * what saturates until then stands equal, since noise and short bursts take the one a step before the other.
 * A hold that is held from below by something unseen stands in the race, and takes its share to "not observed".
 */
export function firstOf(judged: readonly Judged[], view: View, plateau?: number): readonly First[] {
  const roots = hottest(judged.filter(({ standing }) => standing.kind === 'root' || standing.kind === 'held'));
  const earliest = Math.min(...roots.map(({ saturation }) => saturation.onset ?? Number.POSITIVE_INFINITY));
  const stopped = Math.max(earliest, plateau ?? earliest);
  const all = roots.filter(({ saturation }) => (saturation.onset ?? Number.POSITIVE_INFINITY) <= stopped);
  const first = all.filter(({ standing }) => standing.kind !== 'root' || (!standing.under && !standing.turns));
  const capacities = first.map(({ one, standing }) =>
    standing.kind === 'held' ? Number.NEGATIVE_INFINITY : roughCapacity(one, view, earliest),
  );
  const lowest = Math.min(...capacities.filter(Number.isFinite));
  const tied = first.filter((_, i) => (capacities[i] ?? 0) <= lowest * (1 + apart));
  const below = all.filter(({ standing: each }) => each.kind === 'root' && tied.some(({ one }) => isWith(each, one)));
  return [...tied, ...below].flatMap((each) =>
    each.standing.kind === 'root' ? [{ judged: each, share: each.standing.own / tied.length }] : [],
  );
}

/** Whether it limits together with another, below it or in turns. */
function isWith({ under, turns }: Standing & { readonly kind: 'root' }, { resource }: Case): boolean {
  const other = under?.hold ?? turns;
  return other !== undefined && isSame(other.resource, resource);
}

/** One entry a resource: replicas and parts of it are the same answer, the one that saturates first stands for all, and of several the fullest. */
function hottest(judged: readonly Judged[]): readonly Judged[] {
  const groups = Map.groupBy(judged, ({ one }) => `${one.resource.component}/${one.resource.resource}`);
  return [...groups.values()].flatMap((group) => group.toSorted(byOnset)[0] ?? []);
}

function byOnset(a: Judged, b: Judged): number {
  const onset = ({ saturation }: Judged): number => saturation.onset ?? Number.MAX_SAFE_INTEGER;
  return onset(a) - onset(b) || peakOf(b.one) - peakOf(a.one);
}

/** The highest share of its ceiling in any window. */
export function peakOf(one: Case): number {
  return Math.max(0, ...one.usage.map((_, i) => fillOf(one, i) ?? 0));
}
