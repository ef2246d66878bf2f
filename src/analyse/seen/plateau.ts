import { timeIn } from '../../model/cell.ts';
import type { Interval } from '../../model/interval.ts';
import type { Window } from '../../model/sheet.ts';
import { studentTQuantile } from '../../stats/student-t-quantile.ts';

/** A rate with 95 % of what it may be. */
export type Range = { readonly value: number; readonly low: number; readonly high: number };

/** Overloaded windows this close to the highest goodput may show the plateau; lower ones show what overload does beyond it. */
export const onPlateau = 0.9;
/** Goodput within three standard deviations of the best is the same plateau. */
const alike = 3;
/** A window in which more than this fails may show what overload wastes and not what is carried. */
const wasted = 0.05;
/**
 * What is full answers more evenly than chance would: work that takes `evenness` of its mean as its standard deviation leaves so much of Poisson's. How even that is in one system is
 * known before any repetition as well as from so many of them (`knownAs`); in the benchmark's plateaus the middle is 0.34, and one in ten is above 1.
 */
const evenness = 0.5;
const knownAs = 4;
/** Who asks for more than is carried: arrivals that wait for nothing, users of our own who wait for their answers, or others, of whom nobody knows how much they ask for. */
export type Pressed = 'arrivals' | 'users' | 'others';
/**
 * By so much (a share of itself, one standard deviation) a plateau moves with how far beyond it arrivals are: time-outs, refusals and what waits take their part. Users who wait for answers press on less. Others
 * come and go while it is looked at: in 84 systems of the benchmark whose overload was only watched a plateau lay off by 2 % in the middle.
 */
const moves = { arrivals: 0.01, users: 0.005, others: 0.02 } as const;
const two = 1.96;

/** Where nobody counts what comes, so many windows are all of an overload, from where it piles up to where that is worked off: in some of them more is answered than comes, and in others less. */
const several = 4;
const roughly = 0.75;

/**
 * The overloaded windows that show the plateau: those alike the best of them. Undefined where overload broke it down.
 *
 * @param by who presses
 */
export function plateauOf(
  over: readonly Window[],
  best: number,
  by: Pressed = 'arrivals',
): readonly Window[] | undefined {
  if (by === 'others' && over.length >= several && over.every(({ errors }) => errors <= wasted)) {
    const all = over.filter(({ goodput }) => goodput >= roughly * best);
    return all.length > 0 ? all : undefined;
  }
  const near = over.filter((window) => window.goodput >= onPlateau * best);
  const [surest] = near.toSorted((a, b) => atLeast(b) - atLeast(a));
  const top = surest?.goodput ?? 0;
  const same = near.filter((window) => window.goodput >= top - alike * chance(top, [window]));
  return same.length > 0 ? same : undefined;
}

/** A short window may be the best by chance: it is the long one that says how high the plateau lies. */
const atLeast = (window: Window): number => window.goodput - alike * chance(window.goodput, [window]);

type Around = {
  readonly over: readonly Window[];
  readonly own: Interval | undefined;
  readonly followed: Range | undefined;
  /** The first load that was too much. */
  readonly tooMuch: number;
};

/** Windows with many failures in which less was carried than where failures begin, or where the resource's own line ends (if that is before what was too much: else the line is none); or beside which goodput breaks down, so that the failures took their part of it already. */
export function isWaste(plateau: readonly Window[], { over, own, followed, tooMuch }: Around): boolean {
  const { value, high } = meanRate(plateau);
  if (plateau.some(({ errors }) => errors <= wasted)) return false;
  if (over.some(({ goodput }) => goodput < onPlateau * value)) return true;
  const endsBefore = own?.kind === 'interval' && own.low > high && own.value < tooMuch;
  return endsBefore || (followed !== undefined && followed.low > high);
}

/**
 * Mean goodput over windows. How far it may be off comes from the spread of the windows and from what is known of full servers before (the moderated t of Smyth 2004): two windows that
 * happen to be alike do not know it exactly, and two that happen to be apart not so badly.
 *
 * @param by who presses
 * @example meanRate([one window of 100 s with 64 answers a second]) // => 64 ± √((2.776 × 0.5 × √(64 ÷ 100))² + (1.96 × 0.64)²) = 1.68
 */
export function meanRate(windows: readonly Window[], by: Pressed = 'arrivals'): Range {
  const time = timeOf(windows);
  const mean = windows.reduce((sum, window) => sum + window.goodput * timeIn(window), 0) / time;
  const k = windows.length;
  const around = windows.reduce((sum, window) => sum + (window.goodput - mean) ** 2, 0);
  const before = (evenness * chance(mean, windows)) ** 2 * k;
  const df = knownAs + k - 1;
  const counted = studentTQuantile(0.975, df) * Math.sqrt((knownAs * before + around) / df / k);
  const half = Math.hypot(counted, two * moves[by] * mean);
  return { value: mean, low: Math.max(0, mean - half), high: mean + half };
}

/** The rate that arrivals at random showed in a window, with 95 % of what another such window would. */
export function countedRate(window: Window): Range {
  const half = two * chance(window.goodput, [window]);
  return { value: window.goodput, low: Math.max(0, window.goodput - half), high: window.goodput + half };
}

const timeOf = (windows: readonly Window[]): number => windows.reduce((sum, window) => sum + timeIn(window), 0);

/** The standard deviation of a rate counted over windows if answers came at random (Poisson). */
const chance = (rate: number, windows: readonly Window[]): number => Math.sqrt(rate / timeOf(windows));
