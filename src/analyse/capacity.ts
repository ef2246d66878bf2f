import type { Capacity } from '../model/finding.ts';
import type { Interval } from '../model/interval.ts';
import type { Sheet, Window } from '../model/sheet.ts';
import { lengthOf } from '../model/span.ts';
import { type PerSecond, perSecond } from '../model/units.ts';
import { studentTQuantile } from '../stats/student-t-quantile.ts';
import { minimumOf } from './minimum.ts';
import type { Crossing } from './objective.ts';
import type { View } from './view.ts';

/** Overloaded windows this close to the highest goodput may show the plateau; lower ones show what overload does beyond it. */
const onPlateau = 0.9;
/** Goodput within three standard deviations of the best is the same plateau. */
const alike = 3 / 1.96;
/** One overloaded window in which more than this fails may show what overload wastes and not what is carried. */
const wasted = 0.05;

/**
 * The highest rate of good answers that is sustained. Where the load went beyond it: the plateau, that is the mean goodput of the overloaded windows that are alike
 * (never the last step, which may already fall). Where they show no plateau, because all that was too much failed, it lies between what was carried and
 * the first load that was too much, and there where the line of the first saturated resource ends. Else it is at least the best window.
 * The headline is the lower of the physical and the objective's.
 *
 * @param own what the first saturated resource alone would carry, by its line through the calm windows
 */
export function capacityOf(
  view: View,
  overloaded: readonly boolean[],
  crossing: Crossing | undefined,
  { axis, own }: { readonly axis: Sheet['axis']; readonly own?: Interval | undefined },
): Capacity | undefined {
  if (view.windows.length === 0) return undefined;
  if (crossing?.sustained) return { rate: crossing.rate, binds: 'objective', provenance: 'reached' };
  const best = Math.max(...view.windows.map((window) => window.goodput));
  const over = view.windows.filter((_, i) => overloaded[i]);
  const calm = view.windows.filter((_, i) => !overloaded[i]);
  if (over.length === 0) return { rate: { kind: 'at-least', low: best }, binds: 'physical', provenance: 'lower-bound' };
  const kept = calm.map((window) => meanRate([window])).toSorted((a, b) => b.low - a.low)[0] ?? nothing;
  const tooMuch = axis === 'arrivals' ? Math.min(...over.map((window) => window.load)) : Number.POSITIVE_INFINITY;
  // Where only answers are counted nothing is claimed beyond the most of them.
  const most = axis === 'arrivals' ? Math.max(tooMuch, best) : Math.max(...view.windows.map(({ load }) => load));
  const plateau = plateauOf(over, best);
  const rate = plateau && !isWaste(plateau, own) ? meanRate(plateau) : between(kept.low, most, own);
  return { rate: within(rate, kept, tooMuch), binds: 'physical', provenance: 'reached' };
}

function plateauOf(over: readonly Window[], best: number): readonly Window[] | undefined {
  const near = over.filter((window) => window.goodput >= onPlateau * best);
  const top = Math.max(...near.map((window) => window.goodput));
  const same = near.filter((window) => window.goodput >= top - alike * countingNoise(top, [window]));
  return same.length > 0 ? same : undefined;
}

/** A single window with many failures, well below where the resource's own line ends. */
function isWaste(plateau: readonly Window[], own: Interval | undefined): boolean {
  const [only, second] = plateau;
  if (!only || second || own?.kind !== 'interval') return false;
  return only.errors > wasted && own.low > only.goodput + countingNoise(only.goodput, [only]);
}

/** Where nothing but the two ends is known, and what a line says between them. */
function between(carried: number, tooMuch: number, own: Interval | undefined): Range {
  const inside = (rate: number): number => Math.min(tooMuch, Math.max(carried, rate));
  if (own?.kind !== 'interval' || own.low >= tooMuch || own.high <= carried)
    return { value: Math.sqrt(Math.max(carried, tooMuch / 2) * tooMuch), low: carried, high: tooMuch };
  return { value: inside(own.value), low: inside(own.low), high: inside(own.high) };
}

/**
 * Where saturation was not reached: the least of what the resources alone would carry, as far as their lines reach, and never less than was carried.
 * Beyond that nothing is claimed: the bound stays.
 *
 * @param withoutEnd how far those are known to carry that show no end: what the others would carry beyond that says nothing of the target
 */
export function extrapolated(
  capacity: Capacity | undefined,
  own: readonly Interval[],
  withoutEnd = Number.POSITIVE_INFINITY,
): Capacity | undefined {
  if (capacity?.provenance !== 'lower-bound' || capacity.rate.kind !== 'at-least') return capacity;
  const least = minimumOf(own);
  if (!least || least.value < capacity.rate.low || least.value > withoutEnd) return capacity;
  const rate = { ...least, low: Math.max(least.low, capacity.rate.low) };
  return { ...capacity, rate, provenance: 'extrapolated' };
}

/** What was carried while the target kept up: all that can be said where something runs out with time and not with load. */
export function carriedCapacity(view: View, overloaded: readonly boolean[]): Capacity | undefined {
  const low = carriedBy(view, overloaded);
  return low === undefined
    ? undefined
    : { rate: { kind: 'at-least', low }, binds: 'physical', provenance: 'lower-bound' };
}

/** The highest rate of good answers in a window in which the target kept up. */
export function carriedBy(view: View, overloaded: readonly boolean[]): PerSecond | undefined {
  const calm = view.windows.filter((_, i) => !overloaded[i]);
  return calm.length === 0 ? undefined : perSecond(Math.max(...calm.map((window) => window.goodput)));
}

const nothing: Range = { value: 0, low: 0, high: 0 };

type Range = { readonly value: number; readonly low: number; readonly high: number };

/** What a window carried without falling behind is carried; what it fell behind at is too much, unless more than that was carried after all. */
function within(rate: Range, kept: Range, tooMuch: number): Range & { readonly kind: 'interval' } {
  const { value, low, high } = rate.value < kept.low ? { ...kept, high: Math.max(kept.high, rate.high) } : rate;
  const top = tooMuch >= value ? Math.min(high, tooMuch) : high;
  return { kind: 'interval', value, low: Math.min(value, Math.max(low, kept.low)), high: Math.max(value, top) };
}

/** Mean goodput over windows; its interval from their spread by Student's t, never narrower than what counting resolves. */
function meanRate(windows: readonly Window[]): Range {
  const time = timeOf(windows);
  const mean = windows.reduce((sum, window) => sum + window.goodput * lengthOf(window.span), 0) / time;
  const k = windows.length;
  const spread = Math.sqrt(windows.reduce((sum, window) => sum + (window.goodput - mean) ** 2, 0) / Math.max(1, k - 1));
  const between = k > 1 ? (studentTQuantile(0.975, k - 1) * spread) / Math.sqrt(k) : 0;
  const half = Math.max(between, countingNoise(mean, windows) / (k > 1 ? 2 : 1));
  return { value: mean, low: Math.max(0, mean - half), high: mean + half };
}

const timeOf = (windows: readonly Window[]): number => windows.reduce((sum, window) => sum + lengthOf(window.span), 0);

/** 95 % of what a rate counted over windows would vary by if answers came at random (Poisson); a server that is full is steadier. */
const countingNoise = (rate: number, windows: readonly Window[]): number => 1.96 * Math.sqrt(rate / timeOf(windows));
