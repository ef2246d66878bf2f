import { mean, sum, weightedLinearRegression } from 'simple-statistics';
import { lineErrors } from './line-errors.ts';

/** A straight line y = intercept + slope · x, with what is known about its coefficients. */
export type Line = {
  readonly intercept: number;
  readonly slope: number;
  readonly interceptError: number;
  readonly slopeError: number;
  /** Of intercept and slope. */
  readonly covariance: number;
  /** The residual standard deviation at weight 1. */
  readonly residualSd: number;
  /** Degrees of freedom: points with weight, less the coefficients fitted. */
  readonly df: number;
  /** The weighted mean of x, the weighted sum of squares about it, and the sum of the weights. */
  readonly center: number;
  readonly spread: number;
  readonly weight: number;
  /** y less the line, point by point. */
  readonly residuals: readonly number[];
};

/**
 * The weighted least-squares line through points, with the standard errors of R's `lm(y ~ x, weights)`
 * (Draper & Smith, Applied Regression Analysis, 3rd ed., 1.4 and 9.2).
 *
 * @param weights relative precision of each point (1 ÷ variance); all alike where left out
 * @throws RangeError for fewer than three points with weight, for x all alike, or for lists of different length
 * @example line([1, 2, 3, 4], [2, 4, 5, 8]).slope // => 1.9
 */
export function line(x: readonly number[], y: readonly number[], weights: readonly number[] = x.map(() => 1)): Line {
  check(x, y, weights);
  const { m: slope, b: intercept } = weightedLinearRegression(
    x.map((at, i) => [at, y[i] ?? 0]),
    weights,
  );
  const weight = sum(weights);
  const center = sum(x.map((at, i) => at * (weights[i] ?? 0))) / weight;
  const spread = sum(x.map((at, i) => (at - center) ** 2 * (weights[i] ?? 0)));
  return lineErrors({ intercept, slope, center, spread, weight }, 2, x, y, weights);
}

function check(x: readonly number[], y: readonly number[], weights: readonly number[]): void {
  if (x.length !== y.length || x.length !== weights.length)
    throw new RangeError(`a line needs lists of one length, not ${x.length}, ${y.length} and ${weights.length}`);
  const used = x.filter((_, i) => (weights[i] ?? 0) > 0);
  if (used.length < 3) throw new RangeError(`a line with errors needs three points or more, not ${used.length}`);
  if (new Set(used).size < 2) throw new RangeError(`a line needs two different x, not only ${mean(used)}`);
}
