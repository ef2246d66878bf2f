import { sum, wilcoxonRankSum } from 'simple-statistics';
import { normalProbability } from './normal-probability.ts';

/** Up to this many pairs the distribution of U is counted out. */
const countable = 2500;

/**
 * Whether one sample tends to lie above the other (Mann & Whitney 1947), with Cliff's delta: P(second > first) − P(second < first), from −1 to 1
 * (|δ| < 0.147 negligible, < 0.33 small, < 0.474 medium; Romano 2006). `u` counts the pairs in which the second is larger, ties half.
 * p is two-sided: exact without ties, else normal with the variance for ties and the correction for continuity, as R's `wilcox.test`.
 *
 * @throws RangeError for an empty sample
 * @example mannWhitney([1, 2, 3], [4, 5, 6]) // => { u: 9, p: 0.1, delta: 1 }
 */
export function mannWhitney(
  first: readonly number[],
  second: readonly number[],
): { readonly u: number; readonly p: number; readonly delta: number } {
  const [n, m] = [first.length, second.length];
  if (n === 0 || m === 0) throw new RangeError('a comparison needs a value on each side');
  const u = wilcoxonRankSum(second, first) - (m * (m + 1)) / 2;
  const ties = [...Map.groupBy([...first, ...second], (value) => value).values()].map((group) => group.length);
  const untied = ties.every((t) => t === 1) && n * m <= countable;
  return { u, p: untied ? exact(u, n, m) : approximate(u, n, m, ties), delta: (2 * u) / (n * m) - 1 };
}

/** Shares of all C(n + m, m) arrangements by U: the coefficients of the Gaussian binomial, multiplied up factor by factor. */
function exact(u: number, n: number, m: number): number {
  const counts = new Float64Array(n * m + 1);
  counts[0] = 1;
  for (let i = 1; i <= m; i++) {
    for (let k = n * m; k >= n + i; k--) counts[k] = (counts[k] ?? 0) - (counts[k - n - i] ?? 0);
    for (let k = i; k <= n * m; k++) counts[k] = (counts[k] ?? 0) + (counts[k - i] ?? 0);
  }
  const all = sum([...counts]);
  const tail = sum([...counts.slice(0, Math.min(u, n * m - u) + 1)]);
  return Math.min(1, (2 * tail) / all);
}

function approximate(u: number, n: number, m: number, ties: readonly number[]): number {
  const all = n + m;
  const variance = ((n * m) / 12) * (all + 1 - sum(ties.map((t) => t ** 3 - t)) / (all * (all - 1)));
  if (variance <= 0) return 1;
  const off = Math.max(0, Math.abs(u - (n * m) / 2) - 0.5);
  return Math.min(1, 2 * normalProbability(-off / Math.sqrt(variance)));
}
