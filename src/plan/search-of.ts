import { duration, percent } from '../model/in-words.ts';
import type { Objectives } from '../model/objectives.ts';
import type { Search } from '../model/plan.ts';
import type { SearchShape } from '../model/plan-shape.ts';
import { ratio, seconds } from '../model/units.ts';
import { type Ground, levelStep } from './ground.ts';
import { refuse } from './refuse.ts';
import { endsOf } from './staircase.ts';
import { refuseAbove } from './within-caps.ts';

/** Steps of half as much again come to ten times the load in six. */
const usualFactor = 1.5;
/** Closer than this two runs of one target do not agree. */
const usualPrecision = ratio(0.05);
const finest = 0.01;
/** What is found is held for so many times as long as it was measured. */
const usualHold = 3;
const leastHold = 2;
/** So many answers beyond a limit, of those that are allowed, tell a share to a quarter or so. */
const enoughBeyond = 20;
/** Less than this finds nothing: a level that passes, one that fails three times, one between. */
const fewestSteps = 6;

/**
 * Lays a search out: from where to where, and what all its steps may come to, which is what the limits allow.
 *
 * @throws PLAN_INVALID where the limits leave no room for it, with what would, or where more users break no objective
 */
export function searchOf(shape: SearchShape, ground: Ground, objectives: Objectives): Search {
  const { phases, caps, crowd } = ground;
  const { from, to } = endsOf(shape, ground);
  refuseAbove(to, ground);
  if (crowd !== undefined && objectives.latency.length === 0)
    refuse(
      'it searches for the most users that meet the objectives, and users who wait for their answers break none but latency; give the target one, as in p99: 300ms',
    );
  const precision = shape.precision ?? usualPrecision;
  if (precision < finest)
    refuse(
      `its precision is ${percent(precision)}; below ${percent(finest)} two measurements of one load do not agree`,
    );
  const hold = shape.hold ?? seconds(usualHold * phases.measure);
  if (hold < leastHold * phases.measure)
    refuse(
      `it holds what it found for ${duration(hold)}, hardly longer than it measured it; set "hold" to ${duration(leastHold * phases.measure)} or more`,
    );
  const each = levelStep(0, to, phases, crowd);
  const least = seconds(fewestSteps * (each.settle + each.measure) + hold);
  if (least > caps.duration)
    refuse(
      `a search takes ${fewestSteps} steps of ${duration(each.settle + each.measure)} and a hold of ${duration(hold)} at least, ${duration(least)} together, ` +
        `and limits.duration allows ${duration(caps.duration)}; raise the limit`,
    );
  return {
    from,
    to,
    factor: shape.factor ?? usualFactor,
    precision,
    phases,
    hold,
    answers: answersFor(objectives),
    budget: { requests: caps.requests, duration: caps.duration },
    crowd,
  };
}

/** The finest share that is allowed decides: p99 needs 2000 answers. Nothing at all of it, as in errors of 0 %, needs no number. */
function answersFor({ latency, errors }: Objectives): number {
  const shares = [
    ...latency.map(({ quantile }) => 1 - quantile),
    ...(errors === undefined || errors === 0 ? [] : [errors]),
  ];
  return Math.ceil(Math.max(0, ...shares.map((share) => enoughBeyond / share)) - 1e-6);
}
