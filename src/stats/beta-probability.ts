import { gammaln } from 'simple-statistics';
import { continuedFraction } from './continued-fraction.ts';

/**
 * The regularised incomplete beta function I_x(a, b): the probability that a beta variable lies at or below x.
 * Continued fraction DLMF 8.17.22, turned round where it converges slowly (8.17.4).
 *
 * @param x between 0 and 1
 * @example betaProbability(0.5, 2, 3) // => 0.6875
 */
export function betaProbability(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaProbability(1 - x, b, a);
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - gammaln(a) - gammaln(b) + gammaln(a + b)) / a;
  return front / continuedFraction(1, (n) => [coefficient(n, x, a, b), 1]);
}

/** The nth partial numerator, DLMF 8.17.23. */
function coefficient(n: number, x: number, a: number, b: number): number {
  const m = Math.floor(n / 2);
  if (n % 2 === 0) return (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
  return (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
}
