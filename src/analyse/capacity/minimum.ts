import type { Interval } from '../../model/interval.ts';
import { normalDeviates } from '../../stats/normal-deviates.ts';

const draws = 2000;
/** How far below an upper bound the end may lie: half a normal distribution of this share. */
const boundSpread = 0.15;
/** Quantile of the normal distribution at 97.5 %. */
const two = 1.96;

/**
 * The distribution of the least of several capacities by Monte Carlo: its median, and 95 % (analysis 3.5: the least of the point estimates is biased low
 * where several are close). Undefined where no capacity has both sides.
 */
export function minimumOf(capacities: readonly Interval[]): (Interval & { readonly kind: 'interval' }) | undefined {
  if (!capacities.some(({ kind }) => kind === 'interval')) return undefined;
  const several = capacities.length;
  const z = normalDeviates(30_011, draws * several);
  const least = Array.from({ length: draws }, (_, i) =>
    Math.min(...capacities.map((one, at) => draw(one, z[i * several + at] ?? 0))),
  ).sort((a, b) => a - b);
  const at = (share: number): number => least[Math.floor(share * (draws - 1))] ?? Number.NaN;
  return { kind: 'interval', value: at(0.5), low: at(0.025), high: at(0.975) };
}

/** Each side of an interval is half a normal distribution of its own width. */
function draw(capacity: Interval, z: number): number {
  if (capacity.kind === 'at-least') return Number.POSITIVE_INFINITY;
  if (capacity.kind === 'at-most') return capacity.high * (1 - boundSpread * Math.abs(z));
  const side = z < 0 ? capacity.value - capacity.low : capacity.high - capacity.value;
  return capacity.value + (z * side) / two;
}
