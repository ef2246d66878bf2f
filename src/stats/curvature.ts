import { MultivariateLinearRegression } from 'ml-regression';
import { linearRegression, mean, median, sum } from 'simple-statistics';
import { line } from './line.ts';
import { studentTProbability } from './student-t-probability.ts';

/** Whether points bend away from a line. */
export type Curvature = {
  /** The coefficient of (x − mean)²: above 0 the points bend upwards. */
  readonly coefficient: number;
  /** Two-sided, by Student's t, that the coefficient is 0. */
  readonly p: number;
  /** Slope of the upper half of x ÷ slope of the lower half; the median belongs to both. Undefined where a half has one x only or a flat lower half. */
  readonly slopeRatio: number | undefined;
};

/**
 * The test of adding (x − x̄)² to a line (Draper & Smith, 3rd ed., 12.1): the quadratic by ml-regression, its extra sum of squares by t(n − 3).
 * Undefined for fewer than four points or three different x.
 *
 * @example curvature([1, 2, 3, 4, 5], [1, 4, 9, 16, 25])?.coefficient // => 1
 */
export function curvature(x: readonly number[], y: readonly number[]): Curvature | undefined {
  if (x.length < 4 || new Set(x).size < 3) return undefined;
  const center = mean(x);
  const scale = Math.max(...x.map((at) => Math.abs(at - center)));
  const columns = x.map((at) => [(at - center) / scale, ((at - center) / scale) ** 2] as const);
  const { weights } = new MultivariateLinearRegression(
    columns,
    y.map((height) => [height]),
    { statistics: false },
  );
  const [first = 0, second = 0, last = 0] = weights.map(([w]) => w ?? 0);
  const left = sum(columns.map(([u, v], i) => ((y[i] ?? 0) - first * u - second * v - last) ** 2));
  const gain = sum(line(x, y).residuals.map((e) => e * e)) - left;
  const floor = (1e-9 * Math.max(...y.map(Math.abs))) ** 2;
  const t = Math.sqrt(Math.max(0, gain) / Math.max(floor, left / (x.length - 3)));
  return {
    coefficient: second / scale ** 2,
    p: Number.isNaN(t) ? 1 : 2 * studentTProbability(-t, x.length - 3),
    slopeRatio: slopeRatio(x, y),
  };
}

function slopeRatio(x: readonly number[], y: readonly number[]): number | undefined {
  const middle = median(x);
  const lower = slopeWhere(x, y, (at) => at <= middle);
  const upper = slopeWhere(x, y, (at) => at >= middle);
  return lower === undefined || upper === undefined || lower === 0 ? undefined : upper / lower;
}

function slopeWhere(x: readonly number[], y: readonly number[], keep: (at: number) => boolean): number | undefined {
  const points = x.map((at, i) => [at, y[i] ?? 0]).filter(([at = 0]) => keep(at));
  return new Set(points.map(([at]) => at)).size < 2 ? undefined : linearRegression(points).m;
}
