import type { Component } from '../../model/component.ts';
import { median } from '../../stats/median.ts';
import { sum } from '../../stats/sum.ts';
import { type Case, isSame, known, type Track } from './cases.ts';
import type { View } from './view.ts';

/** A rise of which the target's own components make less than this share is the work of strangers. */
const ownShare = 0.5;
/** A smaller rise than this share of the ceiling is not looked into. */
const worthAsking = 0.1;

/**
 * Whether a machine filled because of others: from low load to the windows from `onset` on, what runs on it and belongs to the target rose by less than
 * half of what the machine's usage rose by. Undefined where the target's own part is not measured, or there are several machines.
 */
export function filledByStrangers(
  one: Case,
  onset: number,
  view: View,
  given: { readonly cases: readonly Case[]; readonly components: readonly Component[] },
): boolean | undefined {
  const alike = given.cases.filter(({ resource }) => isSame(resource, one.resource));
  const own = alike.length === 1 ? ownUsage(one, view, given) : undefined;
  if (!own) return undefined;
  const late = view.windows.map((_, i) => i).filter((i) => i >= onset);
  const rise = riseOf(one.usage, view.low, late);
  const ownRise = riseOf(own, view.low, late);
  const ceiling = Math.max(0, ...known(one.ceiling, late));
  if (rise === undefined || ownRise === undefined || rise < worthAsking * ceiling) return undefined;
  return ownRise < ownShare * rise;
}

function riseOf(track: Track, low: readonly number[], late: readonly number[]): number | undefined {
  const [before, after] = [known(track, low), known(track, late)];
  return before.length === 0 || after.length === 0 ? undefined : median(after) - median(before);
}

/** What everything that runs there uses of the same unit: of each component the first resource that tells it, all instances. */
export function ownUsage(
  one: Case,
  view: View,
  { cases, components }: { readonly cases: readonly Case[]; readonly components: readonly Component[] },
): Track | undefined {
  const carried = components.filter(({ on }) => on === one.resource.component);
  const parts = carried.map(({ name }) => {
    const telling = cases.filter(({ resource }) => resource.component === name && resource.unit === one.resource.unit);
    return telling.filter(({ resource }) => resource.resource === telling[0]?.resource.resource);
  });
  if (parts.length === 0 || parts.some((part) => part.length === 0)) return undefined;
  return view.windows.map((_, i) => {
    const values = parts.flat().map(({ usage }) => usage[i]);
    return values.every((value) => value !== undefined) ? sum(values) : undefined;
  });
}
