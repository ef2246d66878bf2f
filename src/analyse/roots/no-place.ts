import type { Component } from '../../model/component.ts';
import { atCeiling } from '../../model/full.ts';
import { type Case, fillOf, isSame } from '../seen/cases.ts';
import { isCount } from '../seen/may-grow.ts';
import type { Judged } from './judged.ts';

/** In so many of the windows from its onset on pods are wanted, and wait for a place. */
const mostly = 0.5;

type Given = { readonly around: readonly Case[]; readonly components: readonly Component[] };

/**
 * Where instances are full because more of them are wanted and find no place, the pool of nodes is the root, as surely as they were: it can hold no more nodes, pods wait for one, and the autoscaler of
 * these instances wants more of them than there are. From when the instances are full: until then those that wait are missed by nobody.
 */
export function withPlaces(judged: readonly Judged[], given: Given): readonly Judged[] {
  const placed = judged.flatMap((each) => {
    const places = each.standing.kind === 'root' ? placesFor(each, given) : undefined;
    return places && each.standing.kind === 'root' ? [{ each, places, own: each.standing.own }] : [];
  });
  if (placed.length === 0) return judged;
  return judged.map((each): Judged => {
    const waiting = placed.find((one) => one.each === each);
    if (waiting) return { ...each, standing: { kind: 'symptom', of: waiting.places, by: 'places' } };
    const [wanted] = placed
      .filter(({ places }) => places.resource === each.one.resource && places.at === each.one.at)
      .toSorted((a, b) => b.own - a.own || (a.each.saturation.onset ?? 0) - (b.each.saturation.onset ?? 0));
    return wanted ? { ...each, saturation: wanted.each.saturation, standing: { kind: 'root', own: wanted.own } } : each;
  });
}

/** The pool of nodes that has no place for more instances of what is full. */
function placesFor({ one, saturation: { onset } }: Judged, { around, components }: Given): Case | undefined {
  if (onset === undefined || Object.keys(one.at).length === 0 || isCount(one)) return undefined;
  const count = around.find((other) => isCount(other) && other.resource.component === one.resource.component);
  if (!count || !isMostly(count, onset, (i) => isWaiting(count, i) && (fillOf(count, i) ?? 1) < atCeiling))
    return undefined;
  const pools = around.filter(({ resource }) => resource.kind === 'external' && resource.unit === 'nodes');
  const own = components.find(({ name }) => name === one.resource.component)?.on;
  const places = pools.find(({ resource }) => resource.component === own) ?? (alone(pools) ? pools[0] : undefined);
  const hasNone = (i: number): boolean => !!places && isWaiting(places, i) && (fillOf(places, i) ?? 0) >= atCeiling;
  return places && isMostly(places, onset, hasNone) ? places : undefined;
}

const isWaiting = ({ queue, queueFloor }: Case, i: number): boolean => (queue?.[i] ?? 0) > queueFloor;

function isMostly({ usage }: Case, onset: number, is: (i: number) => boolean): boolean {
  const late = usage.map((_, i) => i).filter((i) => i >= onset);
  return late.length > 0 && late.filter(is).length >= mostly * late.length;
}

/** Where a component does not say what it runs on, the only pool that there is. */
const alone = (pools: readonly Case[]): boolean =>
  pools.every(({ resource }) => pools[0] && isSame(resource, pools[0].resource));
