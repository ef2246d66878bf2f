import type { Plan, Step } from '../model/plan.ts';
import { areaOf, lengthOf, stagesOf, windowsOf } from '../model/stages.ts';
import { type PerSecond, perSecond, type Seconds, seconds } from '../model/units.ts';

/** What a plan comes to at most: requests that it offers, how long (s) it offers them, its windows, and its highest rate. Waiting for the last answers of a step comes on top. */
export type Totals = {
  readonly requests: number;
  readonly duration: Seconds;
  readonly windows: number;
  readonly highest: PerSecond;
};

export function totalsOf(plan: Plan): Totals {
  if (plan.kind !== 'search') return totals(plan.steps);
  const { budget, phases, crowd, to } = plan.search;
  return {
    ...budget,
    windows: Math.floor(budget.duration / (phases.settle + phases.measure)),
    highest: crowd?.mostRate ?? perSecond(to),
  };
}

/** The same of some steps. Each user asks for no more than a share of the rate of their step, and once in the beginning. */
export function totals(steps: readonly Step[]): Totals {
  return {
    requests: steps.reduce((sum, step) => sum + requestsOf(step), 0),
    duration: seconds(steps.reduce((sum, step) => sum + lengthOf(stagesOf(step)), 0)),
    windows: steps.reduce((sum, step) => sum + windowsOf(step).length, 0),
    highest: perSecond(Math.max(0, ...steps.map(({ rate }) => rate))),
  };
}

function requestsOf(step: Step): number {
  const area = areaOf(stagesOf(step));
  return Math.ceil((step.users === undefined ? area : (area * step.rate) / step.users + step.users) - 1e-9);
}
