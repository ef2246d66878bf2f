import { sampleRankCorrelation } from 'simple-statistics';
import { studentTProbability } from './student-t-probability.ts';

/**
 * Spearman's rank correlation with the two-sided p of t = ρ √((n − 2) / (1 − ρ²)), t(n − 2)  (Kendall & Stuart 31.19; as R's `cor.test(exact = FALSE)`).
 * Ties share their mean rank. Undefined for fewer than three pairs or where one list does not vary.
 *
 * @example spearman([1, 2, 3, 4, 5], [1, 3, 2, 4, 5]) // => { rho: 0.9, p: 0.0374 }
 */
export function spearman(
  x: readonly number[],
  y: readonly number[],
): { readonly rho: number; readonly p: number } | undefined {
  if (x.length < 3 || new Set(x).size < 2 || new Set(y).size < 2) return undefined;
  const rho = Math.max(-1, Math.min(1, sampleRankCorrelation(x, y)));
  const df = x.length - 2;
  const t = -Math.abs(rho) * Math.sqrt(df / (1 - rho * rho));
  return { rho, p: 1 - Math.abs(rho) < 1e-12 ? 0 : 2 * studentTProbability(t, df) };
}
