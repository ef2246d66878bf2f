import type { Difference } from '../model/comparison.ts';
import type { Report } from '../model/report.ts';
import { isFitted } from './is-fitted.ts';
import type { Pair, SetUp } from './set-ups.ts';

/** Why contention and coherency are not compared: one entry for both, none where each side has a run that carries them. */
export function uncarried({ earlier, later, called }: Pair): readonly Difference[] {
  const open = [earlier, later].filter((side) => !side.some(isFitted));
  if (open.length === 0) return [];
  const runs = [...earlier, ...later];
  const why = [...Map.groupBy(open, reasons)].map(([reason, sides]) => `${called(sides.flat())}: ${reason}`);
  return [
    {
      what: 'contention and coherency',
      unit: 'ratio',
      runs: runs.map(({ run }) => run.id),
      values: runs.map(() => null),
      ratio: null,
      effect: null,
      repeats: null,
      finding: 'cannot-tell',
      sentence: `contention and coherency cannot be compared (${why.join('; ')})`,
    },
  ];
}

const reasons = (side: SetUp): string => [...new Set(side.flatMap(reason))].join(', ');

/** Without what stands behind a semicolon: how far this one run was from it. */
const reason = ({ scalability }: Report): readonly string[] =>
  scalability.kind === 'not-carried'
    ? [scalability.because.replace(/^contention and coherency /, 'they ').replace(/; .*$/u, '')]
    : [];
