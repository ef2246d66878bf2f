import { duration } from '../model/in-words.ts';
import type { Course } from '../model/plan.ts';
import type { RampShape } from '../model/plan-shape.ts';
import { seconds } from '../model/units.ts';
import { type Ground, mostOf, movingStep, windowsIn } from './ground.ts';
import { refuse } from './refuse.ts';
import { usualStart } from './staircase.ts';

/** A curve through fewer windows says nothing about its bend; so many are usual. */
const fewestWindows = 6;
const usualWindows = 12;

/**
 * Lays a ramp out: the level rises in a straight line without a pause, and is read in windows of at least `measure` seconds that meet, six at least.
 * Without `lasts` it is twelve of them, or as many as limits.duration allows.
 *
 * @throws PLAN_INVALID where it does not rise, or is too short for six windows, with what would do
 */
export function ramp(shape: RampShape, ground: Ground): Course {
  const { phases, caps, crowd, say } = ground;
  const to = shape.to ?? mostOf(ground);
  const start = usualStart * to;
  const from = shape.from ?? (crowd === undefined ? start : Math.round(start));
  if (from >= to) refuse(`it rises from ${say(from)} to ${say(to)}; "from" is below "to"`);
  const room = caps.duration - (from > 0 ? phases.settle : 0);
  const usual = Math.max(fewestWindows, Math.min(usualWindows, Math.floor(room / phases.measure)));
  const lasts = shape.lasts ?? seconds(usual * phases.measure);
  const count = Math.floor(lasts / phases.measure + 1e-9);
  if (count < fewestWindows)
    refuse(
      `it rises within ${duration(lasts)}, which is ${count} windows of ${duration(phases.measure)}, and a curve needs ${fewestWindows}; ` +
        `let it last ${duration(fewestWindows * phases.measure)} or more`,
    );
  return { kind: 'ramp', steps: [movingStep([{ lasts, from, to }], windowsIn(0, lasts, count), ground)] };
}
