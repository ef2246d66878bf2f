import type { Component } from '../../model/component.ts';
import { atCeiling, noRoom } from '../../model/full.ts';
import { median } from '../../stats/median.ts';
import { nonNegativeLine } from '../../stats/non-negative-line.ts';
import { normalProbability } from '../../stats/normal-probability.ts';
import { carriedByTokens, type Station } from '../holds/carried-by-tokens.ts';
import { keptLonger } from '../holds/kept-longer.ts';
import { keptFor } from '../holds/leaf-waits.ts';
import { type Case, fillOf, isSame, known, nameOf, sumAt } from '../seen/cases.ts';
import { asOneServer } from '../seen/one-server.ts';
import { asServers, isTimed, timeAlone, waitingAt } from '../seen/timed-device.ts';
import type { View } from '../seen/view.ts';

/** What is less used than this under a full hold lets it through. */
const busy = 0.6;
/** What waits at a device explains what a hold keeps longer where it makes this share of it; and that is never better known than this share of what is in use. */
const mostly = 0.5;
const chance = 0.1;
/** What either is lifted by. */
const lifted = 1.5;
/** How well the two gains are told (the standard deviation of the logarithm of their ratio). */
const uncertain = 0.5;
/** A gain of less than this is none. */
const least = 0.005;
const leastPoints = 3;
const halvings = 30;

/** What half as much again of a hold, or of the processors below it, would carry more, as a share of what is carried. */
export type Gains = { readonly hold: number; readonly leaf: number };

/** What works under a full hold, how likely half as much again of it carries more than half as much again of the hold, whether what is kept longer waits there at a device, and whether that hardly ever rests. */
export type Beside = {
  readonly leaf: Case;
  readonly share: number;
  readonly gains: Gains;
  readonly isFull: boolean;
  readonly explains: boolean;
};

type Given = {
  readonly view: View;
  readonly around: readonly Case[];
  readonly components: readonly Component[];
};

/**
 * The processors, or the device, under a full hold that limit together with it. A pool in front of processors that are nearly used up keeps them just from being full: more units then wait there instead and
 * gain little, and more processors gain as much. What either would carry is asked of the closed network of the hold's units, laid out so that it carries what was carried; what each request
 * costs more, the more of them are inside, it costs more still with more units.
 */
export function besideHold(hold: Case, given: Given): Beside | undefined {
  const below = keptFor(hold, given.components);
  const leaves = given.around.filter(
    ({ resource }) => resource.layer === 'leaf' && worksOnlyBelow(resource.component, below, given),
  );
  const found = leaves.flatMap((leaf): readonly Beside[] => {
    const servers = serversOf(leaf, hold, given);
    const told = servers && gainsOf(hold, servers, given);
    if (!told) return [];
    const { gains, isFull } = told;
    const odds = Math.log(Math.max(least, gains.leaf) / Math.max(least, gains.hold));
    const { explains } = servers;
    return [{ leaf, share: normalProbability(odds / uncertain), gains, isFull: explains && isFull, explains }];
  });
  return found.toSorted((a, b) => b.share - a.share || fullest(b.leaf) - fullest(a.leaf))[0];
}

/** A leaf in servers that are busy, all its instances, and whether what a hold keeps longer waits for them in plain sight. */
type Servers = { readonly leaves: readonly Case[]; readonly explains: boolean };

function serversOf(leaf: Case, hold: Case, given: Given): Servers | undefined {
  if (leaf.resource.unit === 'cores')
    return { leaves: given.around.filter(({ resource }) => isSame(resource, leaf.resource)), explains: false };
  const { view } = given;
  const free = view.windows.map((_, i) => (fillOf(hold, i) ?? 1) < noRoom);
  const fills = view.windows.map((_, i) => fillOf(leaf, i) ?? 0);
  const one = asOneServer(leaf, free, fills);
  const alone = one?.alone ?? (isTimed(leaf) ? timeAlone(leaf, view) : undefined);
  if (alone === undefined || !isQueuedAt(leaf, alone, hold, given)) return undefined;
  return { leaves: [one?.server ?? asServers(leaf, alone)], explains: true };
}

/** Whether most of what a full hold keeps longer waits at a device: that is no more than chance where it is as little as a hold time is known by. */
function isQueuedAt(leaf: Case, alone: number, hold: Case, { view, around }: Given): boolean {
  const alike = around.filter(({ resource }) => isSame(resource, hold.resource));
  const late = view.windows.map((_, i) => i).filter((i) => (fillOf(hold, i) ?? 0) >= noRoom);
  const waiting = known(waitingAt(leaf, alone), late);
  const used = late.flatMap((i) => sumAt(alike, 'usage', i) ?? []);
  if (waiting.length === 0 || used.length === 0) return false;
  const longer = keptLonger(hold, { view, plateau: Math.min(...late), around });
  return median(waiting) >= mostly * (Math.max(0, longer) + chance * median(used));
}

/** The same for any hold; asked in each draw of a bootstrap and counted once. */
export function besideHolds(given: Given): (hold: Case) => Beside | undefined {
  const asked = new Map<string, Beside | undefined>();
  return (hold) => {
    const name = nameOf(hold);
    if (!asked.has(name)) asked.set(name, besideHold(hold, given));
    return asked.get(name);
  };
}

/** What a machine does for others that it carries as well cannot be told from what it does while the hold is kept. */
export const worksOnlyBelow = (
  name: string,
  below: ReadonlySet<string>,
  { components }: Pick<Given, 'components'>,
): boolean => below.has(name) && components.every((one) => one.on !== name || below.has(one.name));

const fullest = (one: Case): number => Math.max(0, ...one.usage.map((_, i) => fillOf(one, i) ?? 0));

/** One window in numbers of the whole: units of the hold and servers in use, servers there are, requests worked for a second. */
type Seen = {
  readonly units: number;
  readonly used: number;
  readonly servers: number;
  readonly done: number;
  readonly isFull: boolean;
  readonly fill: number;
};

function gainsOf(
  hold: Case,
  { leaves, explains }: Servers,
  given: Given,
): { readonly gains: Gains; readonly isFull: boolean } | undefined {
  const seen = seenIn(hold, leaves, given);
  const late = seen.filter(({ isFull }) => isFull);
  // Operations go with the load as long as there is room above; what processors do may not.
  const calm = seen.filter(({ isFull, fill }) => !isFull && (explains || fill < busy));
  if (late.length === 0 || new Set(calm.map(({ done }) => done)).size < leastPoints) return undefined;
  const at = (of: (one: Seen) => number): number => median(late.map(of));
  const fill = at((one) => one.fill);
  if (fill < busy) return undefined;
  const { intercept: others } = nonNegativeLine(
    calm.map(({ done }) => done),
    calm.map(({ used }) => used),
  );
  const [units, done, servers] = [at((one) => one.units), at((one) => one.done), at((one) => one.servers)];
  const residence = (at(({ used }) => used) - others) / done;
  const station = { residence, servers: servers - others };
  if (residence <= 0 || station.servers <= 0) return undefined;
  const time = timeFor(done, units, station);
  const dearer = crowding(seen, others);
  const crowded = (1 + dearer * lifted * units) / (1 + dearer * units);
  const now = carriedByTokens(units, time, [station]);
  const more = carriedByTokens(lifted * units, time * crowded, [{ ...station, residence: residence * crowded }]);
  const faster = carriedByTokens(units, time, [{ ...station, servers: lifted * servers - others }]);
  return { gains: { hold: more / now - 1, leaf: faster / now - 1 }, isFull: fill >= atCeiling };
}

function seenIn(hold: Case, leaves: readonly Case[], { view, around }: Given): readonly Seen[] {
  const holds = around.filter(({ resource }) => isSame(resource, hold.resource));
  const worked = workedIn(holds, view);
  return view.windows.flatMap((_, i): readonly Seen[] => {
    const [units, used, servers] = [sumAt(holds, 'usage', i), sumAt(leaves, 'usage', i), sumAt(leaves, 'ceiling', i)];
    const done = worked[i];
    if (units === undefined || used === undefined || servers === undefined || done === undefined || done <= 0)
      return [];
    const fill = Math.max(...leaves.map((one) => fillOf(one, i) ?? 0));
    const isFull = holds.every((one) => (fillOf(one, i) ?? 0) >= noRoom);
    return [{ units, used, servers, done, isFull, fill }];
  });
}

/** For how many requests the hold worked, as far as that is counted: answers that come too late cost as much as good ones. */
function workedIn(holds: readonly Case[], { windows }: View): readonly (number | undefined)[] {
  if (holds.every(({ completions }) => completions !== undefined))
    return windows.map((_, i) => sumAt(holds, 'completions', i));
  const isCounted = windows.every(({ answered }) => answered !== undefined);
  return windows.map(({ answered, goodput }) => (isCounted ? answered : goodput));
}

/** By which share of what a request costs alone it costs more for each other unit in use. */
function crowding(seen: readonly Seen[], others: number): number {
  const points = seen.map(({ units, used, done }) => ({ x: units, y: Math.max(0, used - others) / done }));
  const { slope, intercept } = nonNegativeLine(
    points.map(({ x }) => x),
    points.map(({ y }) => y),
  );
  return intercept > 0 ? slope / intercept : 0;
}

/** How long a unit is held by a request that meets no other, where so many of them carry so much. */
function timeFor(rate: number, units: number, station: Station): number {
  let [low, high] = [station.residence, Math.max(station.residence, units / rate)];
  for (let step = 0; step < halvings; step += 1) {
    const middle = (low + high) / 2;
    if (carriedByTokens(units, middle, [station]) > rate) low = middle;
    else high = middle;
  }
  return high;
}
