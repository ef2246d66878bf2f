import { fault } from '../faults.ts';

/** @throws PLAN_INVALID: the plan cannot run, and why */
export function refuse(why: string): never {
  throw fault('PLAN_INVALID', [why]);
}
