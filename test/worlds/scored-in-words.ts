import { interval, number, percent } from '../../src/model/in-words.ts';
import type { Scored } from './score.ts';
import { isShare } from './scoreboard.ts';

/** One world in one line: what was right, what was said. */
export function scoredInWords({ family, seed, variant, right, said, marks }: Scored): string {
  const probability = said.probability === null ? '' : ` at ${number(said.probability)}`;
  const capacity = said.capacity ? interval(said.capacity) : 'no capacity';
  return [
    `${marks['first @1'] === 0 || marks.kind === 0 ? 'WRONG' : 'right'} family ${family} seed ${seed} ${variant}`,
    `${right.kinds.join('|')} ${right.first.join(',')} (${right.why}) ${number(right.capacity)}/s used ${percent(right.use)}, next ${right.next.join(',') || 'none'}`,
    `said ${said.kind} ${said.first.join(',')}${probability}, ${capacity}, next ${said.next ?? 'none'}`,
    missedBy(marks).join(', '),
  ].join(' | ');
}

/** Scores of which less is better. */
const worse = ['symptom as root', 'confident and wrong, one missing', 'false saturated'];

/** The shares that this world makes worse. */
function missedBy(marks: Scored['marks']): readonly string[] {
  return Object.entries(marks)
    .filter(([name]) => isShare(name) && !name.startsWith('naive'))
    .filter(([name, mark]) => (worse.includes(name) ? mark > 0 : mark < 1))
    .map(([name]) => name);
}
