import { gammaln } from 'simple-statistics';
import { continuedFraction } from './continued-fraction.ts';

/**
 * The regularised incomplete gamma functions P(a, x) and Q(a, x): the probabilities that a gamma variable of shape a and scale 1
 * lies below and above x, each without cancellation. Series DLMF 8.11.4 below a + 1, continued fraction DLMF 8.9.2 above.
 *
 * @example gammaProbabilities(1, 2) // => { below: 0.8646647167633873, above: 0.1353352832366127 }, 1 − e⁻² and e⁻²
 */
export function gammaProbabilities(a: number, x: number): { readonly below: number; readonly above: number } {
  if (x <= 0) return { below: 0, above: 1 };
  const front = Math.exp(a * Math.log(x) - x - gammaln(a));
  if (x < a + 1) {
    const below = front * series(a, x);
    return { below, above: 1 - below };
  }
  const above = front / tail(a, x);
  return { below: 1 - above, above };
}

function series(a: number, x: number): number {
  let term = 1 / a;
  let total = term;
  for (let n = 1; term > total * 1e-17; n++) {
    term *= x / (a + n);
    total += term;
  }
  return total;
}

const tail = (a: number, x: number): number => continuedFraction(x + 1 - a, (n) => [-n * (n - a), x + 2 * n + 1 - a]);
