import type { Component } from '../../model/component.ts';
import { atCeiling } from '../../model/full.ts';
import { type Case, fillOf, isSame } from '../seen/cases.ts';
import type { View } from '../seen/view.ts';
import { lowHoldTime } from './hold-time.ts';
import { seenBelow } from './residence.ts';

/** A pool that is full passes less than this of what it passed before. */
const fewer = 0.9;
/** What it keeps beyond low load must be this share of what is in use. */
const ofUsage = 0.5;
/** What is below may have so much of what it keeps longer. */
const belowAtMost = 0.3;

type Given = {
  readonly around: readonly Case[];
  readonly view: View;
  readonly components: readonly Component[];
};

/**
 * Whether a pool that is full passes ever less, while what can be seen below keeps nothing longer and nothing beside it is busy: then its own units are missing, because they are not given back,
 * or because work keeps them that nobody declared. Connections that stay open whether they work or not tell nothing of what is below.
 */
export function isKeptByItself(one: Case, { around, view, components }: Given): boolean {
  const { resource } = one;
  const positions = view.windows.map((_, i) => i);
  const fulls = positions.filter((i) => (fillOf(one, i) ?? 0) >= atCeiling);
  const [from, last] = [fulls[0], fulls.at(-1)];
  const low = lowHoldTime(one, view);
  if (resource.kind !== 'pool' || resource.hard || from === undefined || last === undefined || low === undefined)
    return false;
  const alone = around.filter((each) => isSame(each.resource, resource)).length === 1;
  const done = positions.map((i) => one.completions?.[i] ?? (alone ? view.windows[i]?.goodput : undefined));
  const [passed, used] = [done[last], one.usage[last] ?? 0];
  if (passed === undefined || passed >= fewer * Math.max(...done.map((rate) => rate ?? 0))) return false;
  if (used - passed * low < ofUsage * used || !showsWork(resource.component, { around, components })) return false;
  const below = seenBelow(one, { from, before: view.windows.length }, { cases: around, components, view });
  return below !== undefined && below.share <= belowAtMost;
}

/** Whether everything that is called tells how much it works at, and not only what is kept open. */
function showsWork(name: string, { around, components }: Pick<Given, 'around' | 'components'>): boolean {
  const called = components.find((component) => component.name === name)?.calls ?? [];
  const works = (component: string): boolean =>
    around.some(({ resource }) => resource.component === component && resource.layer === 'hold' && !resource.hard);
  return called.length > 0 && called.every(works);
}
