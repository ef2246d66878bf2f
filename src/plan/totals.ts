import type { Step } from '../model/plan.ts';
import { type Seconds, seconds } from '../model/units.ts';

/** How many requests some steps offer, and for how long (s) they offer them. Waiting for the last answers of a step comes on top. */
export function totals(steps: readonly Step[]): { readonly requests: number; readonly duration: Seconds } {
  return {
    requests: steps.reduce((sum, step) => sum + Math.ceil(step.rate * (step.settle + step.measure)), 0),
    duration: seconds(steps.reduce((sum, step) => sum + step.settle + step.measure, 0)),
  };
}
