import { sum } from 'simple-statistics';
import { type Line, line } from './line.ts';
import { lineErrors } from './line-errors.ts';

/**
 * The weighted least-squares line with slope ≥ 0 and intercept ≥ 0: the free line where it keeps to that, else the better of the line
 * through the origin and the horizontal one (Lawson & Hanson 1974, ch. 23, for two coefficients). A coefficient held at its bound has
 * error 0 and costs no degree of freedom.
 *
 * @throws RangeError as `line`
 * @example nonNegativeLine([1, 2, 3], [1, 3, 5]).slope // => 1.5714285714285714, 22/14: the free line cuts the axis at −1
 */
export function nonNegativeLine(
  x: readonly number[],
  y: readonly number[],
  weights: readonly number[] = x.map(() => 1),
): Line {
  const free = line(x, y, weights);
  if (free.intercept >= 0 && free.slope >= 0) return free;
  const rising = throughOrigin(x, y, weights);
  const flat = horizontal(x, y, weights);
  return rising.residualSd <= flat.residualSd ? rising : flat;
}

/** The height at x = 0 is known exactly: infinite weight there. */
function throughOrigin(x: readonly number[], y: readonly number[], weights: readonly number[]): Line {
  const spread = sum(x.map((at, i) => at * at * (weights[i] ?? 0)));
  const slope = Math.max(0, sum(x.map((at, i) => at * (y[i] ?? 0) * (weights[i] ?? 0))) / spread);
  return lineErrors({ intercept: 0, slope, center: 0, spread, weight: Number.POSITIVE_INFINITY }, 1, x, y, weights);
}

/** The slope is known exactly: infinite spread. */
function horizontal(x: readonly number[], y: readonly number[], weights: readonly number[]): Line {
  const weight = sum(weights);
  const intercept = Math.max(0, sum(y.map((height, i) => height * (weights[i] ?? 0))) / weight);
  const center = sum(x.map((at, i) => at * (weights[i] ?? 0))) / weight;
  return lineErrors({ intercept, slope: 0, center, spread: Number.POSITIVE_INFINITY, weight }, 1, x, y, weights);
}
