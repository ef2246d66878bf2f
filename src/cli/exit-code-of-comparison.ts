import type { Comparison } from '../model/comparison.ts';
import { exitCodes } from './exit-codes.ts';

/** Which way is worse, by unit: fewer requests a second, or more seconds, failures and contention. */
const worse: Readonly<Record<string, 'higher' | 'lower'>> = { '1/s': 'lower', seconds: 'higher', ratio: 'higher' };

/** The exit code of a comparison: 3 where a real difference is for the worse, else 0. */
export function exitCodeOfComparison(comparison: Comparison): number {
  const regressed = comparison.differences.some((difference) => difference.finding === worse[difference.unit]);
  return regressed ? exitCodes.gate : exitCodes.answered;
}
