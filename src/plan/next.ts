import type { Plan, Step } from '../model/plan.ts';
import type { Trial } from '../model/trial.ts';

/**
 * The next step to offer, or undefined where there is none: a staircase is a search that ignores how its steps were graded.
 * Steps over the top are wanted (they show what keeps the target there), and the stop rules end what does harm;
 * so only a step that was cut short ends it early: what stopped that one holds for the next.
 */
export function next(plan: Plan, history: readonly Trial[]): Step | undefined {
  const last = history.at(-1);
  if (last !== undefined && !last.record.complete) return undefined;
  return plan.steps[history.length];
}
