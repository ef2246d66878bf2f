import { gammaln } from 'simple-statistics';
import { normalQuantile } from './normal-quantile.ts';
import { studentTProbability } from './student-t-probability.ts';

/**
 * The t below which Student's t with `df` degrees of freedom lies with probability p.
 * Newton's method on the lower tail from the normal quantile: the tail is convex there and heavier than the normal's,
 * so that each step stays on the near side of the answer.
 *
 * @param p above 0, below 1
 * @param df above 0; need not be whole; infinite is the normal distribution
 * @example studentTQuantile(0.975, 4) // => 2.7764451051977987
 */
export function studentTQuantile(p: number, df: number): number {
  if (!(df > 0)) throw new RangeError(`Student's t needs more than 0 degrees of freedom, not ${df}`);
  if (df === Number.POSITIVE_INFINITY) return normalQuantile(p);
  if (p === 0.5) return 0;
  if (p > 0.5) return -studentTQuantile(1 - p, df);
  let t = normalQuantile(p);
  for (let step = 0; step < 100; step++) {
    const change = (studentTProbability(t, df) - p) / density(t, df);
    t -= change;
    if (Math.abs(change) <= 1e-14 * Math.abs(t)) break;
  }
  return t;
}

function density(t: number, df: number): number {
  const log = gammaln((df + 1) / 2) - gammaln(df / 2) - Math.log(df * Math.PI) / 2;
  return Math.exp(log - ((df + 1) / 2) * Math.log1p((t * t) / df));
}
