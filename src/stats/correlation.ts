import { sampleCorrelation } from 'simple-statistics';

/**
 * Pearson's correlation of two lists of the same length, or undefined where one of them does not vary.
 *
 * @example correlation([1, 2, 3], [2, 4, 6]) // => 1
 */
export function correlation(x: readonly number[], y: readonly number[]): number | undefined {
  if (x.length < 2) return undefined;
  const found = sampleCorrelation([...x], [...y]);
  return Number.isFinite(found) ? found : undefined;
}
