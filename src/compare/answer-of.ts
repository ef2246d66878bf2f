import type { ComparedPair, Difference } from '../model/comparison.ts';
import type { Found } from './differences.ts';

/**
 * What two set-ups come to as a whole. Different: another resource saturates first, or some quantity differs even when everything that was compared
 * is corrected for (Holm), so that two set-ups which are the same are called different once in twenty comparisons, not once in every twenty numbers.
 * Equivalent: nothing differs, and the capacity (else the peak goodput) is the same.
 */
export function answerOf(first: Difference, measured: readonly Found[]): ComparedPair['answer'] {
  if (first.finding === 'changed' || measured.some(({ stands }) => stands)) return 'different';
  const findings = new Map(measured.map(({ difference }) => [difference.what, difference]));
  const carries = [findings.get('capacity'), findings.get('peak goodput')].find(
    (found) => found && found.ratio !== null,
  );
  return carries?.finding === 'equivalent' ? 'equivalent' : 'cannot-tell';
}
