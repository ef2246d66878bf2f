import type { Interval } from '../model/interval.ts';
import { normalQuantile } from './normal-quantile.ts';

/**
 * The interval of a share from `successes` out of `trials` (Wilson 1927).
 *
 * @example binomialInterval(8, 10) // => 0.8, from 0.490 to 0.943
 */
export function binomialInterval(
  successes: number,
  trials: number,
  level = 0.95,
): Interval & { readonly kind: 'interval' } {
  if (!(trials > 0 && successes >= 0 && successes <= trials))
    throw new RangeError(`a share needs 0 ≤ successes ≤ trials and a trial, not ${successes} of ${trials}`);
  const z2 = normalQuantile((1 + level) / 2) ** 2;
  const share = successes / trials;
  const middle = (share + z2 / (2 * trials)) / (1 + z2 / trials);
  const reach =
    Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials ** 2)) * (Math.sqrt(z2) / (1 + z2 / trials));
  return {
    kind: 'interval',
    value: share,
    low: successes === 0 ? 0 : middle - reach,
    high: successes === trials ? 1 : middle + reach,
  };
}
