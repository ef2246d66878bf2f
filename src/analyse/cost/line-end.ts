import type { Interval } from '../../model/interval.ts';
import type { Line } from '../../stats/line.ts';
import { studentTQuantile } from '../../stats/student-t-quantile.ts';
import { reach } from '../seen/reach.ts';

/** So many values of each of the two numbers that make a line. */
const grid = 81;
/** Degrees of freedom of which the values are kept. */
const mostKept = 1000;
/** Lines of which fewer than this share keep to what is possible are no lines of that kind. */
const leastPossible = 0.02;

/**
 * Where usage meets its ceiling: the distribution of (ceiling − background) ÷ demand over all lines that the points leave possible (Student's t about the line's height at its
 * center and about its slope, which are independent), given that background and demand are not below 0. Taking the line itself where its background is below 0, or
 * setting that to 0, would know it too well, and put the end too low. Whether the background gives way when there is no more room is not known: the upper side allows for it. A bound where the upper side is
 * so far away that it says nothing. Undefined where the points hardly leave such a line.
 *
 * @param free the line without any such bound
 * @param error the standard error that the ceiling has besides, as a share of it
 */
export function endOf(free: Line, ceiling: number, error = 0): Interval | undefined {
  const { least, most } = possibleEnds(free, ceiling);
  if (least.length < leastPossible * grid * grid) return undefined;
  const [low, value, high] = [quantile(least, 0.025), quantile(least, 0.5), quantile(most, 0.975)];
  const more = 1.96 * error * value;
  if (!Number.isFinite(high) || high > reach.farthest * value) return { kind: 'at-least', low };
  return {
    kind: 'interval',
    value,
    low: value - Math.hypot(value - low, more),
    high: value + Math.hypot(high - value, more),
  };
}

/** Where each possible line ends if its background stays, and if that gives way, each sorted. */
function possibleEnds(free: Line, ceiling: number): { readonly least: Float64Array; readonly most: Float64Array } {
  const z = valuesOfT(free.df);
  const height = free.intercept + free.slope * free.center;
  const heightError = free.residualSd / Math.sqrt(free.weight);
  const [least, most] = [new Float64Array(grid * grid), new Float64Array(grid * grid)];
  let count = 0;
  // From the steepest on: without a background that may give way, where they end rises with them.
  for (const b of z.toReversed()) {
    const slope = free.slope + b * free.slopeError;
    const endless = slope > 0 ? 0 : Number.POSITIVE_INFINITY;
    for (const a of z) {
      const background = height + a * heightError - slope * free.center;
      if (background < 0 && slope > 0) continue;
      least[count] = endless || (ceiling - background) / slope;
      most[count] = endless || ceiling / slope;
      count += 1;
    }
  }
  return { least: least.subarray(0, count).sort(), most: most.subarray(0, count) };
}

/** The middles of as many equal shares of Student's t; kept, because many lines have as many points. */
const kept = new Map<number, readonly number[]>();
function valuesOfT(df: number): readonly number[] {
  const found = kept.get(df) ?? Array.from({ length: grid }, (_, i) => studentTQuantile((i + 0.5) / grid, df));
  if (kept.size < mostKept) kept.set(df, found);
  return found;
}

const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.round(share * (sorted.length - 1))] ?? Number.POSITIVE_INFINITY;
