import type { Search, Step } from '../model/plan.ts';
import type { Trial } from '../model/trial.ts';
import { type Seconds, seconds } from '../model/units.ts';
import { levelStep } from './ground.ts';

/** What is known of a level: it passed and was held, it passed, it failed for sure, it cannot be told, or it must be tried again to know. */
export type Standing = 'held' | 'pass' | 'fail' | 'open' | 'undecided';

/** No level is tried more often than this before it is left open, held ones not counted. */
const mostVotes = 3;
/** So many failures of at most three are a failure; one alone may be chance. */
const sure = 2;
/** A level is measured for so many times as long as usual at most, where answers come slowly. */
const longest = 4;
/** A hold that cannot be told is repeated once. */
const mostHolds = 2;

/** The level of a step: its users, else its rate. */
export const levelOf = ({ users, rate }: Step): number => users ?? rate;

/** How long (s) a level is measured: for its answers, but not for ever. */
export function measureFor({ phases, crowd, answers }: Search, level: number): Seconds {
  const { rate } = levelStep(0, level, phases, crowd);
  return seconds(Math.min(longest * phases.measure, Math.max(phases.measure, answers / rate)));
}

/** How long (s) a level is held that was found. */
export const holdFor = (search: Search, level: number): Seconds =>
  seconds((measureFor(search, level) * search.hold) / search.phases.measure);

export const isHold = (step: Step, search: Search): boolean => step.measure >= 0.99 * holdFor(search, levelOf(step));

/**
 * What the trials so far say of each level, the lowest first; one in which the generator was at its limit says nothing. A level passes that passed without ever failing; one that failed needs two of three;
 * what cannot be told is tried again. Holding a level longer says more than any of its trials before.
 */
export function standingsOf(search: Search, history: readonly Trial[]): ReadonlyMap<number, Standing> {
  const byLevel = Map.groupBy(history, ({ step }) => levelOf(step));
  const levels = [...byLevel].toSorted(([a], [b]) => a - b);
  const telling = ({ record }: Trial): boolean => record.health.verdict !== 'limited';
  return new Map(levels.map(([level, trials]) => [level, standingOf(search, trials.filter(telling))]));
}

function standingOf(search: Search, trials: readonly Trial[]): Standing {
  const holds = trials.filter(({ step }) => isHold(step, search));
  const last = holds.at(-1)?.grade;
  if (last === 'pass') return 'held';
  if (last === 'fail') return 'fail';
  if (last === 'inconclusive') return holds.length < mostHolds ? 'pass' : 'open';
  const count = (grade: Trial['grade']): number => trials.filter((trial) => trial.grade === grade).length;
  const [passes, fails] = [count('pass'), count('fail')];
  if (fails >= sure) return 'fail';
  if (passes >= sure || (passes > 0 && fails === 0)) return 'pass';
  const isSplit = fails === 0 && trials.length >= sure;
  return isSplit || trials.length >= mostVotes ? 'open' : 'undecided';
}
