import { normalProbability } from './normal-probability.ts';

/**
 * The z below which a standard normal variable lies with probability p.
 * Newton's method on log Φ, which is concave, from Hastings' approximation, right to 4.5e-4 (Abramowitz and Stegun 26.2.23): two or three steps.
 * `probit` of simple-statistics is right to three digits only.
 *
 * @param p above 0, below 1
 * @example normalQuantile(0.975) // => 1.959963984540054
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a quantile needs a probability above 0 and below 1, not ${p}`);
  if (p > 0.5) return -normalQuantile(1 - p);
  let z = -nearly(p);
  for (let step = 0; step < 20; step++) {
    const below = normalProbability(z);
    const change = (Math.log(below / p) * below) / density(z);
    z -= change;
    if (Math.abs(change) < 1e-15) break;
  }
  return z;
}

/** How far above 0 a share p ≤ ½ of all lies beyond. */
function nearly(p: number): number {
  const t = Math.sqrt(-2 * Math.log(p));
  return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
}

const density = (z: number): number => Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI);
