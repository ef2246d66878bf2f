import type { Interval } from '../model/interval.ts';
import { fiellerRatio } from '../stats/fieller-ratio.ts';
import { studentTProbability } from '../stats/student-t-probability.ts';
import { studentTQuantile } from '../stats/student-t-quantile.ts';

type Known = Interval & { readonly kind: 'interval' };

/** The later side over the earlier one, with the two-sided p of "no difference" where both are known on both sides. */
export type Ratio = { readonly ratio: Interval; readonly p: number | undefined };

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
  return ofRepeats(before, after);
}

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

/** Student's t on the logarithms; the scatter is that between repeats or that which the runs themselves tell, whichever is larger. */
function ofRepeats(before: readonly Known[], after: readonly Known[]): Ratio {
  const df = before.length + after.length - 2;
  const logs = [before, after].map((side) => side.map(({ value }) => Math.log(value)));
  const [first = [], second = []] = logs;
  const between = (squares(first) + squares(second)) / df;
  const within = mean([...before, ...after].map(({ low, high }) => (Math.log(high / low) / (2 * z)) ** 2));
  const error = Math.sqrt(Math.max(between, within) * (1 / before.length + 1 / after.length));
  const shift = mean(second) - mean(first);
  const reach = studentTQuantile(0.975, df) * error;
  const p = shift === 0 ? 1 : twoSided(shift / error, df);
  return { ratio: known(Math.exp(shift), Math.exp(shift - reach), Math.exp(shift + reach)), p };
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
