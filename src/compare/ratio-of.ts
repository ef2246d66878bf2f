import type { Interval } from '../model/interval.ts';
import { fiellerRatio } from '../stats/fieller-ratio.ts';
import { hodgesLehmann } from '../stats/hodges-lehmann.ts';
import { studentTProbability } from '../stats/student-t-probability.ts';
import { studentTQuantile } from '../stats/student-t-quantile.ts';

type Known = Interval & { readonly kind: 'interval' };

/**
 * The later side over the earlier one, with the two-sided p of "no difference" where both are known on both sides.
 * `spread` is the relative standard deviation of one run, as far as the repeats show it; undefined where there are none.
 */
export type Ratio = { readonly ratio: Interval; readonly p: number | undefined; readonly spread?: number };

/** 95 % of a normal distribution lies within this many standard deviations. */
const z = 1.959963984540054;

/**
 * The ratio of two sides, each one run or more with the interval that the run itself gives. Undefined where nothing is known of it.
 * No quantity here is less than 0: what may as well be nothing is known by the most that it can be, and a ratio likewise.
 *
 * @param scatter the relative standard deviation from run to run, which one run each cannot show; repeats show their own
 * @example ratioOf([{ kind: 'interval', value: 100, low: 98, high: 102 }], [{ kind: 'at-least', low: 204 }], 0) // => at least 2
 */
export function ratioOf(earlier: readonly Interval[], later: readonly Interval[], scatter: number): Ratio | undefined {
  const found = between(earlier, later, scatter);
  const ratio = found && resolved(found.ratio);
  return ratio && (ratio.kind !== 'at-least' || ratio.low > 0) ? { ...found, ratio } : undefined;
}

function between(earlier: readonly Interval[], later: readonly Interval[], scatter: number): Ratio | undefined {
  const [before, after] = [earlier.filter(isKnown), later.filter(isKnown)];
  if (before.length < earlier.length || after.length < later.length) return ofBounds(earlier, later, scatter);
  const sides = [...before, ...after];
  const [first, second] = [before[0], after[0]];
  if (sides.some(({ low }) => low <= 0))
    return sides.length > 2 ? ofMeans(before, after) : ofBounds(before.map(resolved), after.map(resolved), scatter);
  if (sides.length === 2 && first && second) return ofSingles(first, second, scatter);
  return narrower(ofRepeats(before, after), ofPlausible(before, after, scatter));
}

/** What repeats show of their scatter never leaves less than one run each leaves: two or three of them tell it so badly that it seems to be anything. */
const narrower = (seen: Ratio, held: Ratio): Ratio => (reachOf(held) < reachOf(seen) ? { ...seen, ...held } : seen);

const reachOf = ({ ratio }: Ratio): number =>
  ratio.kind === 'interval' ? Math.log(ratio.high / ratio.low) : Number.POSITIVE_INFINITY;

/** An interval that reaches 0 only says how much it is at most. */
function resolved(value: Interval): Interval {
  if (value.kind === 'interval' && value.low > 0) return value;
  return value.kind === 'at-least' ? value : { kind: 'at-most', high: Math.max(0, value.high) };
}

const isKnown = (value: Interval): value is Known => value.kind === 'interval';
const mean = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0) / values.length;
const squares = (values: readonly number[]): number =>
  values.reduce((total, value) => total + (value - mean(values)) ** 2, 0);
const twoSided = (t: number, df: number): number => 2 * studentTProbability(-Math.abs(t), df);

/** Each side's own distances to its ends, put together on the logarithm (MOVER, Donner & Zou 2012), with the scatter of both runs. */
function ofSingles(first: Known, second: Known, scatter: number): Ratio {
  const shift = Math.log(second.value / first.value);
  const unseen = Math.SQRT2 * z * scatter;
  const down = Math.hypot(Math.log(second.value / second.low), Math.log(first.high / first.value), unseen);
  const up = Math.hypot(Math.log(second.high / second.value), Math.log(first.value / first.low), unseen);
  const towards = shift > 0 ? down : up;
  const p = shift === 0 ? 1 : twoSided((shift / towards) * z, 1e6);
  return { ratio: known(Math.exp(shift), Math.exp(shift - down), Math.exp(shift + up)), p };
}

/** How many runs a side has, the variance between their logarithms, and that which the runs tell of themselves. */
type Scatter = { readonly count: number; readonly variance: number; readonly within: number };

/** From this many runs on, a side is judged by its own scatter; fewer tell too little of it alone. */
const ownScatter = 3;

/**
 * Hodges and Lehmann's shift of the logarithms with Student's t interval: each side by its own scatter (Welch 1947) where both have three runs
 * or more, else both by their common one. The scatter is that between repeats or that which the runs themselves tell, whichever is larger.
 */
function ofRepeats(before: readonly Known[], after: readonly Known[]): Ratio {
  const { error, df, spread } = errorOf(scatterOf(before), scatterOf(after));
  return { ...ofShift(before, after, { error, reach: studentTQuantile(0.975, df) * error, df }), spread };
}

function ofShift(
  before: readonly Known[],
  after: readonly Known[],
  { error, reach, df }: { readonly error: number; readonly reach: number; readonly df: number },
): Ratio {
  const [first, second] = [before, after].map((side) => side.map(({ value }) => Math.log(value)));
  if (!first || !second) throw new Error('a comparison has two sides');
  const middle = mean(second) - mean(first);
  const shift = Math.min(middle + reach, Math.max(middle - reach, hodgesLehmann(first, second)));
  const p = middle === 0 ? 1 : twoSided(middle / error, df);
  return { ratio: known(Math.exp(shift), Math.exp(middle - reach), Math.exp(middle + reach)), p };
}

/** The same shift, held against the largest scatter from run to run that is plausible, with that which these runs show. */
function ofPlausible(before: readonly Known[], after: readonly Known[], scatter: number): Ratio {
  const { spread } = errorOf(scatterOf(before), scatterOf(after));
  const error = Math.hypot(scatter, spread) * Math.sqrt(1 / before.length + 1 / after.length);
  return ofShift(before, after, { error, reach: z * error, df: 1e6 });
}

function scatterOf(side: readonly Known[]): Scatter {
  const logs = side.map(({ value }) => Math.log(value));
  const within = mean(side.map(({ low, high }) => (Math.log(high / low) / (2 * z)) ** 2));
  return { count: side.length, variance: squares(logs) / Math.max(1, side.length - 1), within };
}

const meanVariance = ({ variance, within, count }: Scatter): number => Math.max(variance, within) / count;

function errorOf(
  one: Scatter,
  other: Scatter,
): { readonly error: number; readonly df: number; readonly spread: number } {
  const pooled = one.count + other.count - 2;
  const shared = ((one.count - 1) * one.variance + (other.count - 1) * other.variance) / pooled;
  const variance = Math.max(shared, (one.within + other.within) / 2);
  const spread = Math.sqrt(variance);
  if (Math.min(one.count, other.count) < ownScatter)
    return { error: spread * Math.sqrt(1 / one.count + 1 / other.count), df: pooled, spread };
  const [mine, theirs] = [meanVariance(one), meanVariance(other)];
  const rest = mine ** 2 / (one.count - 1) + theirs ** 2 / (other.count - 1);
  return { error: Math.sqrt(mine + theirs), df: rest > 0 ? (mine + theirs) ** 2 / rest : pooled, spread };
}

/** Where repeats may be 0 there is no logarithm: Fieller's interval on the means. */
function ofMeans(before: readonly Known[], after: readonly Known[]): Ratio | undefined {
  const df = before.length + after.length - 2;
  const scatter = (squares(before.map(point)) + squares(after.map(point))) / df;
  const [above, below] = [after, before].map((side) => {
    const value = mean(side.map(point));
    const within = mean(side.map(({ low, high }) => ((high - low) / (2 * z)) ** 2));
    return { value, error: Math.sqrt(Math.max(scatter, within) / side.length) };
  });
  const ratio = above && below ? fiellerRatio(above, below, { df }) : undefined;
  return ratio && { ratio, p: undefined };
}

const point = ({ value }: Known): number => value;
const known = (value: number, low: number, high: number): Known => ({ kind: 'interval', value, low, high });

/** A bound against an interval or a bound: the corner that both leave. */
function ofBounds(earlier: readonly Interval[], later: readonly Interval[], scatter: number): Ratio | undefined {
  const [before, after] = [endsOf(earlier), endsOf(later)];
  const unseen = Math.exp(Math.SQRT2 * z * scatter);
  if (after.low !== undefined && before.high !== undefined && before.high > 0)
    return { ratio: { kind: 'at-least', low: after.low / before.high / unseen }, p: undefined };
  if (after.high !== undefined && before.low !== undefined && before.low > 0)
    return { ratio: { kind: 'at-most', high: (after.high / before.low) * unseen }, p: undefined };
  return undefined;
}

/** The ends that hold for every run of a side; undefined where one of them is open. */
function endsOf(side: readonly Interval[]): { readonly low: number | undefined; readonly high: number | undefined } {
  const lows = side.map((value) => (value.kind === 'at-most' ? undefined : value.low));
  const highs = side.map((value) => (value.kind === 'at-least' ? undefined : value.high));
  return { low: least(lows), high: negated(least(highs.map(negated))) };
}

const negated = (value: number | undefined): number | undefined => (value === undefined ? undefined : -value);
const least = (values: readonly (number | undefined)[]): number | undefined =>
  values.reduce((low, value) => (low === undefined || value === undefined ? undefined : Math.min(low, value)));
