import type { Objectives } from '../model/objectives.ts';
import type { Course, Plan } from '../model/plan.ts';
import type { PlanShape, RampShape, SoakShape, SpikeShape, StaircaseShape } from '../model/plan-shape.ts';
import type { Caps } from '../model/script.ts';
import { type Seconds, seconds } from '../model/units.ts';
import { type Ground, groundOf, usualScrape } from './ground.ts';
import { ramp } from './ramp.ts';
import { searchOf } from './search-of.ts';
import { soak } from './soak.ts';
import { spike } from './spike.ts';
import { staircase } from './staircase.ts';
import { refuseBeyond } from './within-caps.ts';

/** What a plan is laid out against: how slow the slowest scrape is (undefined: nothing was seen twice yet), the caps, what must be met, how long the longest walk pauses in all, and how many requests an arrival makes on average. */
export type Around = {
  readonly scrape: Seconds | undefined;
  readonly caps: Caps;
  readonly objectives: Objectives;
  readonly walk?: Seconds;
  readonly each?: number;
};

/**
 * Lays a plan out against the caps and for data that are scraped every `scrape` seconds (undefined: nothing was seen twice yet, and the usual interval is assumed).
 *
 * @throws PLAN_INVALID where a phase is too short for its data or the whole is beyond the caps, with what would fit
 */
export function layOut(shape: PlanShape, around: Around): Plan {
  const { scrape, caps, objectives, walk = seconds(0), each = 1 } = around;
  const ground = groundOf(shape, { scrape, caps, walk, each });
  const ofAny = {
    name: shape.name,
    arrivals: shape.arrivals ?? 'uniform',
    seed: shape.seed ?? 1,
    scrape: scrape ?? usualScrape,
    ...(ground.crowd === undefined ? {} : { think: shape.think }),
  };
  if (shape.kind === 'search') return { ...ofAny, kind: 'search', search: searchOf(shape, ground, objectives) };
  const course = courseOf(shape, ground);
  refuseBeyond(course, ground);
  return { ...ofAny, ...course };
}

type CourseShape = StaircaseShape | RampShape | SoakShape | SpikeShape;

function courseOf(shape: CourseShape, ground: Ground): Course {
  switch (shape.kind) {
    case 'staircase':
      return staircase(shape, ground);
    case 'ramp':
      return ramp(shape, ground);
    case 'soak':
      return soak(shape, ground);
    case 'spike':
      return spike(shape, ground);
  }
}
