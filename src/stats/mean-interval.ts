import { mean, sampleStandardDeviation, sum } from 'simple-statistics';
import type { Interval } from '../model/interval.ts';
import { studentTQuantile } from './student-t-quantile.ts';

/** Below this many blocks a correlation between neighbours cannot be told from chance; blocks must then be long enough by themselves. */
const enoughToTell = 8;

/**
 * The mean of a series with its interval from the means of consecutive blocks, by Student's t over n_eff = n (1 − ρ) / (1 + ρ) blocks
 * (Priestley 1981, 5.3.2, for AR(1)). ρ is the lag-1 autocorrelation, corrected for its bias in short series (Kendall 1954) and not below 0.
 * Undefined for fewer than two blocks.
 *
 * @param neighbours `apart` where what chance made of one block it surely did not make of the next
 * @example meanInterval([9, 10, 11]) // => 10, from 7.516 to 12.484, effective 3
 */
export function meanInterval(
  blocks: readonly number[],
  level = 0.95,
  neighbours: 'alike' | 'apart' = 'alike',
): (Interval & { readonly kind: 'interval'; readonly effective: number }) | undefined {
  const n = blocks.length;
  if (n < 2) return undefined;
  const rho = neighbours === 'apart' || n < enoughToTell ? 0 : autocorrelation(blocks);
  const effective = Math.max(2, (n * (1 - rho)) / (1 + rho));
  const value = mean(blocks);
  const reach =
    (studentTQuantile((1 + level) / 2, effective - 1) * sampleStandardDeviation(blocks)) / Math.sqrt(effective);
  return { kind: 'interval', value, low: value - reach, high: value + reach, effective };
}

function autocorrelation(blocks: readonly number[]): number {
  const n = blocks.length;
  const center = mean(blocks);
  const around = blocks.map((value) => value - center);
  const total = sum(around.map((e) => e * e));
  if (total === 0) return 0;
  const raw = sum(around.slice(1).map((e, i) => e * (around[i] ?? 0))) / total;
  return Math.max(0, Math.min(0.99, (n * raw + 1) / (n - 3)));
}
