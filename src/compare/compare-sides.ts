import type { Comparison } from '../model/comparison.ts';
import type { Report } from '../model/report.ts';
import { compare } from './compare.ts';

/**
 * Compares runs whose repeats are told: `sizes[i]` of them, in their order, make the i-th set-up. Where each is told alone, the reports say which are
 * repeats of one another.
 *
 * @example compareSides([a1, a2, b1, b2], [2, 2]) // => a1 and a2 against b1 and b2
 */
export function compareSides(reports: readonly Report[], sizes: readonly number[]): Comparison {
  if (sizes.every((size) => size === 1)) return compare(reports);
  const ends = sizes.map((_, i) => sizes.slice(0, i + 1).reduce((sum, size) => sum + size, 0));
  return compare(
    reports,
    ends.map((end, i) => reports.slice(end - (sizes[i] ?? 0), end)),
  );
}
