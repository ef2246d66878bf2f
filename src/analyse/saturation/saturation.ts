import { atCeiling, noRoom } from '../../model/full.ts';
import { further } from '../../model/further.ts';
import { lowerMedian } from '../../stats/lower-median.ts';
import { spearman } from '../../stats/spearman.ts';
import { sum } from '../../stats/sum.ts';
import { type Case, fillOf, isCollected, known, type Track } from '../seen/cases.ts';
import { isStarved } from '../seen/is-starved.ts';
import { pilesUpAt } from '../seen/overload.ts';
import type { View } from '../seen/view.ts';
import { turnsAway } from './turns-away.ts';

/**
 * A quota binds when work waits for the next period more often than not, and little of the quota is left unused: bursts are throttled in a third of the periods
 * at 60 % mean use, which slows what it carries and does not limit it yet.
 */
const throttledPeriods = 0.5;
const quotaUsed = 0.85;
/** A wait signal must rise to this multiple of its low-load median. */
const aboveBaseline = 3;
/** Where space is full, what waits must rise to this multiple of what waited when it became full. */
const moreAndMore = 1.5;
/** A hold that is fuller than this is about to be full. */
const nearlyFull = 0.8;
/** What is told of a heap swings between what is live and full, and what is live after a collection leaves out what is new: where collecting takes this share of the time, one that is fuller than this has no room left. */
const mostOfTheTime = 0.5;
const fullerThan = 2 / 3;
/** Standard errors that are chance. */
const bySampling = 2;
/** A ceiling nobody knows shows as usage that stays within this of the window before while load grows by the next. */
const flatWithin = 0.03;
const loadGrows = 1.1;
/** Front-door errors below this stand for nothing when a hard limit has no refusals of its own. */
const errorFloor = 0.005;

/** What happens to a resource in each window of the view. */
export type Saturation = {
  readonly full: readonly boolean[];
  readonly starved: readonly boolean[];
  readonly saturated: readonly boolean[];
  /** Position of the first window from which on it stays saturated, or undefined. */
  readonly onset: number | undefined;
  /** Since when it may be so: of the windows just before nothing was read. */
  readonly since?: number | undefined;
};

/** What a resource stands among: its other instances, and the full holds that let no more work through to it; and whether it fills with time, and restarts empty it now and then at whatever load there is. */
export type Among = {
  readonly alike?: readonly Case[];
  readonly under?: readonly Case[];
  readonly leaks?: boolean;
  readonly restarted?: boolean;
};

/** Judges every window of one resource: at its own ceiling, its own work waits or is refused, and it is not merely kept from running. */
export function saturationOf(
  one: Case,
  view: View,
  { alike = [one], under = [], leaks = false, restarted = false }: Among = {},
): Saturation {
  const positions = view.windows.map((_, i) => i);
  const full = positions.map((i) => isFull(one, view, i, alike));
  const rising = usedToIt(one, full) ? () => false : waitSignal(one, view, under);
  // What fails at the door is turned away here: at low load already, and then it need not rise from there.
  const waits = (i: number): boolean => rising(i) || (one.refusals !== undefined && turnsAway(one, view, i, alike));
  const starved = positions.map((i) => isStarved(one, i));
  // What is full by its age, and was killed for that, tells of no load.
  const saturated = positions.map((i) => !restarted && full[i] === true && waits(i) && starved[i] === false);
  const killed = leaks || view.answersOnly ? killedAt(one, saturated, view) : undefined;
  const onset = killed ?? onsetOf(saturated, one, view, full);
  const since =
    onset === undefined ? undefined : one.usage.findLastIndex((used, i) => i < onset && used !== undefined) + 1;
  return { full, starved, saturated, onset, since };
}

function isFull(one: Case, view: View, i: number, alike: readonly Case[]): boolean {
  const fill = fillOf(one, i);
  if (isAtCeiling(one, alike, i)) return true;
  if (turnsAway(one, view, i, alike)) return true;
  if (one.refusedAtLimit && (one.refusals?.[i] ?? 0) > 0) return true;
  if (isCollectedAllTheTime(one, i)) return true;
  if (one.resource.kind === 'quota') return (one.queue?.[i] ?? 0) >= throttledPeriods && (fill ?? 0) >= quotaUsed;
  return one.ceiling[i] === undefined && !isLock(one) && (isFlat(one.usage, view, i) || isOutrun(one, view, i));
}

/** A collected heap that tells its collecting as a share of the time. */
const isCollectedAllTheTime = (one: Case, i: number): boolean =>
  isCollected(one) &&
  one.queueReads?.startsWith('$ratio') === true &&
  (one.queue?.[i] ?? 0) >= mostOfTheTime &&
  (fillOf(one, i) ?? 0) >= fullerThan;

/** One of several instances that was seen full in a few samples, and by no more than chance fuller than all of them together, is as full as they are. */
function isChance(one: Case, alike: readonly Case[], i: number): boolean {
  const [fill, ceiling, error] = [fillOf(one, i), one.ceiling[i], one.usageError[i]];
  if (alike.length < 2 || fill === undefined || !ceiling || error === undefined) return false;
  const [usages, ceilings] = [
    alike.flatMap(({ usage }) => usage[i] ?? []),
    alike.flatMap((each) => each.ceiling[i] ?? []),
  ];
  if (usages.length < alike.length || ceilings.length < alike.length) return false;
  const together = sum(usages) / sum(ceilings);
  return together < atCeiling && fill - together <= bySampling * (error / ceiling);
}

/** Where as many wait as there are units, few samples need not find all of these in use; an exporter that is starved just there finds none. */
function isAtCeiling(one: Case, alike: readonly Case[], i: number): boolean {
  const isAsked = isAskedFor(one, i);
  if (one.usage[i] === undefined || isAsked) return isAsked && (fillOf(one, i) ?? 1) >= noRoom;
  return (fillOf(one, i) ?? 0) >= atCeiling && !isChance(one, alike, i);
}

/** On average as many wait for a hold as it has units. */
function isAskedFor({ resource, ceiling, queue, queueReads = '$number' }: Case, i: number): boolean {
  if (resource.layer !== 'hold' || !queueReads.startsWith('$number')) return false;
  return (queue?.[i] ?? 0) >= (ceiling[i] ?? Number.POSITIVE_INFINITY);
}

/** Nobody can be more than its one holder: it has no ceiling to reach, and what is told of it is who waits. */
const isLock = ({ resource, queue }: Case): boolean =>
  resource.layer === 'leaf' && resource.kind === 'servers' && queue !== undefined;

function isFlat(usage: Track, view: View, i: number): boolean {
  const [now, before] = [usage[i], usage[i - 1]];
  if (now === undefined || before === undefined || before <= 0) return false;
  const grew = (view.windows[i]?.load ?? 0) >= loadGrows * (view.windows[i - 1]?.load ?? 0);
  return grew && Math.abs(now / before - 1) <= flatWithin;
}

/** What has no known ceiling is full where ever more waits for it while it does the most that it ever does, and so at another load: there is no more of it. At its peaks, since what tells of it late tells of the load before at first. */
function isOutrun(one: Case, view: View, i: number): boolean {
  if (!pilesUpAt(one, view, i)) return false;
  const most = Math.max(0, ...known(one.peaks, [...view.windows.keys()]));
  const isSpent = (at: number): boolean =>
    pilesUpAt(one, view, at) && (one.peaks?.[at] ?? 0) >= (1 - flatWithin) * most;
  const isElsewhere = (load: number, here: number): boolean => Math.max(load, here) >= loadGrows * Math.min(load, here);
  return (
    isSpent(i) && view.windows.some(({ load }, at) => isElsewhere(load, view.windows[i]?.load ?? 0) && isSpent(at))
  );
}

/**
 * Space that was full at three loads or more without more and more waiting, as a cache that drops what is old: its first full window tells what that costs,
 * not one in which it was still filling.
 */
function usedToIt({ resource, queue, refusals }: Case, full: readonly boolean[]): boolean {
  const there = known(
    queue,
    full.flatMap((at, i) => (at ? [i] : [])),
  );
  if (resource.kind !== 'space' || there.length < 3 || known(refusals, [...full.keys()]).some((refused) => refused > 0))
    return false;
  return Math.max(...there) < moreAndMore * (there[0] ?? 0);
}

function waitSignal(one: Case, view: View, under: readonly Case[]): (i: number) => boolean {
  const queue = one.resource.kind === 'quota' ? risesInOdds(one, view) : queueRises(one, view, under);
  const refusals = rises(refusalsOf(one, view), one.refusals ? one.refusalsFloor : errorFloor, view);
  return one.resource.hard ? refusals : (i) => queue(i) || refusals(i);
}

/** Where what is above is full, no more can wait here than that lets through: three times as long as at low load may be more than all of it. */
function queueRises(one: Case, view: View, under: readonly Case[]): (i: number) => boolean {
  const [alone, below] = [aboveBaseline, moreAndMore].map((times) => rises(one.queue, one.queueFloor, view, times));
  return (i) => alone?.(i) || (under.some((hold) => (fillOf(hold, i) ?? 0) >= atCeiling) && below?.(i)) || false;
}

/** A share of periods cannot triple from 0.4; its odds can. For small shares the two are the same. */
function risesInOdds({ queue, queueFloor }: Case, view: View): (i: number) => boolean {
  const odds = (share: number): number => share / (1 - Math.min(share, 0.999));
  return rises(
    queue?.map((share) => (share === undefined ? undefined : odds(share))),
    odds(queueFloor),
    view,
  );
}

/** A hard limit that counts no refusals of its own shows them as errors at the front door. */
function refusalsOf(one: Case, view: View): Track | undefined {
  if (one.refusals) return one.refusals;
  return one.resource.hard ? view.windows.map((window) => window.errors) : undefined;
}

function rises(track: Track | undefined, floor: number, view: View, times = aboveBaseline): (i: number) => boolean {
  if (!track) return () => false;
  const low = known(track, view.low);
  // of two low windows one may wait already: the better one is the baseline
  const bar = Math.max(floor, times * lowerMedian(low));
  let grows: boolean | undefined;
  return (i) => {
    if (!((track[i] ?? 0) > bar)) return false;
    grows ??= growsWithLoad(track, view);
    return grows;
  };
}

/** By the order of the view: of about the same loads the later one is further on. */
function growsWithLoad(track: Track, view: View): boolean {
  const seen = view.windows.map((_, i) => i).filter((i) => track[i] !== undefined);
  const values = known(track, seen);
  if (values.length < 3) return false;
  return (spearman(seen, values)?.rho ?? 0) > 0;
}

/** Saturated from here to the highest load, one lapse in four allowed; windows without a reading say nothing, nor do those in which it was full and what waits was not read. */
function onsetOf(saturated: readonly boolean[], one: Case, view: View, full: readonly boolean[]): number | undefined {
  const isUnread = (i: number): boolean => full[i] === true && one.queue !== undefined && one.queue[i] === undefined;
  const seen = [...saturated.keys()].filter((i) => saturated[i] || (one.usage[i] !== undefined && !isUnread(i)));
  const isHeld = (i: number): boolean => saturated[i] === true || isSampled(one, i, saturated, view);
  let held = 0;
  let onset: number | undefined;
  for (const [rest, i] of seen.toReversed().entries()) {
    if (isHeld(i)) held += 1;
    if (saturated[i] === true && held >= 0.75 * (rest + 1)) onset = i;
  }
  return onset;
}

/** What is killed at its limit begins anew, empty: it was full then, and will be again where time fills it, or where fewer answers come because of it. The first time counts: what is still killed when less is asked for is left over. */
function killedAt(
  { resource, refusals, refusedAtLimit }: Case,
  saturated: readonly boolean[],
  { index }: View,
): number | undefined {
  const killed = [...saturated.keys()].filter((i) => saturated[i] && (refusals?.[i] ?? 0) > 0);
  const first = killed.toSorted((a, b) => (index[a] ?? 0) - (index[b] ?? 0))[0];
  return resource.kind === 'space' && refusedAtLimit ? first : undefined;
}

/** A hold that few samples found nearly full at about a load at which others found it full did not become free there: the end of a load, or of a step, falls into such a window. */
function isSampled(one: Case, i: number, saturated: readonly boolean[], { windows }: View): boolean {
  const load = windows[i]?.load ?? 0;
  const isAlike = (other: number): boolean => Math.max(other, load) <= further * Math.min(other, load);
  return (
    one.resource.layer === 'hold' &&
    (fillOf(one, i) ?? 0) >= nearlyFull &&
    windows.some((window, at) => saturated[at] === true && isAlike(window.load))
  );
}
