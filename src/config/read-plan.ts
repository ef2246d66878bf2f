import type { Static } from 'typebox';
import { type PlanShape, PlanShapeSchema } from '../model/plan-shape.ts';
import { frozen } from './frozen.ts';
import { durationOf, rateOf } from './quantity.ts';
import { written } from './written.ts';

type PlanText = Static<typeof PlanShapeSchema>;

/**
 * Reads a plan file: how load is offered. Its name is the file's.
 *
 * @throws CONFIG_INVALID with file and line, what is wrong and what would be right
 */
export function readPlan(text: string, file: string, name: string): PlanShape {
  return frozen(planShape(written<PlanText>(PlanShapeSchema, text, file).value, name));
}

/** A plan's texts as numbers. */
export function planShape(plan: PlanText, name: string): PlanShape {
  return {
    name,
    kind: plan.kind,
    from: optional(plan.from, rateOf),
    to: optional(plan.to, rateOf),
    factor: plan.factor,
    rates: plan.rates?.map(rateOf),
    settle: optional(plan.settle, durationOf),
    measure: optional(plan.measure, durationOf),
    arrivals: plan.arrivals,
    seed: plan.seed,
    overloadedSteps: plan.overloaded_steps,
  };
}

const optional = <T>(text: string | undefined, read: (text: string) => T): T | undefined =>
  text === undefined ? undefined : read(text);
