import type { Step } from '../model/plan.ts';
import type { Script } from '../model/script.ts';
import { lengthOf, stagesOf } from '../model/stages.ts';
import { abortAt, inMilliseconds, legsOf, type Scenario, type Scenarios } from './k6-scenario.ts';

/** More than this share of a step failed: the next would show nothing more. */
const tooManyFailed = 0.5;

/** Steps of users as scenarios: one for each step, in which every VU is a user who chooses what to do by the weights of the mix. */
export function usersOf(steps: readonly Step[], { timeout }: Script): Scenarios {
  const scenarios: Record<string, Scenario> = {};
  const thresholds: Record<string, ReturnType<typeof abortAt>> = {};
  let [at, first] = [0, 0];
  for (const step of steps) {
    const stages = stagesOf(step);
    const name = `s${String(step.index + 1).padStart(2, '0')}_users`;
    scenarios[name] = {
      exec: 'live',
      executor: 'ramping-vus',
      env: { FIRST: String(first) },
      startTime: inMilliseconds(at),
      gracefulStop: inMilliseconds(timeout),
      gracefulRampDown: inMilliseconds(timeout),
      startVUs: Math.round(stages[0]?.from ?? 0),
      stages: legsOf(stages.map(({ lasts, from, to }) => ({ lasts, from: Math.round(from), to: Math.round(to) }))),
    };
    thresholds[`http_req_failed{scenario:${name}}`] = abortAt(`rate<${tooManyFailed}`, at, stages);
    at += lengthOf(stages);
    // No more than all users together can ask for, and one more each: no two walks may have one number.
    first += Math.ceil(step.rate * lengthOf(stages)) + (step.users ?? 0);
  }
  return { scenarios, thresholds };
}
