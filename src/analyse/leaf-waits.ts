import type { Component } from '../model/component.ts';
import { median } from '../stats/median.ts';
import { nonNegativeLine } from '../stats/non-negative-line.ts';
import { carriedByTokens } from './carried-by-tokens.ts';
import { type Case, fillOf, isSame } from './cases.ts';
import { reach } from './reach.ts';
import type { View } from './view.ts';
import { isUndeclared } from './waits-for.ts';

const leastPoints = 3;
/** Nearer to its end the formula has none. */
const almostFull = 0.97;
/** What comes this near to its end and could not show that work waits is an end itself, and not what lengthens another. */
const atItsEnd = 0.95;

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
  const parts = leaves.map((leaf) => ({ leaf, demand: demandOf(leaf, view) }));
  const most = mostWaiting(hold, parts, { view, around });
  return view.windows.map((_, i) => {
    const open = parts.reduce(
      (sum, { leaf, demand }) => sum + demand * perUnit(fillOf(leaf, i) ?? 0, leaf.ceiling[i] ?? 1),
      0,
    );
    return Math.min(open, most);
  });
}

type Part = { readonly leaf: Case; readonly demand: number };

/** No more than its units can wait below a hold: what they wait there when all of them are in use (s a request). */
function mostWaiting(hold: Case, parts: readonly Part[], { view, around }: Pick<Around, 'view' | 'around'>): number {
  const alike = around.filter(({ resource }) => isSame(resource, hold.resource));
  const last = view.windows.length - 1;
  const units = alike.reduce((sum, one) => sum + (one.ceiling[last] ?? Number.POSITIVE_INFINITY), 0);
  const times = view.low.flatMap((i) => {
    const used = alike.flatMap((one) => one.usage[i] ?? []);
    const { goodput } = view.windows[i] ?? { goodput: 0 };
    return used.length < alike.length || goodput <= 0 ? [] : [used.reduce((sum, each) => sum + each, 0) / goodput];
  });
  if (times.length === 0 || !Number.isFinite(units)) return Number.POSITIVE_INFINITY;
  const time = Math.max(median(times), ...parts.map(({ demand }) => demand));
  const stations = parts.map(({ leaf, demand }) => ({ residence: demand, servers: leaf.ceiling[last] ?? 1 }));
  return Math.max(0, units / carriedByTokens(units, time, stations) - time);
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
  one.queue !== undefined || one.usage.every((_, i) => (fillOf(one, i) ?? 0) < atItsEnd);

const computes = ({ resource }: Case): boolean =>
  resource.layer !== 'hold' && (resource.unit === 'cores' || resource.unit === 'event loops');

/** Seconds of one server a request, by the line through the windows in which there was room. */
function demandOf(leaf: Case, view: View): number {
  const seen = view.windows.flatMap(({ goodput }, i) => {
    const usage = leaf.usage[i];
    return usage === undefined || goodput <= 0 || (fillOf(leaf, i) ?? 1) >= reach.clamped ? [] : [{ goodput, usage }];
  });
  if (new Set(seen.map(({ goodput }) => goodput)).size < leastPoints) return 0;
  return nonNegativeLine(
    seen.map(({ goodput }) => goodput),
    seen.map(({ usage }) => usage),
  ).slope;
}

/** What a unit of work waits beside what it takes. */
function perUnit(fill: number, servers: number): number {
  const [use, c] = [Math.min(almostFull, fill), Math.max(1, servers)];
  return use ** (Math.sqrt(2 * (c + 1)) - 1) / (c * (1 - use));
}
