import type { Case } from './cases.ts';
import { type Below, type Cost, costOf } from './demand.ts';
import type { View } from './view.ts';
import type { WaitsFor } from './waits-for.ts';

/** What every resource costs and where it ends: first the leaves, then the holds, together with the leaves that they wait for. */
export function costsOf(
  cases: readonly Case[],
  view: View,
  sustained: readonly boolean[],
  waitsFor: WaitsFor,
): ReadonlyMap<Case, Cost> {
  const leaves = cases.filter(({ resource }) => resource.layer !== 'hold');
  const costs = new Map(leaves.map((leaf) => [leaf, costOf(leaf, view, sustained)]));
  const ends = leaves.flatMap((leaf) => {
    const below = belowOf(leaf, costs.get(leaf));
    return below ? [{ leaf, below }] : [];
  });
  for (const hold of cases.filter(({ resource }) => resource.layer === 'hold')) {
    const under = ends.filter(({ leaf }) => waitsFor(hold.resource, leaf.resource)).map(({ below }) => below);
    costs.set(hold, costOf(hold, view, sustained, under));
  }
  return costs;
}

/** Only what is measured in servers tells how long a request stays there. */
function belowOf({ resource, ceiling }: Case, cost: Cost | undefined): Below | undefined {
  const [demand, capacity] = [cost?.demand?.perRequest, cost?.capacity?.rate];
  if (resource.unit !== 'cores' || demand?.kind !== 'interval' || capacity?.kind !== 'interval') return undefined;
  return {
    demand: demand.value,
    servers: Math.max(1, ceiling.findLast((one) => one !== undefined) ?? 1),
    capacity: capacity.value,
  };
}
