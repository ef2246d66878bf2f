import type { Component } from '../../model/component.ts';
import { atCeiling } from '../../model/full.ts';
import { median } from '../../stats/median.ts';
import { type Case, fillOf, isSame, nameOf, sumAt, type Track } from '../seen/cases.ts';
import type { View } from '../seen/view.ts';
import type { WaitsFor } from '../seen/waits-for.ts';

/** Half as much again, for a cache as for anything else that is compared with it. */
const lifted = 1.5;
/** What lifting what is behind by as much would carry more, as the share of its work that would have to go. */
const asMuch = 1 - 1 / lifted;
/**
 * How unevenly keys are asked for: the exponent of Zipf's law. Web caches were measured at 0.64 to 0.83 (Breslau et al. 1999); both sides are taken further, and any in between as likely.
 */
const skews = [0.3, 0.9] as const;

/** From here on something is more likely fed than not. */
export const ratherThanNot = 0.5;

/** A cache and how surely half as much again of it would carry more than half as much again of what it feeds. */
export type Feeding = { readonly cache: Case; readonly share: number };

type Given = {
  readonly around: readonly Case[];
  readonly waitsFor: WaitsFor;
  readonly components: readonly Component[];
  readonly view: View;
};

/**
 * The cache whose misses make the work of a resource behind it (analysis 4, visit ratios): one that is full and drops, called by what also calls what is behind. With keys asked for by
 * Zipf's law so many as fit are hit as share^(1 − exponent), so that a larger cache turns misses into hits by a known factor for each exponent. Only what is dropped for lack of
 * room comes back so, and only the share of the work behind that misses ask for falls.
 */
export function feedingOf(one: Case, given: Given): Feeding | undefined {
  const { around, components, view } = given;
  const asked = askedOf(one, given);
  const found = around
    .filter((cache) => drops(cache, view) && liesBehind(one, cache, components))
    .flatMap((cache): readonly Feeding[] => {
      const looked = view.windows.flatMap((_, i) => lookUpsIn(cache, around, i, asked[i]) ?? []);
      return looked.length === 0 ? [] : [{ cache, share: median(looked.map(likelyLarger)) }];
    });
  return found.toSorted((a, b) => b.share - a.share)[0];
}

/** The cache that more likely than not makes the work of a resource. */
export function fedBy(one: Case, given: Given): Case | undefined {
  const found = feedingOf(one, given);
  return found && found.share >= ratherThanNot ? found.cache : undefined;
}

const drops = (cache: Case, view: View): boolean =>
  cache.resource.kind === 'space' &&
  (cache.queueReads ?? '').includes('evict') &&
  view.windows.some((_, i) => (fillOf(cache, i) ?? 0) >= atCeiling && (cache.queue?.[i] ?? 0) > cache.queueFloor);

/** Whether something calls both, one beside the other; where nobody says what calls what, how often each is asked must do. */
function liesBehind({ resource, completions }: Case, cache: Case, components: readonly Component[]): boolean {
  if (resource.layer === 'hold' && completions) return resource.component !== cache.resource.component;
  const callers = components.filter(({ calls }) => calls.includes(cache.resource.component));
  const places = [cache.resource.component, ...callers.map(({ name }) => name)];
  const carrying = components.filter(({ on }) => on === resource.component).map(({ name }) => name);
  const names = [resource.component, ...carrying].filter((name) => !places.includes(name));
  if (places.includes(resource.component) || names.length === 0) return false;
  if (components.every(({ calls }) => calls.length === 0)) return true;
  return callers.some((caller) => names.some((name) => reaches(caller, name, components)));
}

function reaches(
  from: Component,
  name: string,
  components: readonly Component[],
  seen: readonly string[] = [],
): boolean {
  return from.calls.some((called) => {
    const next = components.find((one) => one.name === called);
    return called === name || (next && !seen.includes(called) && reaches(next, name, components, [...seen, called]));
  });
}

/** Look-ups of one window (a second): found, not found, of those dropped before, and which share of the work behind misses ask for. */
type LookUps = { readonly hits: number; readonly misses: number; readonly dropped: number; readonly byMisses: number };

function lookUpsIn(cache: Case, around: readonly Case[], i: number, asked: number | undefined): LookUps | undefined {
  const counted = around.find(
    ({ resource }) => resource.component === cache.resource.component && resource.unit === 'misses/s',
  );
  const [misses, all, dropped] = [counted?.usage[i], counted?.completions?.[i], cache.queue?.[i]];
  if (misses === undefined || all === undefined || dropped === undefined || asked === undefined) return undefined;
  if (misses <= 0 || asked <= 0) return undefined;
  return {
    hits: all - misses,
    misses,
    dropped: Math.min(misses, dropped * all),
    byMisses: Math.min(1, misses / asked),
  };
}

/** How often what is behind is asked (a second), window by window: what it lends itself; as often as its own component, or what runs there, answers at most; else as what waits for it and is asked least. */
function askedOf({ resource, completions }: Case, { around, waitsFor, components, view }: Given): Track {
  const places = [
    resource.component,
    ...components.filter(({ on }) => on === resource.component).map(({ name }) => name),
  ];
  const counted = around.filter((hold) => hold.resource.layer === 'hold' && hold.completions !== undefined);
  const holds = [...Map.groupBy(counted, nameOf).values()];
  if (resource.layer === 'hold' && completions) {
    const alike = counted.filter((hold) => isSame(hold.resource, resource));
    return view.windows.map((_, i) => sumAt(alike, 'completions', i));
  }
  const own = holds.filter(([hold]) => hold && places.includes(hold.resource.component));
  const above = holds.filter(([hold]) => hold?.resource.kind === 'pool' && waitsFor(hold.resource, resource));
  return view.windows.map((_, i) => {
    const [here, there] = [own, above].map((all) => all.flatMap((alike) => sumAt(alike, 'completions', i) ?? []));
    if (here && here.length > 0) return Math.max(...here);
    return there && there.length > 0 ? Math.min(...there) : undefined;
  });
}

/** For which share of the exponents half as much again takes at least as much work away as half as much again of what is behind would carry. */
function likelyLarger({ hits, misses, dropped, byMisses }: LookUps): number {
  const wanted = (asMuch * misses) / byMisses;
  if (wanted > dropped || hits <= 0) return 0;
  const most = 1 - Math.log(1 + wanted / hits) / Math.log(lifted);
  return Math.min(1, Math.max(0, (most - skews[0]) / (skews[1] - skews[0])));
}
