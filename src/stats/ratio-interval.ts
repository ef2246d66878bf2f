import type { Interval } from '../model/interval.ts';
import { studentTQuantile } from './student-t-quantile.ts';

/**
 * How much of y there is for each x, of pairs whose y grows with x and scatters the more the larger x is: r = Σ y ÷ Σ x, with the variance
 * Σ (y − r x)² ÷ (n (n − 1) x̄²) and Student's t over n − 1 (Cochran, Sampling Techniques, 1977, 6.4). Undefined for fewer than two pairs, or where Σ x is not above 0.
 *
 * @example ratioInterval([{ x: 1, y: 2 }, { x: 3, y: 6 }]) // => 2, from 2 to 2
 */
export function ratioInterval(
  pairs: readonly { readonly x: number; readonly y: number }[],
  level = 0.95,
): (Interval & { readonly kind: 'interval' }) | undefined {
  const n = pairs.length;
  const total = pairs.reduce((sum, { x }) => sum + x, 0);
  if (n < 2 || total <= 0) return undefined;
  const value = pairs.reduce((sum, { y }) => sum + y, 0) / total;
  const squares = pairs.reduce((sum, { x, y }) => sum + (y - value * x) ** 2, 0);
  const error = Math.sqrt(squares / (n * (n - 1))) / (total / n);
  const reach = studentTQuantile((1 + level) / 2, n - 1) * error;
  return { kind: 'interval', value, low: value - reach, high: value + reach };
}
