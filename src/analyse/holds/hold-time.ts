import { atCeiling, noRoom } from '../../model/full.ts';
import { lowerMedian } from '../../stats/lower-median.ts';
import { median } from '../../stats/median.ts';
import { normalProbability } from '../../stats/normal-probability.ts';
import { type Case, fillOf, known, sumAt } from '../seen/cases.ts';
import { latencyOf, type View } from '../seen/view.ts';

/** How long one piece of work keeps a hold, by Little's law H = N ÷ X, in each window of the view; undefined where either is missing. */
export function holdTimes(one: Case, view: View): readonly (number | undefined)[] {
  return view.windows.map((_, i) => {
    const [held, done] = [one.usage[i], doneBy(one, view, i)];
    return held === undefined || done === undefined || done <= 0 || held <= 0 ? undefined : held / done;
  });
}

/**
 * How much work passed a hold in a window: as it counts itself; where that was not read there, its usual share of what was answered well (one of several instances has only a part of that); and all of that where it never counts.
 */
export function doneBy({ completions }: Case, { windows }: View, i: number): number | undefined {
  const [told, good] = [completions?.[i], windows[i]?.goodput];
  if (told !== undefined || completions === undefined || good === undefined) return told ?? good;
  const shares = windows.flatMap(({ goodput }, at) => {
    const done = completions[at];
    return done === undefined || goodput <= 0 ? [] : [done / goodput];
  });
  return shares.length === 0 ? undefined : median(shares) * good;
}

/** A hold that is fuller than this is no longer calm. */
const nearlyFull = 0.8;

/** Hold time where load is low: the median of the low windows, before the hold is nearly full. */
export function lowHoldTime(one: Case, view: View): number | undefined {
  const times = holdTimes(one, view);
  const calm = view.low.filter((i) => (fillOf(one, i) ?? 0) < nearlyFull);
  const low = known(times, calm);
  return low.length === 0 ? undefined : median(low);
}

/** Low load is left for higher windows only until the hold time is known this well (relative). */
const wellKnown = 0.1;
/** Up to this factor a hold is its own limit (flat within 10 %), from the other on it is kept by something below (analysis 3.4, rule 2): halfway, on a log scale, is even odds. */
const heldByItself = 1.1;
const heldFromBelow = 1.5;
const evenOdds = Math.log(Math.sqrt(heldByItself * heldFromBelow));
/** What a hold time says is never better known than this (relative): the odds at the two factors are then 94 to 6 and 6 to 94. */
const atBest = 0.1;
/** What waits below in plain sight is near its own end where it explains all that a hold is kept longer: the two limit together, and so much is left open. */
const together = 0.25;

/** By what factor work is held longer than where load is low, and how likely it is that the hold itself is the limit. */
export type HoldGrowth = {
  readonly factor: number;
  readonly own: number;
  /** Which share of that growth is waiting below that can be seen. */
  readonly inSight: number;
  /** Standard error of the factor (relative). */
  readonly error: number;
};

/** What a hold's growth is told from. */
type Growing = {
  /** The windows that are asked: from a position on, before another. */
  readonly from: number;
  readonly before: number;
  /** All instances of the same hold: what one unit of work takes at low load is the same in each. Later each tells of itself, and those that are full as well: what is below one may have room where it has none below another. */
  readonly alike?: readonly Case[];
  /** How long a request waits, in each window, for what can be seen below (s). */
  readonly waits?: readonly number[];
};

/**
 * By what factor work is held longer in some windows than in those before, less what it waits for below in plain sight. A pool that is itself the limit keeps its hold time
 * while it fills; one that fills because of something below is held in proportion to the delay there (analysis 3.4, rule 2). A few samples of a small gauge say little
 * about low load: their standard errors stand in the probability that the hold is its own limit.
 */
export function holdGrowth(one: Case, view: View, growing: Growing): HoldGrowth | undefined {
  const { from, before, alike = [one], waits = [] } = growing;
  const pooled = one.completions ? alike : [one];
  const base = asFarAsThere(holdBefore(from, pooled, view), view);
  const after = view.windows.map((_, i) => i).filter((i) => i >= from && i < before);
  const late = isGivenUp(pooled, view, after) ? lastBefore(from, pooled, view) : lateTimes(one, pooled, view, after);
  if (base === undefined || late.length === 0) return undefined;
  // what is done in vain makes a hold seem longer in some windows, never shorter
  const factor = lowerMedian(late) / base.time;
  const error = Math.hypot(atBest, base.relativeError);
  const explained = Math.min(Math.max(0, factor - 1), risenWaits(waits, view, after) / base.time);
  const isOwn = (grown: number): number => normalProbability((evenOdds - Math.log(grown)) / error);
  const inSight = factor > 1 ? explained / (factor - 1) : 0;
  const limitedTogether = inSight * (1 - isOwn(factor));
  return { factor, own: isOwn(factor / (1 + explained)) * (1 - together * limitedTogether), inSight, error };
}

/** A hold time that is known worse than this (relative) may be told by how long requests are there at all. */
const badlyKnown = 0.2;

type Base = { readonly time: number; readonly relativeError: number };

/**
 * No request keeps a unit for longer than it is there itself. What a few looks at a gauge found in use at low load may be none at all, or more than were there; the latency at low load is the most that it can be then, and what is
 * held longer later is so by that much at least.
 */
function asFarAsThere(base: Base | undefined, view: View): Base | undefined {
  const there = known(view.windows.map(latencyOf), view.low);
  if (base === undefined || there.length === 0) return base && base.time > 0 ? base : undefined;
  const longest = median(there);
  const isKnown = base.relativeError < badlyKnown || base.time <= longest;
  return base.time > 0 && isKnown ? base : { time: longest, relativeError: badlyKnown };
}

/** Each arrival comes here so many times as often as at low load where it is tried again and again. */
const again = 1.5;

/** Whether most of what came was given up and tried again: a unit is then held for as long as somebody waits for it, and not for as long as the work takes. */
function isGivenUp(alike: readonly Case[], view: View, after: readonly number[]): boolean {
  const visits = (i: number): number | undefined => {
    const [done, load] = [sumAt(alike, 'completions', i), view.windows[i]?.load ?? 0];
    return done !== undefined && load > 0 ? done / load : undefined;
  };
  const of = (positions: readonly number[]): readonly number[] =>
    known(
      view.windows.map((_, i) => visits(i)),
      positions,
    );
  const [low, late] = [of(view.low), of(after)];
  return low.length > 0 && late.length > 0 && lowerMedian(late) >= again * median(low);
}

/** How long units were held in the last window before. */
const lastBefore = (from: number, alike: readonly Case[], view: View): readonly number[] =>
  alike.flatMap((one) => known(holdTimes(one, view), from > 0 ? [from - 1] : []));

/** Of itself, and of the others where they are full; where it comes to be full too, only that counts: on the way there it says less. */
function lateTimes(one: Case, pooled: readonly Case[], view: View, after: readonly number[]): readonly number[] {
  const full = pooled.flatMap((each) => known(holdTimes(each, view), after.filter(isFull(each))));
  return after.some(isFull(one)) ? full : [...known(holdTimes(one, view), after), ...full];
}

const isFull =
  (one: Case) =>
  (i: number): boolean =>
    (fillOf(one, i) ?? 0) >= noRoom;

/** How much longer a request waits below than at low load (s). */
function risenWaits(waits: readonly number[], view: View, after: readonly number[]): number {
  const [low, late] = [known(waits, view.low), known(waits, after)];
  return low.length === 0 || late.length === 0 ? 0 : Math.max(0, median(late) - median(low));
}

/** How much more likely it is that a hold is its own limit when nothing below is held longer, and how much less when what is below explains it. */
const witness = 5;
/** What is below is held longer by the same waiting: that is no second witness. */
const half = 0.5;
/** What is held shorter below than before has a factor that may be nought or less. */
const least = 0.1;

/** 0 at even odds, 1 beyond all doubt. */
const surely = (deviations: number): number => Math.max(0, 2 * normalProbability(deviations) - 1);

/** What is seen below a hold: which share of what it keeps longer is kept longer there, by what factor that alone would lengthen the hold, and the standard error of that factor. */
export type Below = { readonly share: number; readonly factor: number; readonly error: number };

/**
 * The same with what is seen below (analysis 3.4, rule 2: up to a share of 0.3 it is the hold itself, from 0.7 on what is below). Of a growth that is no more than a few
 * samples of two gauges differ by chance there is no share: what is below speaks against the hold as surely as there is a growth at all, here or there, and for it as
 * surely as there is none there that would do.
 */
export function withWhatIsBelow(growth: HoldGrowth, below: Below | undefined): HoldGrowth {
  const { own, inSight, factor, error } = growth;
  if (below === undefined || (below.share > 0.3 && below.share < 0.7)) return growth;
  if (below.share >= 0.7 && inSight > half) return growth;
  const grown = surely(Math.log(Math.max(factor, below.factor)) / error);
  const halfway = Math.min(evenOdds, Math.max(0, Math.log(factor)) / 2);
  const still = surely((halfway - Math.log(Math.max(least, below.factor))) / Math.hypot(error, below.error));
  const odds = (own / (1 - own)) * witness ** (below.share <= 0.3 ? still : -grown);
  return { ...growth, own: Number.isFinite(odds) ? odds / (1 + odds) : own };
}

type Held = { readonly held: number; readonly done: number; readonly variance: number };

/**
 * All that was held over all that was done in the lowest windows that had room, as many of them as it takes to know it well: near its end whatever is below lengthens
 * it already. As it was read: chance stands in the standard error.
 */
function holdBefore(onset: number, alike: readonly Case[], view: View): Base | undefined {
  const { held, done, variance } = sumOver(calmBefore(onset, [alike], view), alike, view);
  return done > 0 ? { time: held / done, relativeError: Math.sqrt(variance) / held } : undefined;
}

/** Positions of the lowest windows before one, as many of them as it takes to know well how long each of several holds is kept, of all its instances. */
export function calmBefore(onset: number, holds: readonly (readonly Case[])[], view: View): readonly number[] {
  const higher = view.windows.map((_, i) => i).filter((i) => i > Math.max(...view.low));
  const before = [...view.low, ...higher].filter((at) => at < onset);
  for (let count = view.low.length; count < before.length; count += 1) {
    const calm = before.slice(0, count);
    if (holds.every((alike) => isWellKnown(sumOver(calm, alike, view)))) return calm;
  }
  return before;
}

const sumOver = (positions: readonly number[], alike: readonly Case[], view: View): Held =>
  positions.reduce<Held>((all, i) => alike.reduce((sum, one) => plus(sum, one, view, i), all), {
    held: 0,
    done: 0,
    variance: 0,
  });

const isWellKnown = ({ held, variance }: Held): boolean => held > 0 && Math.sqrt(variance) <= wellKnown * held;

function plus(sum: Held, one: Case, view: View, i: number): Held {
  const [used, ceiling, done] = [one.read[i], one.ceiling[i], doneBy(one, view, i)];
  if (used === undefined || done === undefined || (ceiling !== undefined && used >= atCeiling * ceiling)) return sum;
  return {
    held: sum.held + used,
    done: sum.done + done,
    variance: sum.variance + (one.usageError[i] ?? 0) ** 2,
  };
}
