import { max, median } from 'simple-statistics';
import { type Line, line } from './line.ts';

/** Huber's constant: 95 % of the efficiency of least squares where errors are normal. */
const bend = 1.345;

/**
 * The line by Huber's M-estimator: a point further off than 1.345 robust standard deviations has its weight cut in proportion
 * (Huber 1964; iteratively reweighted with the rescaled MAD, as R's `MASS::rlm`). Errors and df are those of the weighted line at the final weights:
 * right where few points are cut.
 *
 * @param weights relative precision of each point, before cutting
 * @throws RangeError as `line`
 * @example huberLine([1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 60]).slope // => 1.000…; least squares says 8.7
 */
export function huberLine(
  x: readonly number[],
  y: readonly number[],
  weights: readonly number[] = x.map(() => 1),
): Line {
  const floor = 1e-9 * max(y.map(Math.abs));
  let fit = line(x, y, weights);
  for (let round = 0; round < 200; round++) {
    const next = line(x, y, cut(fit.residuals, weights, floor));
    const settled = Math.abs(next.slope - fit.slope) <= 1e-10 * Math.abs(fit.slope);
    fit = next;
    if (settled) break;
  }
  return fit;
}

function cut(residuals: readonly number[], weights: readonly number[], floor: number): readonly number[] {
  const scaled = residuals.map((e, i) => Math.abs(e) * Math.sqrt(weights[i] ?? 0));
  const reach = bend * Math.max(floor, median(scaled) / 0.6745);
  return weights.map((w, i) => w * ((scaled[i] ?? 0) > reach ? reach / (scaled[i] ?? 0) : 1));
}
