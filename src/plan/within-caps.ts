import { duration, number, percent, rate } from '../model/in-words.ts';
import type { Course } from '../model/plan.ts';
import { highestOf, stagesOf } from '../model/stages.ts';
import { seconds } from '../model/units.ts';
import { type Ground, mostOf } from './ground.ts';
import { refuse } from './refuse.ts';
import { totals } from './totals.ts';

/** @throws PLAN_INVALID where the steps are beyond the caps, with what would fit */
export function refuseBeyond({ kind, steps }: Course, ground: Ground): void {
  const { caps } = ground;
  refuseAbove(Math.max(...steps.map((step) => highestOf(stagesOf(step)))), ground);
  const whole = totals(steps);
  if (whole.duration > caps.duration) {
    const what =
      kind === 'staircase'
        ? `its ${stepsOf(steps.length)} of ${duration(whole.duration / steps.length)} take`
        : `the ${kind} takes`;
    const fits =
      kind === 'staircase'
        ? `${whatFits(Math.floor((caps.duration * steps.length) / whole.duration))}, or raise`
        : 'shorten it, or raise';
    refuse(
      `${what} ${duration(whole.duration)}, and limits.duration allows ` +
        `${duration(caps.duration)}; ${fits} the limit to ${duration(seconds(whole.duration))}`,
    );
  }
  if (whole.requests > caps.requests) {
    const makes = ground.crowd === undefined ? 'it makes' : 'it may make up to';
    refuse(
      `${makes} ${number(whole.requests)} requests, and limits.requests allows ${number(caps.requests)}; ` +
        `lower its ${ground.crowd === undefined ? 'rates' : 'users'} to ${percent(caps.requests / whole.requests)} of these, or raise the limit`,
    );
  }
}

/** @throws PLAN_INVALID where a level is above what the limits allow */
export function refuseAbove(top: number, ground: Ground): void {
  const { caps, crowd, say } = ground;
  if (top <= mostOf(ground)) return;
  if (crowd === undefined)
    refuse(
      `its highest step is ${say(top)}, and limits.rate allows ${rate(caps.rate)}; lower "to", or raise the limit`,
    );
  refuse(
    `its ${say(top)} may all wait for an answer at once, and limits.in_flight allows ${number(caps.inFlight)}; take fewer, or raise the limit`,
  );
}

const stepsOf = (count: number): string => (count === 1 ? '1 step' : `${count} steps`);

function whatFits(count: number): string {
  if (count < 1) return 'not even one such step fits';
  return `at most ${stepsOf(count)} of this length fit${count === 1 ? 's' : ''}`;
}
