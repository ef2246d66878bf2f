import type { Comparison, Difference } from '../model/comparison.ts';
import { exitCodes } from './exit-codes.ts';

/** What users feel, and which way is worse. What a request costs a resource explains a difference, but is none by itself. */
const felt: readonly { readonly what: RegExp; readonly worse: Difference['finding'] }[] = [
  { what: /^capacity$/, worse: 'lower' },
  { what: /^peak goodput$/, worse: 'lower' },
  { what: /^p\d+ at /, worse: 'higher' },
];

/**
 * The exit code of a comparison: 3 where users would feel a real difference for the worse, else 0.
 * One number that differs among many by chance is no regression: the two set-ups must differ as a whole.
 */
export function exitCodeOfComparison({ pairs, differences }: Comparison): number {
  const apart = pairs
    .filter(({ answer }) => answer === 'different')
    .map(({ earlier, later }) => [...earlier, ...later]);
  const isWorse = ({ what, finding, runs }: Difference) =>
    felt.some((quantity) => quantity.what.test(what) && quantity.worse === finding) &&
    apart.some((ids) => ids.join('\n') === runs.join('\n'));
  return differences.some(isWorse) ? exitCodes.gate : exitCodes.answered;
}
