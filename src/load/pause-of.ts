import type { Think } from '../model/think.ts';
import { normalQuantile } from '../stats/normal-quantile.ts';

/**
 * How long a pause is (s).
 *
 * @param drawn a number in [0, 1): the same one gives the same pause
 */
export function pauseOf(think: Think | undefined, drawn: number): number {
  switch (think?.kind) {
    case undefined:
      return 0;
    case 'fixed':
      return think.for;
    case 'uniform':
      return think.from + drawn * (think.to - think.from);
    case 'exponential':
      return -Math.log(1 - drawn) * think.mean;
    case 'lognormal':
      return lognormal(think, drawn);
  }
}

/** e^(m + s·z) with s² = ln(1 + (deviation ÷ mean)²) and m = ln(mean) − s² ÷ 2, of which z is the standard normal number at `drawn` (Johnson, Kotz & Balakrishnan 1994, 14). */
function lognormal({ mean, deviation }: Extract<Think, { kind: 'lognormal' }>, drawn: number): number {
  if (mean === 0) return 0;
  const variance = Math.log(1 + (deviation / mean) ** 2);
  return Math.exp(Math.log(mean) - variance / 2 + Math.sqrt(variance) * normalQuantile(Math.max(drawn, 1e-12)));
}
