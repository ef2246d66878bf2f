import type { Component } from '../../model/component.ts';
import { nonNegativeLine } from '../../stats/non-negative-line.ts';
import { sum } from '../../stats/sum.ts';
import { type Case, fillOf, isSame, known } from '../seen/cases.ts';
import type { View } from '../seen/view.ts';
import { type Below, calmBefore } from './hold-time.ts';

/** A leaf that is fuller than this may hold work in its own component. */
const busy = 0.8;
/** Loads that it takes to tell what is kept without any. */
const leastPoints = 3;

/**
 * Which share of what a request is held longer here is held longer below: residence by Little's law (units in use ÷ requests a second) in the windows from the onset on
 * less that at low load, in the components that are called directly, over the same here; and by what factor that lengthens what it was held here before. Undefined where one of them shows no hold, where the component's own CPU is not
 * seen or is busy itself, or where nothing is called.
 */
export function seenBelow(
  one: Case,
  windows: { readonly from: number; readonly before: number },
  given: { readonly cases: readonly Case[]; readonly components: readonly Component[]; readonly view: View },
): Below | undefined {
  const { cases, components, view } = given;
  const own = components.find(({ name }) => name === one.resource.component);
  if (!own || own.calls.length === 0 || !isFree([own.name], cases)) return undefined;
  const alike = cases.filter(({ resource }) => isSame(resource, one.resource));
  const holds = own.calls.map((name) => mainHold(name, cases));
  const before = view.windows.map((_, i) => i).filter((i) => i < windows.from);
  const early = calmBefore(windows.from, [alike, ...holds], view);
  const late = view.windows.map((_, i) => i).filter((i) => i >= windows.from && i < windows.before);
  const grown = (held: readonly Case[]): Grown | undefined => {
    const anyway = keptAnyway(held, before, view);
    const [low, high] = [residence(held, early, view, anyway), residence(held, late, view, anyway)];
    return low && high && { before: low.time, by: high.time - low.time, error: Math.hypot(low.error, high.error) };
  };
  const here = grown(alike);
  const below = holds.map(grown);
  if (here === undefined || below.some((part) => part === undefined)) return undefined;
  const by = below.reduce((total, part) => total + (part?.by ?? 0), 0);
  const error = Math.hypot(...below.map((part) => part?.error ?? 0));
  return {
    share: here.by <= 0 ? 0 : by / here.by,
    factor: here.before > 0 ? 1 + by / here.before : 1,
    error: here.before > 0 ? error / here.before : 0,
  };
}

/** How long a request is held at first (s), by how much longer later, and the standard error of that. */
type Grown = { readonly before: number; readonly by: number; readonly error: number };

/** Something tells how full its CPU or its threads are, and nothing that works there is busy. CPU time without a ceiling tells nothing. */
export function isFree(names: readonly string[], cases: readonly Case[]): boolean {
  const leaves = cases.filter(({ resource }) => names.includes(resource.component) && resource.layer !== 'hold');
  const fills = (leaf: Case): readonly number[] =>
    leaf.usage.map((_, i) => fillOf(leaf, i)).filter((fill) => fill !== undefined);
  const tells = leaves.filter(({ resource }) => resource.unit === 'cores' || resource.layer === 'thread');
  return (
    tells.some((leaf) => fills(leaf).length > 0) && !leaves.some((leaf) => fills(leaf).some((fill) => fill >= busy))
  );
}

/** The hold of a component that load fills most, all its instances: connections that are only kept open tell nothing. */
export function mainHold(component: string, cases: readonly Case[]): readonly Case[] {
  const holds = cases.filter(({ resource }) => resource.component === component && resource.layer === 'hold');
  const groups = [...Map.groupBy(holds, ({ resource }) => resource.resource).values()];
  const rise = (group: readonly Case[]): number => group.reduce((sum, { usage }) => sum + riseOf(usage), 0);
  return groups.toSorted((a, b) => rise(b) - rise(a))[0] ?? [];
}

function riseOf(usage: Case['usage']): number {
  const seen = usage.filter((value) => value !== undefined);
  return seen.length === 0 ? 0 : Math.max(...seen) - Math.min(...seen);
}

type Held = { readonly used: number; readonly done: number; readonly variance: number };

/** Units in use in all instances, and requests a second, in those windows in which both were read. */
const heldIn = (held: readonly Case[], positions: readonly number[], view: View): readonly Held[] =>
  positions.flatMap((i) => {
    const values = known(
      held.map(({ usage }) => usage[i]),
      [...held.keys()],
    );
    if (values.length === 0 || values.length < held.length) return [];
    const variance = held.reduce((sum, one) => sum + (one.usageError[i] ?? 0) ** 2, 0);
    return [{ used: sum(values), done: view.windows[i]?.throughput ?? 0, variance }];
  });

/** What is in use without any load: connections that others keep are kept for nobody's request. */
function keptAnyway(held: readonly Case[], early: readonly number[], view: View): number {
  const seen = heldIn(held, early, view);
  if (new Set(seen.map(({ done }) => done)).size < leastPoints) return 0;
  return nonNegativeLine(
    seen.map(({ done }) => done),
    seen.map(({ used }) => used),
  ).intercept;
}

/** Units in use by requests ÷ requests a second, with its standard error (s). */
function residence(
  held: readonly Case[],
  positions: readonly number[],
  view: View,
  anyway: number,
): { readonly time: number; readonly error: number } | undefined {
  const seen = heldIn(held, positions, view);
  const done = seen.reduce((sum, each) => sum + each.done, 0);
  if (done <= 0) return undefined;
  const used = seen.reduce((sum, each) => sum + Math.max(0, each.used - anyway), 0);
  return { time: used / done, error: Math.sqrt(seen.reduce((sum, { variance }) => sum + variance, 0)) / done };
}
