import { duration } from '../model/in-words.ts';
import type { Course } from '../model/plan.ts';
import type { SoakShape } from '../model/plan-shape.ts';
import { seconds } from '../model/units.ts';
import { type Ground, levelStep, movingStep, windowsIn } from './ground.ts';
import { refuse } from './refuse.ts';

/** What grows is told from what scatters by so many windows at least; more than the other make a report longer and nothing surer. */
const fewestWindows = 4;
const mostWindows = 24;

/**
 * Lays a soak out: one level for a long time, read in windows that meet, so that what grows with time and not with load shows.
 * Without `measure` there are at most 24 of them; without `lasts` it takes what limits.duration allows.
 *
 * @throws PLAN_INVALID where it is too short for four windows, with what would do
 */
export function soak(shape: SoakShape, ground: Ground): Course {
  const { phases, caps, crowd, say } = ground;
  if (!(shape.at > 0)) refuse(`it is held at ${say(shape.at)}; a load is above ${say(0)}`);
  const { settle } = levelStep(0, shape.at, phases, crowd);
  const lasts = shape.lasts ?? seconds(caps.duration - settle);
  const least = fewestWindows * phases.measure;
  if (lasts < least)
    refuse(
      `it is held for ${duration(lasts)}, and what grows with time shows in ${fewestWindows} windows of ${duration(phases.measure)}; ` +
        `let it last ${duration(least)} or more${shape.lasts === undefined ? ', and raise limits.duration' : ''}`,
    );
  const fitting = Math.floor(lasts / phases.measure + 1e-9);
  const count = shape.measure === undefined ? Math.min(mostWindows, fitting) : fitting;
  return {
    kind: 'soak',
    steps: [movingStep([{ lasts, from: shape.at, to: shape.at }], windowsIn(0, lasts, count), ground)],
  };
}
