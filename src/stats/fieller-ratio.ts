import type { Interval } from '../model/interval.ts';
import { studentTQuantile } from './student-t-quantile.ts';

/** An estimate with its standard error. */
export type Estimate = { readonly value: number; readonly error: number };

/**
 * The interval of the ratio of two means (Fieller 1954): all r for which `above − r · below` does not differ from 0 by Student's t.
 * Where `below` may be 0, the answer is open to one side (that of the estimate, whose sign is taken as known) or, where nothing is excluded, undefined.
 *
 * @param spread `df` of the errors (infinite: the normal distribution), their covariance (0), and the level (0.95)
 * @example fiellerRatio({ value: 10, error: 1 }, { value: 5, error: 0 }, { df: Infinity }) // => 2, from 1.608 to 2.392
 */
export function fiellerRatio(
  above: Estimate,
  below: Estimate,
  { df, covariance = 0, level = 0.95 }: { readonly df: number; readonly covariance?: number; readonly level?: number },
): Interval | undefined {
  const t2 = studentTQuantile((1 + level) / 2, df) ** 2;
  const a = below.value ** 2 - t2 * below.error ** 2;
  const b = above.value * below.value - t2 * covariance;
  const c = above.value ** 2 - t2 * above.error ** 2;
  const root = Math.sqrt(Math.max(0, b * b - a * c));
  const value = above.value / below.value;
  if (a > 0) return { kind: 'interval', value, low: (b - root) / a, high: (b + root) / a };
  if (c <= 0 || below.value === 0) return undefined;
  return openTo(value, [c / (b + root), c / (b - root)]);
}

/** The set lies outside two roots, one negative and one positive: c ÷ (b ± root) is stable where a is near 0. */
function openTo(value: number, roots: readonly [number, number]): Interval | undefined {
  const side = roots.find((r) => Math.sign(r) === Math.sign(value) && Number.isFinite(r));
  if (side === undefined) return undefined;
  return value > 0 ? { kind: 'at-least', low: side } : { kind: 'at-most', high: side };
}
