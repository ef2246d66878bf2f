import { median } from 'simple-statistics';

/**
 * By how much the second sample lies above the first: the median of all differences between one of each (Hodges & Lehmann 1963).
 *
 * @example hodgesLehmann([1, 2, 3], [11, 12, 19]) // => 10
 */
export function hodgesLehmann(first: readonly number[], second: readonly number[]): number {
  return median(second.flatMap((b) => first.map((a) => b - a)));
}
