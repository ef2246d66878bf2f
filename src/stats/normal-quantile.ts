import { normalProbability } from './normal-probability.ts';

/**
 * The z below which a standard normal variable lies with probability p.
 * Newton's method on log Φ, which is concave: from −√(−2 ln p), left of the answer (Φ(z) ≤ e^(−z²/2)), it never overshoots.
 * `probit` of simple-statistics is right to three digits only.
 *
 * @param p above 0, below 1
 * @example normalQuantile(0.975) // => 1.959963984540054
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a quantile needs a probability above 0 and below 1, not ${p}`);
  if (p > 0.5) return -normalQuantile(1 - p);
  let z = -Math.sqrt(-2 * Math.log(p));
  for (let step = 0; step < 20; step++) {
    const below = normalProbability(z);
    const change = (Math.log(below / p) * below) / density(z);
    z -= change;
    if (Math.abs(change) < 1e-15) break;
  }
  return z;
}

const density = (z: number): number => Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI);
