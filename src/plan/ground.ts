import { duration, rate, users } from '../model/in-words.ts';
import type { Crowd, Cut, Phases, Stage, Step, Windows } from '../model/plan.ts';
import type { PlanShape } from '../model/plan-shape.ts';
import type { Caps } from '../model/script.ts';
import { scrapeJitter } from '../model/signal.ts';
import { highestOf, lengthOf, stagesOf } from '../model/stages.ts';
import { meanOf } from '../model/think.ts';
import { perSecond, type Seconds, seconds } from '../model/units.ts';
import { refuse } from './refuse.ts';
import { shortestPhases } from './shortest-phases.ts';

/** Where no scrape interval was seen, the commonest is assumed. */
export const usualScrape = seconds(15);
/** Users begin over one pause, so that they do not send in step, and over at least this long (s). */
const shortestBeginning = 1;

/** What a plan is laid out on: how long its phases are for the data that there are, what limits it, and the users where it has some. */
export type Ground = {
  readonly phases: Phases;
  readonly caps: Caps;
  readonly crowd: Crowd | undefined;
  /** A level in words: "50/s", "50 users". */
  readonly say: (level: number) => string;
};

/** `walk`: how long the longest walk pauses in all; before it is over, its last requests do not come as often as they will. `each`: how many requests an arrival makes on average. */
type Given = {
  readonly scrape: Seconds | undefined;
  readonly caps: Caps;
  readonly walk: Seconds;
  readonly each: number;
};

/**
 * The ground of a shape, for data that are scraped every `scrape` seconds (undefined: nothing was seen twice yet, and the usual interval is assumed).
 *
 * @throws PLAN_INVALID where a phase is too short for its data or its walks, with what would do
 */
export function groundOf(shape: PlanShape, { scrape, caps, walk, each }: Given): Ground {
  const isOpen = shape.model === 'open' || shape.think === undefined;
  return {
    phases: phasesOf(shape, scrape, walk),
    caps,
    crowd: isOpen ? undefined : { spawn: shape.spawn, pause: meanOf(shape.think), requests: each, mostRate: caps.rate },
    say: isOpen ? rate : users,
  };
}

/** The highest level that the limits allow. */
export const mostOf = ({ caps, crowd }: Ground): number => (crowd === undefined ? caps.rate : caps.inFlight);

/** What is given may be shorter than what is advised by as much as scrapes come early or late: an interval is measured, and another look tells another. */
function phasesOf(shape: PlanShape, scrape: Seconds | undefined, walk: Seconds): Phases {
  const shortest = shortestPhases(scrape ?? usualScrape);
  const least = shortestPhases(scrape === undefined ? usualScrape : seconds(scrape * (1 - scrapeJitter)));
  const samples =
    scrape === undefined
      ? `samples that come every ${duration(usualScrape)} (assumed, since nothing was scraped twice yet: where Prometheus has just started, try again in a minute)`
      : `samples that come every ${duration(scrape)}`;
  const settle = shape.settle ?? seconds(Math.max(shortest.settle, walk));
  const measure = shape.measure ?? shortest.usualMeasure;
  if (settle < least.settle)
    refuse(
      `it lets each step settle for ${duration(settle)}, but ${samples} ` +
        `show a change only after ${duration(shortest.settle)}; set "settle" to ${duration(shortest.settle)} or more`,
    );
  if (settle < walk)
    refuse(
      `it lets each step settle for ${duration(settle)}, but a walk of its requests pauses for ${duration(walk)} in all, and only then ` +
        `its last request comes as often as its first; set "settle" to ${duration(walk)} or more`,
    );
  if (measure < least.measure)
    refuse(
      `it measures each ${shape.kind === 'staircase' || shape.kind === 'search' ? 'step' : 'window'} for ${duration(measure)}, but ${samples} ` +
        `need ${duration(shortest.measure)} to show a mean; set "measure" to ${duration(shortest.measure)} or more`,
    );
  return { settle, measure };
}

/** A step at one level. Users begin one after the other in addition to the time that it takes to settle. */
export function levelStep(index: number, level: number, { settle, measure }: Phases, crowd: Crowd | undefined): Step {
  if (crowd === undefined) return { index, rate: perSecond(level), settle, measure };
  const beginning = beginningOf(level, crowd);
  const lasts = seconds(settle + crowd.pause + measure);
  const stages = [
    { lasts: beginning, from: 0, to: level },
    { lasts, from: level, to: level },
  ];
  return {
    index,
    rate: rateOf(level, crowd),
    settle: seconds(beginning + crowd.pause + settle),
    measure,
    users: level,
    stages,
  };
}

/** A step whose level moves: `stages` and `windows` count from when it has settled where they begin; from nothing there is nothing to settle. */
export function movingStep(stages: readonly Stage[], windows: Windows, ground: Ground): Step {
  const { phases, crowd } = ground;
  const begin = stages[0]?.from ?? 0;
  const before = begin > 0 ? stagesOf(levelStep(0, begin, { ...phases, measure: seconds(0) }, crowd)) : [];
  const shift = lengthOf(before);
  const top = highestOf(stages);
  const later = (cut: Cut): Cut => ({ ...cut, from: seconds(shift + cut.from), to: seconds(shift + cut.to) });
  const [first, ...rest] = windows;
  return {
    index: 0,
    rate: crowd === undefined ? perSecond(top) : rateOf(top, crowd),
    settle: later(first).from,
    measure: seconds((rest.at(-1) ?? first).to - first.from),
    ...(crowd === undefined ? {} : { users: top }),
    stages: [...before, ...stages],
    windows: [later(first), ...rest.map(later)],
  };
}

/** How long (s) it takes until so many users have begun. */
const beginningOf = (level: number, { spawn, pause }: Crowd): Seconds =>
  seconds(spawn === undefined ? Math.max(shortestBeginning, pause) : level / spawn);

/** What so many users can ask for a second: with answers in no time their requests once each pause, and never more than the limit. */
const rateOf = (level: number, { pause, requests, mostRate }: Crowd) =>
  perSecond(Math.min(mostRate, (level * requests) / pause));

/** So many windows of equal length from one moment (s) to another, one at least. */
export function windowsIn(from: number, to: number, count: number): Windows {
  const edge = (i: number): Seconds => seconds(from + ((to - from) * i) / count);
  const [first = { from: edge(0), to: edge(1) }, ...rest] = Array.from({ length: count }, (_, i) => ({
    from: edge(i),
    to: edge(i + 1),
  }));
  return [first, ...rest];
}
