import { bisect } from 'simple-statistics';
import type { Interval } from '../model/interval.ts';
import { gammaProbabilities } from './gamma-probabilities.ts';

/**
 * The exact interval of the mean of a Poisson count (Garwood 1936): from the gamma quantile of shape k at α/2 to that of shape k + 1 at 1 − α/2.
 *
 * @param count whole, 0 or more
 * @example poissonInterval(10) // => 10, from 4.795 to 18.390
 */
export function poissonInterval(count: number, level = 0.95): Interval & { readonly kind: 'interval' } {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`a count is a whole number from 0 up, not ${count}`);
  const tail = (1 - level) / 2;
  const top = count + 20 + 20 * Math.sqrt(count + 1);
  const root = (of: (x: number) => number) => bisect(of, 0, top, 200, 1e-12 * (count + 1));
  return {
    kind: 'interval',
    value: count,
    low: count === 0 ? 0 : root((x) => gammaProbabilities(count, x).below - tail),
    high: root((x) => tail - gammaProbabilities(count + 1, x).above),
  };
}
