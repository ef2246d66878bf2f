import type { Plan, Step } from '../model/plan.ts';
import { areaOf, lengthOf, stagesOf, windowsOf } from '../model/stages.ts';
import { meanOf, type Think } from '../model/think.ts';
import { type PerSecond, perSecond, type Seconds, seconds } from '../model/units.ts';

/** What a plan comes to at most: requests that it offers, how long (s) it offers them, its windows, and its highest rate. Waiting for the last answers of a step comes on top. */
export type Totals = {
  readonly requests: number;
  readonly duration: Seconds;
  readonly windows: number;
  readonly highest: PerSecond;
};

export function totalsOf(plan: Plan): Totals {
  if (plan.kind !== 'search') return totals(plan.steps, plan.think);
  const { budget, phases, crowd, to } = plan.search;
  return {
    ...budget,
    windows: Math.floor(budget.duration / (phases.settle + phases.measure)),
    highest: crowd?.mostRate ?? perSecond(to),
  };
}

/** The same of some steps. Users who think send at most one request a pause each, and never more than the rate of their step. */
export function totals(steps: readonly Step[], think?: Think): Totals {
  return {
    requests: steps.reduce((sum, step) => sum + requestsOf(step, think), 0),
    duration: seconds(steps.reduce((sum, step) => sum + lengthOf(stagesOf(step)), 0)),
    windows: steps.reduce((sum, step) => sum + windowsOf(step).length, 0),
    highest: perSecond(Math.max(0, ...steps.map(({ rate }) => rate))),
  };
}

export function requestsOf(step: Step, think: Think | undefined): number {
  const stages = stagesOf(step);
  if (step.users === undefined) return Math.ceil(areaOf(stages) - 1e-9);
  const most = step.rate * lengthOf(stages);
  return Math.ceil(Math.min(most, areaOf(stages) / (think ? meanOf(think) : 0)) + step.users);
}
