import type { Report } from '../model/report.ts';
import type { VerdictKind } from '../model/verdict.ts';
import type { SetUp } from './set-ups.ts';

/** The kinds that say why there is no answer: of what limits they say neither this nor that. */
const unanswered: readonly VerdictKind[] = ['data-invalid', 'generator-limited', 'unstable-config'];

/** Whether a run has no answer to what saturates first. */
export const hasNoAnswer = ({ verdict }: Report): boolean => unanswered.includes(verdict.kind);

/** The runs of a set-up that have an answer, else all of them: a run without one takes nothing from what its repeats tell. */
export function answering(setUp: SetUp): SetUp {
  const told = setUp.filter((report) => !hasNoAnswer(report));
  return told.length > 0 ? told : setUp;
}
