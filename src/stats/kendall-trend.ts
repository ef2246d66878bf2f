import { sum } from 'simple-statistics';
import { normalProbability } from './normal-probability.ts';

/**
 * Whether values drift in the order they came: Mann and Kendall's test (Mann 1945). tau is tau-b against time.
 * p is two-sided: exact for up to 50 values without ties, else normal with the variance for ties and the correction for continuity (Gilbert 1987, 16.4).
 * Undefined for fewer than three values or where all are alike.
 *
 * @example kendallTrend([1, 2, 4, 3]) // => { tau: 0.6667, p: 0.3333 }
 */
export function kendallTrend(values: readonly number[]): { readonly tau: number; readonly p: number } | undefined {
  const n = values.length;
  const ties = tieSizes(values);
  if (n < 3 || ties.includes(n)) return undefined;
  const score = sum(values.flatMap((earlier, i) => values.slice(i + 1).map((later) => Math.sign(later - earlier))));
  const pairs = (n * (n - 1)) / 2;
  const tied = sum([0, ...ties.map((t) => (t * (t - 1)) / 2)]);
  const tau = score / Math.sqrt(pairs * (pairs - tied));
  return { tau, p: tied === 0 && n <= 50 ? exact(score, n) : approximate(score, n, ties) };
}

const tieSizes = (values: readonly number[]): readonly number[] =>
  [...Map.groupBy(values, (value) => value).values()].map((group) => group.length);

/** From the number of permutations of n with k inversions (the Mahonian numbers), as shares of n!. */
function exact(score: number, n: number): number {
  const pairs = (n * (n - 1)) / 2;
  let shares: readonly number[] = [1];
  for (let size = 2; size <= n; size++) {
    const before = shares;
    const length = (size * (size - 1)) / 2 + 1;
    shares = Array.from({ length }, (_, k) => sum(before.slice(Math.max(0, k - size + 1), k + 1)) / size);
  }
  const inversions = (pairs - Math.abs(score)) / 2;
  return Math.min(1, 2 * sum(shares.slice(0, inversions + 1)));
}

function approximate(score: number, n: number, ties: readonly number[]): number {
  const spread = (size: number) => size * (size - 1) * (2 * size + 5);
  const variance = (spread(n) - sum(ties.map(spread))) / 18;
  return Math.min(1, 2 * normalProbability(-Math.max(0, Math.abs(score) - 1) / Math.sqrt(variance)));
}
