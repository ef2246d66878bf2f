import { number } from '../model/in-words.ts';
import type { Course } from '../model/plan.ts';
import type { StaircaseShape } from '../model/plan-shape.ts';
import { type Ground, levelStep, mostOf } from './ground.ts';
import { refuse } from './refuse.ts';

/** How much higher each step is than the one before, unless the shape says otherwise. */
const usualFactor = 1.3;
/** A curve through fewer levels of load says nothing about its bend. */
const fewestSteps = 6;
/** Where neither `from` nor the levels are given, the first step is this share of the last. */
export const usualStart = 0.1;
/** Two steps over the top show the plateau; more of them only do harm. */
const usualOverload = 2;
/** No run needs more; a factor of 1.0001 is a slip of the pen. */
const mostSteps = 200;

/**
 * Lays a staircase out: every step with its level, its settle and its measure phase (s).
 * Without levels one by one the steps rise geometrically from `from` to `to`, where no factor is given at least six of them and no more than limits.duration allows;
 * where no `to` is given it is what the limits allow.
 *
 * @throws PLAN_INVALID where the levels do not rise
 */
export function staircase(shape: StaircaseShape, ground: Ground): Course {
  const { phases, caps, crowd } = ground;
  const levels = levelsOf(shape, ground, Math.floor(caps.duration / (phases.settle + phases.measure)));
  return {
    kind: 'staircase',
    steps: levels.map((level, index) => levelStep(index, level, phases, crowd)),
    overloadedSteps: shape.overloadedSteps ?? usualOverload,
  };
}

function levelsOf(shape: StaircaseShape, ground: Ground, fitting: number): readonly number[] {
  const { levels, factor } = shape;
  if (levels === undefined) {
    const { from, to } = endsOf(shape, ground);
    return geometric(from, to, { factor, fitting, isWhole: ground.crowd !== undefined });
  }
  const [list, one] = ground.crowd === undefined ? ['rates', 'rate'] : ['users', 'number of users'];
  if (shape.from !== undefined || shape.to !== undefined || factor !== undefined)
    refuse(`it gives "${list}" and also "from", "to" or "factor"; give the ${list} one by one or let them be laid out`);
  if (levels.length === 0) refuse(`its list of ${list} is empty; give at least one, as in [50/s, 100/s]`);
  for (const [index, level] of levels.entries()) {
    if (!(level > 0)) refuse(`its ${one} ${index + 1} is ${ground.say(level)}; a ${one} is above ${ground.say(0)}`);
    const before = levels[index - 1];
    if (before !== undefined && level <= before)
      refuse(`its ${list} do not rise: ${ground.say(before)} is followed by ${ground.say(level)}`);
  }
  return levels;
}

/** From where to where the levels rise: to what the limits allow, from a tenth of that, unless the shape says otherwise. */
export function endsOf(
  shape: { readonly from: number | undefined; readonly to: number | undefined },
  ground: Ground,
): { readonly from: number; readonly to: number } {
  const { crowd, say } = ground;
  const to = shape.to ?? mostOf(ground);
  const start = usualStart * to;
  const from = shape.from ?? (crowd === undefined ? start : Math.max(1, Math.round(start)));
  const what = crowd === undefined ? 'a rate' : 'a number of users';
  if (!(from > 0)) refuse(`it starts at ${say(from)}; ${what} is above ${say(0)}`);
  if (from > to) refuse(`it starts at ${say(from)}, above its end of ${say(to)}; "from" is at most "to"`);
  return { from, to };
}

type Climb = { readonly factor: number | undefined; readonly fitting: number; readonly isWhole: boolean };

function geometric(from: number, to: number, { factor, fitting, isWhole }: Climb): readonly number[] {
  if (from === to) return [to];
  if (factor !== undefined && !(factor > 1)) refuse(`its factor is ${factor}; a staircase rises by a factor above 1`);
  const intervals = Math.ceil(Math.log(to / from) / Math.log(factor ?? usualFactor) - 1e-9);
  const count = factor === undefined ? Math.max(fewestSteps, Math.min(intervals + 1, fitting)) : intervals + 1;
  if (count > mostSteps)
    refuse(`it has ${number(count)} steps, and ${mostSteps} are the most; a factor of ${usualFactor} is usual`);
  const levels = Array.from({ length: count }, (_, index) => levelAt(from, to, index / (count - 1)));
  return isWhole ? [...new Set(levels.map(Math.round))] : levels;
}

/** Rounded to four digits, so that a plan can be read; the ends stay as they are. */
function levelAt(from: number, to: number, part: number): number {
  if (part === 0) return from;
  if (part === 1) return to;
  return Number((from * (to / from) ** part).toPrecision(4));
}
