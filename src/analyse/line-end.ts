import type { Interval } from '../model/interval.ts';
import type { Line } from '../stats/line.ts';
import { studentTQuantile } from '../stats/student-t-quantile.ts';

/** So many values of each of the two numbers that make a line. */
const grid = 81;
/** Lines of which fewer than this share keep to what is possible are no lines of that kind. */
const leastPossible = 0.02;

/**
 * Where usage meets its ceiling: the distribution of (ceiling − background) ÷ demand over all lines that the points leave possible (Student's t about the line's height at its
 * center and about its slope, which are independent), given that background and demand are not below 0. Taking the line itself where its background is below 0, or
 * setting that to 0, would know it too well, and put the end too low. Whether the background gives way when there is no more room is not known: the upper side allows for it. Undefined where the points hardly leave such a line.
 *
 * @param free the line without any such bound
 * @param error the standard error that the ceiling has besides, as a share of it
 */
export function endOf(free: Line, ceiling: number, error = 0): Interval | undefined {
  const z = Array.from({ length: grid }, (_, i) => studentTQuantile((i + 0.5) / grid, free.df));
  const height = free.intercept + free.slope * free.center;
  const heightError = free.residualSd / Math.sqrt(free.weight);
  const ends: { readonly least: number; readonly most: number }[] = [];
  for (const a of z)
    for (const b of z) {
      const [at, slope] = [height + a * heightError, free.slope + b * free.slopeError];
      const background = at - slope * free.center;
      if (slope <= 0) ends.push({ least: Number.POSITIVE_INFINITY, most: Number.POSITIVE_INFINITY });
      else if (background >= 0) ends.push({ least: (ceiling - background) / slope, most: ceiling / slope });
    }
  if (ends.length < leastPossible * grid * grid) return undefined;
  const [least, most] = [
    Float64Array.from(ends, (end) => end.least).sort(),
    Float64Array.from(ends, (end) => end.most).sort(),
  ];
  const [low, value, high] = [quantile(least, 0.025), quantile(least, 0.5), quantile(most, 0.975)];
  const more = 1.96 * error * value;
  if (!Number.isFinite(high)) return { kind: 'at-least', low };
  return {
    kind: 'interval',
    value,
    low: value - Math.hypot(value - low, more),
    high: value + Math.hypot(high - value, more),
  };
}

const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.round(share * (sorted.length - 1))] ?? Number.POSITIVE_INFINITY;
