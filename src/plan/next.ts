import type { Course, Plan, Step } from '../model/plan.ts';
import type { Trial } from '../model/trial.ts';
import { nextTrial } from './search.ts';

/** Goodput below this share of what was offered is clearly behind: a step or two of it shows the plateau. */
const behind = 0.9;
/** Below this one such step is enough: at the next, more would fail than succeed. */
const farBehind = 0.75;

/**
 * The next step to offer, or undefined where there is none. A search goes by how its steps were graded; all other plans ignore it.
 * Steps over the top are wanted, since they show what keeps the target there; but after as many in a row as the plan says, or one
 * that is far behind, nothing is learnt from more; and a step that was cut short ends it too: what stopped that one holds for the next.
 */
export function next(plan: Plan, history: readonly Trial[]): Step | undefined {
  return plan.kind === 'search' ? nextTrial(plan.search, history) : nextOf(plan, history);
}

function nextOf({ steps, overloadedSteps: most = 0 }: Course, history: readonly Trial[]): Step | undefined {
  const last = history.at(-1);
  if (last === undefined) return steps[0];
  if (!last.record.complete) return undefined;
  if (most > 0 && last.record.goodput < farBehind * last.record.offered) return undefined;
  const recent = history.slice(-most);
  if (most > 0 && recent.length === most && recent.every((trial) => isOver(trial, history))) return undefined;
  return steps[steps.findIndex(({ index }) => index === last.step.index) + 1];
}

/** Clearly behind, or not offered by a generator that could not, or users who came on top and got nothing more. */
const isOver = (trial: Trial, history: readonly Trial[]): boolean =>
  trial.record.health.verdict === 'limited' ||
  trial.record.goodput < behind * trial.record.offered ||
  isInVain(trial, history);

/** Users who wait are never behind. That the target gives no more shows in goodput that grows by less than this share of what the users grew by. */
const inVain = 0.1;

function isInVain({ step, record }: Trial, history: readonly Trial[]): boolean {
  const { users } = step;
  const fewer = history.filter((trial) => users !== undefined && (trial.step.users ?? users) < users);
  if (users === undefined || fewer.length === 0) return false;
  const most = Math.max(...fewer.map((trial) => trial.step.users ?? 0));
  const best = Math.max(...fewer.map((trial) => trial.record.goodput));
  return record.goodput / best - 1 < inVain * (users / most - 1);
}
