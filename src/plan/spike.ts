import { duration } from '../model/in-words.ts';
import type { Course, Cut } from '../model/plan.ts';
import type { SpikeShape } from '../model/plan-shape.ts';
import { type Seconds, seconds } from '../model/units.ts';
import { type Ground, movingStep, windowsIn } from './ground.ts';
import { refuse } from './refuse.ts';

/** What is usual needs this many windows before a spike, and after it until the target has recovered. */
const usualBefore = 3;
const usualAfter = 6;

/**
 * Lays a spike out, without a pause: a level that is usual, a jump to a higher one, and back. Before and after it is read in windows that meet; in the spike
 * from when readings have settled on. Those after it tell how long what the spike left takes to go away.
 *
 * @throws PLAN_INVALID where a part is too short to be read, with what would do
 */
export function spike(shape: SpikeShape, ground: Ground): Course {
  const { phases, say } = ground;
  const { from, to } = shape;
  if (!(from > 0)) refuse(`before and after the spike there is ${say(from)}; without load nothing shows what is usual`);
  if (from >= to) refuse(`its spike goes from ${say(from)} to ${say(to)}; "from" is below "to"`);
  const before = partOf('before', shape.before, usualBefore * phases.measure, ground);
  const lasts = partOf('lasts', shape.lasts, phases.settle + phases.measure, ground);
  const after = partOf('after', shape.after, usualAfter * phases.measure, ground);
  const top = before + lasts;
  const count = (length: number): number => Math.floor(length / phases.measure + 1e-9);
  const recovering = windowsIn(top, top + after, count(after)).map((cut): Cut => ({ ...cut, after: 'spike' }));
  const [first, ...rest] = windowsIn(0, before, count(before));
  const inside = windowsIn(before + phases.settle, top, count(lasts - phases.settle));
  const stages = [
    { lasts: before, from, to: from },
    { lasts, from: to, to },
    { lasts: after, from, to: from },
  ];
  return { kind: 'spike', steps: [movingStep(stages, [first, ...rest, ...inside, ...recovering], ground)] };
}

/** What each part is there to show. */
const shows = { before: 'what is usual', lasts: 'the spike', after: 'how the target recovers' } as const;

/** @throws PLAN_INVALID where a part is shorter than its data need; in the spike they must settle first */
function partOf(part: keyof typeof shows, given: Seconds | undefined, usual: number, { phases }: Ground): Seconds {
  const length = given ?? seconds(usual);
  const least = phases.measure + (part === 'lasts' ? phases.settle : 0);
  if (length >= least) return length;
  refuse(
    `its "${part}" is ${duration(length)}, but to show ${shows[part]} the data need ${duration(least)}; set "${part}" to ${duration(least)} or more`,
  );
}
