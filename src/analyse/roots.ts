import type { Component } from '../model/component.ts';
import { median } from '../stats/median.ts';
import { nonNegativeLine } from '../stats/non-negative-line.ts';
import { type Case, fillOf, known } from './cases.ts';
import { holdGrowth } from './hold-time.ts';
import { type Saturation, saturationOf } from './saturation.ts';
import { filledByStrangers } from './strangers.ts';
import type { View } from './view.ts';
import type { WaitsFor } from './waits-for.ts';

/** A resource that rises by less than this share of its ceiling while load rises does not move with this load. */
const moves = 0.1;
/** Held this much longer than at low load, a hold is kept by something below; up to the other it is its own limit (analysis 3.4, rule 2). */
const heldFromBelow = 2;
const heldByItself = 1.3;

/** How one resource stands towards the others. */
export type Standing =
  | { readonly kind: 'root'; readonly own: number }
  | { readonly kind: 'symptom'; readonly of: Case }
  | { readonly kind: 'held'; readonly growth: number }
  | { readonly kind: 'bystander' }
  | { readonly kind: 'unsaturated' };

/** A resource with what its windows show and how it stands. */
export type Judged = { readonly one: Case; readonly saturation: Saturation; readonly standing: Standing };

/** What the judgement rests on besides the cases: who waits for whom, what runs on what, and what leaks. */
export type Graph = {
  readonly waitsFor: WaitsFor;
  readonly components: readonly Component[];
  /** Nobody says what calls what. */
  readonly undeclared: boolean;
  /** Whether a hold's units are taken and not given back. */
  readonly leaks: (one: Case) => boolean;
};

type Filled = { readonly one: Case; readonly saturation: Saturation; readonly onset: number };

/**
 * Tells roots from symptoms: a saturated resource is a root when nothing saturated lies below it on which it waits;
 * a root that is a hold must also keep its hold time, else something below holds it that nothing shows.
 */
export function judgeCases(cases: readonly Case[], view: View, graph: Graph): readonly Judged[] {
  const all = cases.map((one) => ({ one, saturation: saturationOf(one, view) }));
  const filled = all.flatMap(({ one, saturation }): readonly Filled[] =>
    saturation.onset === undefined ? [] : [{ one, saturation, onset: saturation.onset }],
  );
  const byThisLoad = filled.filter((each) => isByThisLoad(each, view, { cases, ...graph }));
  return all.map(({ one, saturation }) => {
    const each = filled.find((other) => other.one === one);
    if (!each) return { one, saturation, standing: { kind: 'unsaturated' } };
    if (!byThisLoad.includes(each)) return { one, saturation, standing: { kind: 'bystander' } };
    return { one, saturation, standing: standingOf(each, byThisLoad, view, graph) };
  });
}

function isByThisLoad(
  { one, onset }: Filled,
  view: View,
  given: { readonly cases: readonly Case[]; readonly components: readonly Component[] },
): boolean {
  return movesWithLoad(one, view) && filledByStrangers(one, onset, view, given) !== true;
}

function movesWithLoad(one: Case, view: View): boolean {
  const all = view.windows.map((_, i) => i);
  const top = Math.max(0, ...known(one.usage, all));
  const ceiling = Math.max(0, ...known(one.ceiling, view.low)) || top;
  const low = known(one.usage, view.low);
  return low.length > 0 && top - Math.min(...low) >= moves * ceiling;
}

function standingOf(
  each: Filled,
  saturated: readonly Filled[],
  view: View,
  { waitsFor, leaks, undeclared }: Graph,
): Standing {
  const { one, onset } = each;
  const below = saturated.filter(
    (other) =>
      other.one !== one &&
      (waitsFor(one.resource, other.one.resource) || (undeclared && isHeldLonger(each, other, saturated, view))),
  );
  const causes = below.filter((other) => other.onset <= onset || isHeldBy(each, other, view));
  const deepest = causes.find((cause) => !causes.some((third) => waitsFor(cause.one.resource, third.one.resource)));
  if (deepest) return { kind: 'symptom', of: deepest.one };
  if (leaks(one)) return { kind: 'root', own: 1 };
  const later = Math.min(view.windows.length, ...below.map((other) => other.onset));
  return rootOrHeld(each, later, view);
}

/** Without a declared graph: of two holds the one that is held much longer than at low load waits for the one that is not. */
function isHeldLonger(above: Filled, below: Filled, saturated: readonly Filled[], view: View): boolean {
  if (above.one.resource.component === below.one.resource.component) return false;
  if (above.one.resource.layer !== 'hold' || below.one.resource.layer !== 'hold') return false;
  const [up, down] = [growthOf(above, view, saturated), growthOf(below, view, saturated)];
  return up !== undefined && down !== undefined && up >= heldFromBelow && down <= heldByItself;
}

/** From its own onset on, at least over the windows in which anything is saturated. */
function growthOf({ one, onset }: Filled, view: View, saturated: readonly Filled[]): number | undefined {
  const from = Math.min(onset, ...saturated.map((other) => other.onset));
  return holdGrowth(one, view, { from, before: view.windows.length });
}

/** What fills only at a higher load is a cause where work was already held longer here; where it was not, it is what comes next. */
function isHeldBy({ one, onset }: Filled, other: Filled, view: View): boolean {
  const growth =
    one.resource.layer === 'hold' ? holdGrowth(one, view, { from: onset, before: other.onset }) : undefined;
  return growth === undefined || growth > heldByItself;
}

function rootOrHeld({ one, onset }: Filled, before: number, view: View): Standing {
  const growth = one.resource.layer === 'hold' ? holdGrowth(one, view, { from: onset, before }) : undefined;
  if (growth === undefined || growth <= heldByItself) return { kind: 'root', own: 1 };
  if (growth >= heldFromBelow) return { kind: 'held', growth };
  return { kind: 'root', own: (heldFromBelow - growth) / (heldFromBelow - heldByItself) };
}

/** One answer to "which first": the resource it is in, its hottest instance, and how surely it is its own limit. */
export type First = { readonly judged: Judged; readonly share: number };

/** Own capacities closer than this cannot be told apart by their point estimates. */
const apart = 0.03;

/**
 * The roots that are first: the earliest onset; among equals the lowest own capacity; those that cannot be told apart share.
 * A hold that is held from below by something unseen stands in the race, and takes its share to "not observed".
 */
export function firstOf(judged: readonly Judged[], view: View): readonly First[] {
  const roots = hottest(judged.filter(({ standing }) => standing.kind === 'root' || standing.kind === 'held'));
  const earliest = Math.min(...roots.map(({ saturation }) => saturation.onset ?? Number.POSITIVE_INFINITY));
  const first = roots.filter(({ saturation }) => saturation.onset === earliest);
  const capacities = first.map(({ one }) => roughCapacity(one, view, earliest));
  const lowest = Math.min(...capacities);
  const tied = first.filter((_, i) => (capacities[i] ?? 0) <= lowest * (1 + apart));
  return tied.flatMap((each) =>
    each.standing.kind === 'root' ? [{ judged: each, share: each.standing.own / tied.length }] : [],
  );
}

/** One entry a resource: replicas and parts of it are the same answer, the fullest stands for all. */
function hottest(judged: readonly Judged[]): readonly Judged[] {
  const groups = Map.groupBy(judged, ({ one }) => `${one.resource.component}/${one.resource.resource}`);
  return [...groups.values()].flatMap((group) => group.toSorted((a, b) => peakOf(b.one) - peakOf(a.one))[0] ?? []);
}

/** The highest share of its ceiling in any window. */
export function peakOf(one: Case): number {
  return Math.max(0, ...one.usage.map((_, i) => fillOf(one, i) ?? 0));
}

/**
 * What a resource alone would carry, only to order two that began in the same window: a hold its size ÷ the hold time of low load,
 * a leaf where the line through the windows before the onset meets its ceiling (what it uses anyway is not this load's cost).
 */
function roughCapacity(one: Case, view: View, onset: number): number {
  const ceiling = known(one.ceiling, [onset])[0] ?? Math.max(...known(one.usage, [onset]), 0);
  const points = view.windows.flatMap((window, i) => {
    const usage = one.usage[i];
    return i < onset && usage !== undefined && window.goodput > 0 ? [{ x: window.goodput, y: usage }] : [];
  });
  const mean = points.length === 0 ? Number.POSITIVE_INFINITY : ceiling / median(points.map(({ x, y }) => y / x));
  if (one.resource.layer === 'hold' || new Set(points.map(({ x }) => x)).size < 3) return mean;
  const { slope, intercept } = nonNegativeLine(
    points.map(({ x }) => x),
    points.map(({ y }) => y),
  );
  return slope > 0 ? (ceiling - intercept) / slope : Number.POSITIVE_INFINITY;
}
