import { mean, sum } from 'simple-statistics';
import type { Line } from './line.ts';
import { studentTQuantile } from './student-t-quantile.ts';

const fewest = 3;

/**
 * A line known no better than blocks of its points show, left out one by one (delete-a-group jackknife, variance (g − 1) ÷ g · Σ(θᵢ − θ̄)²: Shao & Tu,
 * The Jackknife and Bootstrap, 1995, 2.3; Student's t of g − 1). What a day has of its own is in all its points: their scatter about the line does not show it.
 * The line itself stays; its errors and df become those of the blocks where these give the wider interval of the slope.
 *
 * @param without the line through all blocks but one, for each of them; fewer than three tell nothing
 */
export function betweenBlocks(whole: Line, without: readonly Line[]): Line {
  const g = without.length;
  if (g < fewest || !(whole.slopeError > 0)) return whole;
  const jackknife = (values: readonly number[]): number => {
    const center = mean([...values]);
    return Math.sqrt(((g - 1) / g) * sum(values.map((value) => (value - center) ** 2)));
  };
  const slope = jackknife(without.map((line) => line.slope));
  const [own, blocks] = [studentTQuantile(0.975, whole.df), studentTQuantile(0.975, g - 1)];
  if (blocks * slope <= own * whole.slopeError) return whole;
  const height = jackknife(without.map((line) => line.intercept + line.slope * whole.center));
  const known = Math.max(height, ((own / blocks) * whole.residualSd) / Math.sqrt(whole.weight));
  return {
    ...whole,
    slopeError: slope,
    interceptError: Math.hypot(known, slope * whole.center),
    covariance: -(slope ** 2) * whole.center,
    residualSd: Number.isFinite(whole.weight) ? known * Math.sqrt(whole.weight) : whole.residualSd,
    df: g - 1,
  };
}
