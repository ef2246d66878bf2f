import type { Component } from '../model/component.ts';
import { type Case, fillOf, isSame } from './cases.ts';
import type { Below } from './hold-time.ts';
import type { View } from './view.ts';

/** A leaf that is fuller than this may hold work in its own component. */
const busy = 0.8;

/**
 * Which share of what a request is held longer here is held longer below: residence by Little's law (units in use ÷ requests a second) in the windows from the onset on
 * less that before, in the components that are called directly, over the same here; and by what factor that lengthens what it was held here before. Undefined where one of them shows no hold, where the component's own CPU is not
 * seen or is busy itself, or where nothing is called.
 */
export function seenBelow(
  one: Case,
  windows: { readonly from: number; readonly before: number },
  given: { readonly cases: readonly Case[]; readonly components: readonly Component[]; readonly view: View },
): Below | undefined {
  const { cases, components, view } = given;
  const own = components.find(({ name }) => name === one.resource.component);
  if (!own || own.calls.length === 0 || !isFree(own.name, cases)) return undefined;
  const [early, late] = [
    view.windows.map((_, i) => i).filter((i) => i < windows.from),
    view.windows.map((_, i) => i).filter((i) => i >= windows.from && i < windows.before),
  ];
  const alike = cases.filter(({ resource }) => isSame(resource, one.resource));
  const grown = (held: readonly Case[]): number | undefined => {
    const [before, after] = [residence(held, early, view), residence(held, late, view)];
    return before === undefined || after === undefined ? undefined : after - before;
  };
  const [before, here] = [residence(alike, early, view), grown(alike)];
  const below = own.calls.map((name) => grown(mainHold(name, cases)));
  if (before === undefined || here === undefined || below.some((part) => part === undefined)) return undefined;
  const sum = below.reduce<number>((total, part) => total + (part ?? 0), 0);
  return { share: here <= 0 ? 0 : sum / here, factor: before > 0 ? 1 + sum / before : 1 };
}

/** Something tells how full its CPU or its threads are, and nothing that works there is busy. CPU time without a ceiling tells nothing. */
function isFree(component: string, cases: readonly Case[]): boolean {
  const leaves = cases.filter(({ resource }) => resource.component === component && resource.layer !== 'hold');
  const fills = (leaf: Case): readonly number[] =>
    leaf.usage.map((_, i) => fillOf(leaf, i)).filter((fill) => fill !== undefined);
  const tells = leaves.filter(({ resource }) => resource.unit === 'cores' || resource.layer === 'thread');
  return (
    tells.some((leaf) => fills(leaf).length > 0) && !leaves.some((leaf) => fills(leaf).some((fill) => fill >= busy))
  );
}

/** The hold of a component that load fills most, all its instances: connections that are only kept open tell nothing. */
function mainHold(component: string, cases: readonly Case[]): readonly Case[] {
  const holds = cases.filter(({ resource }) => resource.component === component && resource.layer === 'hold');
  const groups = [...Map.groupBy(holds, ({ resource }) => resource.resource).values()];
  const rise = (group: readonly Case[]): number => group.reduce((sum, { usage }) => sum + riseOf(usage), 0);
  return groups.toSorted((a, b) => rise(b) - rise(a))[0] ?? [];
}

function riseOf(usage: Case['usage']): number {
  const seen = usage.filter((value) => value !== undefined);
  return seen.length === 0 ? 0 : Math.max(...seen) - Math.min(...seen);
}

/** Units in use by requests ÷ requests a second. */
function residence(held: readonly Case[], positions: readonly number[], view: View): number | undefined {
  let [used, done] = [0, 0];
  for (const i of positions) {
    const values = held.map(({ usage }) => usage[i]);
    if (values.length === 0 || values.some((value) => value === undefined)) continue;
    used += values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
    done += view.windows[i]?.throughput ?? 0;
  }
  return done > 0 ? used / done : undefined;
}
