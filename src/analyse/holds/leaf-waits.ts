import type { Component } from '../../model/component.ts';
import { atCeiling } from '../../model/full.ts';
import { median } from '../../stats/median.ts';
import { nonNegativeLine } from '../../stats/non-negative-line.ts';
import { sum } from '../../stats/sum.ts';
import { type Case, computes, fillOf, isSame, known, type Track } from '../seen/cases.ts';
import { reach } from '../seen/reach.ts';
import type { View } from '../seen/view.ts';
import { isUndeclared } from '../seen/waits-for.ts';
import { carriedByTokens } from './carried-by-tokens.ts';

const leastPoints = 3;
/** Where more fail, what was done in vain is counted nowhere. */
const fewErrors = 0.05;
/** Nearer to its end the formula has none. */
const almostFull = 0.97;

type Around = { readonly view: View; readonly around: readonly Case[]; readonly components: readonly Component[] };

/**
 * How long a request waits, in each window, for the processors and threads that can be seen below a hold (s): of each its demand × what M/M/c waits for a unit of work
 * at such a use (Sakasegawa 1977: ρ^(√(2(c + 1)) − 1) ÷ (c (1 − ρ))). So much longer a hold is kept although nothing below has come to its end.
 * It is asked in each draw of a bootstrap and counted once.
 */
export function leafWaits({ view, around, components }: Around): (hold: Case) => readonly number[] {
  const known = new Map<string, readonly number[]>();
  return (hold) => {
    const key = `${hold.resource.component}\n${hold.resource.kind}`;
    const waits = known.get(key) ?? waitsOf(hold, { view, around, components });
    known.set(key, waits);
    return waits;
  };
}

function waitsOf(hold: Case, { view, around, components }: Around): readonly number[] {
  const below = keptFor(hold, components);
  const leaves = around.filter((one) => computes(one) && below.has(one.resource.component) && hasRoom(one));
  const costs = leaves.map((leaf) => ({ leaf, ...costOf(leaf, view) }));
  const lent = lentBy(hold, { view, around });
  const done = doneThrough(hold, { view, around });
  return view.windows.map((_, i) => {
    const parts = costs.map(({ leaf, demand, others }): Part => {
      const times = dearerBy(
        leaf.usage.map((used) => used && used - others),
        done,
        { at: i, low: view.low },
      );
      return { demand, now: demand * times, servers: leaf.ceiling[i] ?? 1, fill: fillOf(leaf, i) ?? 0 };
    });
    const dearer = sum(parts.map(({ demand, now }) => now - demand));
    const open = sum(parts.map(({ now, fill, servers }) => now * perUnit(fill, servers)));
    return dearer + Math.min(open, mostWaiting(lent, parts, dearer));
  });
}

/** What passed through all instances of a pool in each window, also what was done in vain; where that is not counted it is what was answered, if hardly anything failed. Threads give up what they do and it goes on below. */
function doneThrough(hold: Case, { view, around }: Pick<Around, 'view' | 'around'>): Track {
  if (hold.resource.kind !== 'pool') return [];
  const alike = around.filter(({ resource }) => isSame(resource, hold.resource));
  return view.windows.map(({ goodput, errors }, i) => {
    const counted = known(
      alike.map(({ completions }) => completions?.[i]),
      [...alike.keys()],
    );
    if (alike.some(({ completions }) => completions !== undefined))
      return counted.length < alike.length ? undefined : sum(counted);
    return errors <= fewErrors ? goodput : undefined;
  });
}

/** How many times as much one unit of work costs in a window as where load is low; what is not known has not changed. */
function dearerBy(
  used: Track,
  done: Track,
  { at, low }: { readonly at: number; readonly low: readonly number[] },
): number {
  const costIn = (positions: readonly number[]): number => {
    const both = positions.filter((i) => used[i] !== undefined && done[i] !== undefined);
    return sum(known(used, both)) / sum(known(done, both));
  };
  const times = costIn([at]) / costIn(low);
  return Number.isFinite(times) ? Math.max(1, times) : 1;
}

/** A leaf in one window: what a request costs there where load is low, and what it costs now (s of one server). */
type Part = { readonly demand: number; readonly now: number; readonly servers: number; readonly fill: number };

/** How many units a hold has in all instances, and how long a request keeps one where load is low (s). */
type Lent = { readonly units: number; readonly time: number } | undefined;

function lentBy(hold: Case, { view, around }: Pick<Around, 'view' | 'around'>): Lent {
  const alike = around.filter(({ resource }) => isSame(resource, hold.resource));
  const units = sum(alike.map((one) => one.ceiling.at(-1) ?? Number.POSITIVE_INFINITY));
  const times = view.low.flatMap((i) => {
    const used = known(
      alike.map(({ usage }) => usage[i]),
      [...alike.keys()],
    );
    const { goodput } = view.windows[i] ?? { goodput: 0 };
    return used.length < alike.length || goodput <= 0 ? [] : [sum(used) / goodput];
  });
  return times.length === 0 || !Number.isFinite(units) ? undefined : { units, time: median(times) };
}

/** No more than its units can wait below a hold: what they wait there when all of them are in use (s a request). */
function mostWaiting(lent: Lent, parts: readonly Part[], dearer: number): number {
  if (!lent) return Number.POSITIVE_INFINITY;
  const time = Math.max(lent.time + dearer, ...parts.map(({ now }) => now));
  const stations = parts.map(({ now, servers }) => ({ residence: now, servers }));
  return Math.max(0, lent.units / carriedByTokens(lent.units, time, stations) - time);
}

/** Components that work while the hold is kept: all that is called, and for threads their own, each with what it runs on. A connection is lent while others work. */
export function keptFor({ resource }: Case, components: readonly Component[]): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    const component = components.find((one) => one.name === name);
    if (component?.on !== undefined) found.add(component.on);
    for (const called of component?.calls ?? []) walk(called);
  };
  const own = components.find(({ name }) => name === resource.component);
  for (const called of isUndeclared(components) ? othersOf(own, components) : (own?.calls ?? [])) walk(called);
  if (resource.kind === 'servers') walk(resource.component);
  return found;
}

/** Where nobody says what calls what it may be anything else that does not carry this one. */
const othersOf = (own: Component | undefined, components: readonly Component[]): readonly string[] =>
  components.map(({ name }) => name).filter((name) => name !== own?.name && name !== own?.on);

const hasRoom = (one: Case): boolean =>
  one.queue !== undefined || one.usage.every((_, i) => (fillOf(one, i) ?? 0) < atCeiling);

/** Seconds of one server a request, and what others use, by the line through the windows in which there was room. */
function costOf(leaf: Case, view: View): { readonly demand: number; readonly others: number } {
  const seen = view.windows.flatMap(({ goodput }, i) => {
    const usage = leaf.usage[i];
    return usage === undefined || goodput <= 0 || (fillOf(leaf, i) ?? 1) >= reach.clamped ? [] : [{ goodput, usage }];
  });
  if (new Set(seen.map(({ goodput }) => goodput)).size < leastPoints) return { demand: 0, others: 0 };
  const { slope, intercept } = nonNegativeLine(
    seen.map(({ goodput }) => goodput),
    seen.map(({ usage }) => usage),
  );
  return { demand: slope, others: intercept };
}

/** What a unit of work waits beside what it takes. */
function perUnit(fill: number, servers: number): number {
  const [use, c] = [Math.min(almostFull, fill), Math.max(1, servers)];
  return use ** (Math.sqrt(2 * (c + 1)) - 1) / (c * (1 - use));
}
