import { atCeiling } from '../../model/full.ts';
import { median } from '../../stats/median.ts';
import { from, keptIn, keptLonger, rise } from '../holds/kept-longer.ts';
import { keptFor } from '../holds/leaf-waits.ts';
import { mainHold } from '../holds/residence.ts';
import { type Case, fillOf, isSame, known, type Track } from '../seen/cases.ts';
import { isStarved } from '../seen/is-starved.ts';
import { isTimed, timeAlone, waitingAt } from '../seen/timed-device.ts';
import { latencyOf, type View } from '../seen/view.ts';
import { fullByThemselves, fullUnheard } from './full-unheard.ts';
import { concluded, type Given, type Held, hiddenBelow, type LeftOver, type Placed, unseen } from './left-over.ts';
import { silentSinceFull } from './silent-since-full.ts';

/** What is held to its quota uses this much of it at most: the last period of a burst is cut off late. */
const exceeded = 1.1;
/** Work that waits for the next period in most of them. */
const mostPeriods = 0.5;
/** … and that uses so much of the quota, where nothing tells who is inside. */
const quotaUsed = 0.85;
/** What waits here must make this share of what is kept longer above; from the other on it explains it all. */
const explainsMuch = 0.5;
const explainsAll = 0.7;
/** Where on average as many wait for one, it is hardly ever idle: ρ = 0.92, by ρ² ÷ (1 − ρ) of M/M/1. */
const alwaysSome = 10;
/** Answers must take this much longer than at low load where no hold shows that work is kept. */
const slower = 1.5;
/** Less than this of processors in use on average leaves them room. */
const hardlyUsed = 0.5;
/** Less than this leaves them room still; and how much less sure it is then. */
const roomy = 0.75;
const withRoom = 0.75;

/**
 * Which leaf limits where goodput has stopped following and nothing is saturated by its own ceiling and its own wait signal: the one below all that is held longer that
 * is full and has no wait signal at all (a quota too, of which nobody tells that it is throttled), that is throttled in most periods, or for which so many wait that it explains what is kept longer above: a lock, which has no
 * ceiling to reach, or a device that does one thing after the other and never comes to the ceiling that is stated for many at once. What is kept from running itself keeps nothing.
 */
export function byElimination(cases: readonly Case[], given: Given): readonly LeftOver[] {
  const { plateau, held, view } = given;
  if (plateau === undefined) return [];
  const deepest = deepestOf({ ...given, plateau });
  const onset = Math.min(plateau, ...held.map((hold) => hold.onset));
  const isKeptFromRunning = (one: Case): boolean => from(view, plateau).every((i) => isStarved(one, i));
  const free = cases.filter((one) => !isKeptFromRunning(one));
  const placed = { ...given, plateau, deepest };
  const orSilent = (found: readonly LeftOver[]): readonly LeftOver[] =>
    found.length > 0 ? found : silentSinceFull(free, placed, onset);
  if (deepest.length === 0 && !isSlower(view, plateau)) return orSilent(fullByThemselves(free, placed, onset));
  const worksFor = deepest.map((hold) => keptFor(hold.one, given.components));
  const reached = free.filter(
    ({ resource }) => resource.layer !== 'hold' && worksFor.every((names) => names.has(resource.component)),
  );
  const left = reached.flatMap((one): readonly LeftOver[] => {
    const own = ownOf(one, placed);
    return own === undefined ? [] : [{ one, onset, own }];
  });
  return left.length > 0 ? left : orSilent(fullUnheard(free, placed, onset));
}

/** The holds that wait for no other. Where nobody says which do, the one that keeps the fewest: what is above keeps all that waits below, and its own. */
function deepestOf(given: Given & { readonly plateau: number }): readonly Held[] {
  const { held, waitsFor, undeclared } = given;
  const deepest = held.filter((hold) => !held.some((other) => waitsFor(hold.one.resource, other.one.resource)));
  if (!undeclared) return deepest;
  const keeping = deepest.map((hold) => ({ hold, kept: keptIn(hold.one, given) })).filter(({ kept }) => kept > 0);
  const fewest = keeping.toSorted((a, b) => a.kept - b.kept)[0];
  return fewest ? deepest.filter(({ one }) => isSame(one.resource, fewest.hold.one.resource)) : deepest;
}

/** Whether so many may wait for it that no ceiling need be reached. */
export const mayBeLeft = (one: Case): boolean => works(one) && one.resource.layer === 'leaf' && one.queue !== undefined;

function ownOf(one: Case, placed: Placed): number | undefined {
  const hidden = hiddenBelow(one.resource.component, placed);
  // Of what is full only what it waits for itself may be the limit before it.
  if (isFullUnseen(one, placed)) return concluded * hidden;
  if (isMostlyThrottled(one, placed) && !isHardlyKeptThere(one, placed)) return concluded * unseen(placed);
  const explained = shareThatWaits(one, placed);
  if (explained === undefined || explained < explainsMuch || isIdle(one, placed)) return undefined;
  return (explained >= explainsAll ? 1 : concluded) * hidden * (hasRoom(one, placed) ? withRoom : 1);
}

/** Processors that have room on average, though much waits for them, may be full in bursts; or a quota that nobody sees keeps what waits from running. */
const hasRoom = (one: Case, { view, plateau }: Placed): boolean =>
  one.resource.unit === 'cores' && from(view, plateau).every((i) => (fillOf(one, i) ?? 1) < roomy);

/** Processors that are hardly half used on average are full in bursts at most: what waits for them then does not keep goodput from following. */
function isIdle(one: Case, { view, plateau }: Placed): boolean {
  const fills = from(view, plateau).flatMap((i) => fillOf(one, i) ?? []);
  return one.resource.unit === 'cores' && fills.length > 0 && Math.max(...fills) < hardlyUsed;
}

function isSlower(view: View, plateau: number): boolean {
  const times = view.windows.map(latencyOf);
  const [before, late] = [known(times, view.low), known(times, from(view, plateau))];
  return before.length > 0 && late.length > 0 && median(late) >= slower * median(before);
}

function isFullUnseen(one: Case, { view, plateau }: Placed): boolean {
  // What drops nothing, or so little that it counts as nothing, may let those wait who send, as a network does.
  const refused = known(one.refusals, from(view, plateau));
  if (one.queue || refused.some((dropped) => dropped > one.refusalsFloor) || !(works(one) || isQuota(one)))
    return false;
  const fills = from(view, plateau).flatMap((i) => fillOf(one, i) ?? []);
  return fills.length > 0 && fills.every((fill) => fill >= atCeiling) && !(isQuota(one) && isExceeded(fills));
}

const isQuota = ({ resource }: Case): boolean => resource.kind === 'quota';

/** Nobody holds it to a quota of which so much more is used where goodput stops: limits that are stated may not be enforced. */
const isExceeded = (fills: readonly number[]): boolean => Math.max(...fills) > exceeded;

const works = ({ resource }: Case): boolean => resource.kind === 'rate' || resource.kind === 'servers';

function isMostlyThrottled(one: Case, { view, plateau, deepest }: Placed): boolean {
  if (one.resource.kind !== 'quota') return false;
  const [low, late] = [known(one.queue, view.low), known(one.queue, from(view, plateau))];
  // What came only with the load was not throttled before.
  const before = low.length > 0 ? median(low) : 0;
  const fills = from(view, plateau).flatMap((i) => fillOf(one, i) ?? []);
  // Work that always waits leaves little of a quota, however it is cut into periods. Where no hold shows how many are inside, workers that nobody sees may let in no more than leaves some of it.
  const isUsed = deepest.length > 0 || fills.length === 0 || Math.max(...fills) >= quotaUsed;
  return isUsed && late.length > 0 && median(late) >= mostPeriods && median(late) > before;
}

/** Whether the holds of its own component, which keep what waits for it, explain little of what is kept longer above. */
function isHardlyKeptThere({ resource }: Case, placed: Placed): boolean {
  const [inside] = mainHold(resource.component, placed.around);
  const above = placed.deepest.filter((hold) => hold.one.resource.component !== resource.component);
  if (!inside || above.length === 0 || above.length < placed.deepest.length) return false;
  return keptLonger(inside, placed) < explainsMuch * Math.max(...above.map((hold) => keptLonger(hold.one, placed)));
}

/** How much of what is kept longer above waits here: units waiting beyond those at low load, over units in use beyond what the work would keep if it took as long as at low load. */
function shareThatWaits(one: Case, placed: Placed): number | undefined {
  const { view, plateau, deepest } = placed;
  if (!works(one) || one.resource.layer !== 'leaf') return undefined;
  const waiting = rise(waitingFor(one, view), view, plateau);
  const kept =
    deepest.length === 0
      ? keptInside(one, placed, waiting)
      : Math.max(...deepest.map((hold) => keptLonger(hold.one, placed)));
  return waiting === undefined || kept === undefined || kept <= 0 ? undefined : waiting / kept;
}

/**
 * How much more is inside where no hold is seen full: in its own component, where that tells who is there and so many always wait that one of them is served at any time, however many more wait at a door that
 * nobody sees; else in all of the target.
 */
function keptInside({ resource }: Case, placed: Placed, waiting = 0): number | undefined {
  const { view, plateau, around } = placed;
  const [inside] = mainHold(resource.component, around);
  const kept = inside && keptIn(inside, placed);
  if (kept !== undefined && kept > 0 && waiting >= alwaysSome) return kept;
  return rise(
    view.windows.map(({ inFlight }) => inFlight?.mean),
    view,
    plateau,
  );
}

/**
 * How many wait: as told, less those that run where all that want a processor are told; or by Little's law what an operation takes longer than at low load, where that
 * time is told.
 */
function waitingFor(one: Case, view: View): Track | undefined {
  const { queue, queueReads, usage, resource } = one;
  if (queueReads === undefined) return queue;
  if (queueReads.startsWith('$number') && !queueReads.endsWith('a second')) {
    return resource.unit === 'cores' ? lessRunning(queue, usage) : queue;
  }
  const alone = isTimed(one) ? timeAlone(one, view) : undefined;
  return alone === undefined ? undefined : waitingAt(one, alone);
}

const lessRunning = (queue: Track | undefined, running: Track): Track | undefined =>
  queue?.map((all, i) => {
    const busy = running[i];
    return all === undefined || busy === undefined ? undefined : Math.max(0, all - busy);
  });

/** Which share of what a hold keeps longer waits at one leaf below it, at most; undefined where goodput follows the load. */
export function keptByLeaf(
  hold: Case,
  { view, plateau, around, waitsFor }: Pick<Given, 'view' | 'plateau' | 'around' | 'waitsFor'>,
): number | undefined {
  if (plateau === undefined) return undefined;
  const kept = keptIn(hold, { view, plateau, around });
  const leaves = around.filter(
    (one) => works(one) && one.resource.layer === 'leaf' && waitsFor(hold.resource, one.resource),
  );
  const waiting = leaves.map((one) => rise(waitingFor(one, view), view, plateau) ?? 0);
  return kept <= 0 || leaves.length === 0 ? undefined : Math.max(...waiting) / kept;
}
