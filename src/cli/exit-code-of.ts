import { isWithin } from '../model/headroom.ts';
import type { Report } from '../model/report.ts';
import { answers } from '../model/verdict.ts';
import { exitCodes } from './exit-codes.ts';

const answered: readonly string[] = answers;

/**
 * The exit code of a report: 5 stopped for safety · 4 no answer, or cut short · 3 a gate is breached at the expected load · 0 answered.
 * A search for capacity goes beyond what is good, so an objective is breached only where it is crossed, or missed for a while, at or below the load that is expected.
 */
export function exitCodeOf(report: Report): number {
  if (report.load.stopped?.safety) return exitCodes.safety;
  if (report.run.state === 'aborted') return exitCodes.noAnswer;
  if (!answered.includes(report.verdict.kind)) return exitCodes.noAnswer;
  return isBreached(report) ? exitCodes.gate : exitCodes.answered;
}

function isBreached({ headroom, objectives }: Report): boolean {
  if (headroom?.reference !== 'expected') return false;
  if (headroom.ratio.kind === 'interval' && headroom.ratio.value <= 0) return true;
  if (headroom.ratio.kind === 'at-most' && headroom.ratio.high <= 0) return true;
  return objectives.some(
    ({ crossed, upTo, missed }) =>
      (crossed && upTo !== null && isWithin(upTo, headroom)) || (missed && isWithin(missed.load, headroom)),
  );
}
