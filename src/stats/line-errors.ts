import { sum } from 'simple-statistics';
import type { Line } from './line.ts';

/**
 * A line's coefficients completed with their errors. `fitted` is how many of the two were fitted rather than held: a coefficient held has
 * infinite `weight` (height at `center`) or `spread` (slope), and so error 0.
 */
export function lineErrors(
  fit: Pick<Line, 'intercept' | 'slope' | 'center' | 'spread' | 'weight'>,
  fitted: 1 | 2,
  x: readonly number[],
  y: readonly number[],
  weights: readonly number[],
): Line {
  const residuals = x.map((at, i) => (y[i] ?? 0) - fit.intercept - fit.slope * at);
  const df = weights.filter((w) => w > 0).length - fitted;
  const variance = sum(residuals.map((e, i) => e * e * (weights[i] ?? 0))) / df;
  return {
    ...fit,
    interceptError: Math.sqrt(variance * (1 / fit.weight + fit.center ** 2 / fit.spread)),
    slopeError: Math.sqrt(variance / fit.spread),
    covariance: (-variance * fit.center) / fit.spread,
    residualSd: Math.sqrt(variance),
    df,
    residuals,
  };
}
