import type { Comparison, Difference } from '../model/comparison.ts';
import { exitCodes } from './exit-codes.ts';

/** What users feel, and which way is worse. What a request costs a resource explains a difference, but is none by itself. */
const felt: readonly { readonly what: RegExp; readonly worse: Difference['finding'] }[] = [
  { what: /^capacity$/, worse: 'lower' },
  { what: /^peak goodput$/, worse: 'lower' },
  { what: /^p\d+ at /, worse: 'higher' },
];

/** The exit code of a comparison: 3 where users would feel a real difference for the worse, else 0. */
export function exitCodeOfComparison(comparison: Comparison): number {
  const isWorse = ({ what, finding }: Difference) =>
    felt.some((quantity) => quantity.what.test(what) && quantity.worse === finding);
  return comparison.differences.some(isWorse) ? exitCodes.gate : exitCodes.answered;
}
