import { fault } from '../faults.ts';
import { duration, number, rate } from '../model/in-words.ts';
import type { Plan, Step } from '../model/plan.ts';
import type { PlanShape } from '../model/plan-shape.ts';
import type { Caps } from '../model/script.ts';
import { type PerSecond, perSecond, type Seconds, seconds } from '../model/units.ts';
import { shortestPhases } from './shortest-phases.ts';
import { totals } from './totals.ts';

/** How much higher each step is than the one before, unless the shape says otherwise. */
const usualFactor = 1.3;
/** A curve through fewer levels of load says nothing about its bend. */
const fewestSteps = 6;
/** Where neither `from` nor `rates` are given, the first step is this share of the last. */
const usualStart = 0.1;
/** Two steps over the top show the plateau; more of them only do harm. */
const usualOverload = 2;
/** Where no scrape interval was seen, the commonest is assumed. */
const usualScrape = seconds(15);
/** No run needs more; a factor of 1.0001 is a slip of the pen. */
const mostSteps = 200;

/**
 * Lays a staircase out: every step with its rate (1/s), its settle and its measure phase (s), long enough for data that are scraped every `scrape` seconds
 * (undefined: nothing was seen twice yet, and the usual interval is assumed).
 * Without `rates` the steps rise geometrically from `from` to `to`, where no factor is given at least six of them and no more than limits.duration allows;
 * where no `to` is given it is what limits.rate allows.
 *
 * @throws PLAN_INVALID where a phase is too short for its data or the whole is beyond the caps, with what would fit
 */
export function staircase(shape: PlanShape, scrape: Seconds | undefined, caps: Caps): Plan {
  const { settle, measure } = phasesOf(shape, scrape);
  const rates = ratesOf(shape, caps, Math.floor(caps.duration / (settle + measure)));
  const steps: readonly Step[] = rates.map((level, index) => ({ index, rate: level, settle, measure }));
  refuseBeyond(steps, caps);
  return {
    name: shape.name,
    kind: 'staircase',
    arrivals: shape.arrivals ?? 'uniform',
    seed: shape.seed ?? 1,
    steps,
    scrape: scrape ?? usualScrape,
    overloadedSteps: shape.overloadedSteps ?? usualOverload,
  };
}

function ratesOf(shape: PlanShape, caps: Caps, fitting: number): readonly PerSecond[] {
  const { rates, from, to, factor } = shape;
  if (rates === undefined) {
    const top = to ?? caps.rate;
    return geometric(from ?? perSecond(top * usualStart), top, factor, fitting);
  }
  if (from !== undefined || to !== undefined || factor !== undefined)
    refuse('it gives "rates" and also "from", "to" or "factor"; give the rates one by one or let them be laid out');
  if (rates.length === 0) refuse('its list of rates is empty; give at least one, as in [50/s, 100/s]');
  for (const [index, level] of rates.entries()) {
    if (!(level > 0)) refuse(`its rate ${index + 1} is ${rate(level)}; a rate is above 0/s`);
    const before = rates[index - 1];
    if (before !== undefined && level <= before)
      refuse(`its rates do not rise: ${rate(before)} is followed by ${rate(level)}`);
  }
  return rates;
}

function geometric(from: PerSecond, to: PerSecond, factor: number | undefined, fitting: number): readonly PerSecond[] {
  if (!(from > 0)) refuse(`it starts at ${rate(from)}; a rate is above 0/s`);
  if (from > to) refuse(`it starts at ${rate(from)}, above its end of ${rate(to)}; "from" is at most "to"`);
  if (from === to) return [to];
  if (factor !== undefined && !(factor > 1)) refuse(`its factor is ${factor}; a staircase rises by a factor above 1`);
  const intervals = Math.ceil(Math.log(to / from) / Math.log(factor ?? usualFactor) - 1e-9);
  const count = factor === undefined ? Math.max(fewestSteps, Math.min(intervals + 1, fitting)) : intervals + 1;
  if (count > mostSteps)
    refuse(`it has ${count} steps, and ${mostSteps} are the most; a factor of ${usualFactor} is usual`);
  return Array.from({ length: count }, (_, index) => level(from, to, index / (count - 1)));
}

/** Rounded to four digits, so that a plan can be read; the ends stay as they are. */
function level(from: PerSecond, to: PerSecond, part: number): PerSecond {
  if (part === 0) return from;
  if (part === 1) return to;
  return perSecond(Number((from * (to / from) ** part).toPrecision(4)));
}

function phasesOf(
  shape: PlanShape,
  scrape: Seconds | undefined,
): { readonly settle: Seconds; readonly measure: Seconds } {
  const shortest = shortestPhases(scrape ?? usualScrape);
  const samples =
    scrape === undefined
      ? `samples that come every ${duration(usualScrape)} (assumed, since nothing was scraped twice yet: where Prometheus has just started, try again in a minute)`
      : `samples that come every ${duration(scrape)}`;
  const settle = shape.settle ?? shortest.settle;
  const measure = shape.measure ?? shortest.usualMeasure;
  if (settle < shortest.settle)
    refuse(
      `it lets each step settle for ${duration(settle)}, but ${samples} ` +
        `show a change only after ${duration(shortest.settle)}; set "settle" to ${duration(shortest.settle)} or more`,
    );
  if (measure < shortest.measure)
    refuse(
      `it measures each step for ${duration(measure)}, but ${samples} ` +
        `need ${duration(shortest.measure)} to show a mean; set "measure" to ${duration(shortest.measure)} or more`,
    );
  return { settle, measure };
}

function refuseBeyond(steps: readonly Step[], caps: Caps): void {
  const top = Math.max(...steps.map((step) => step.rate));
  if (top > caps.rate)
    refuse(
      `its highest step is ${rate(top)}, and limits.rate allows ${rate(caps.rate)}; lower "to", or raise the limit`,
    );
  const whole = totals(steps);
  if (whole.duration > caps.duration) {
    const each = seconds(whole.duration / steps.length);
    refuse(
      `its ${stepsOf(steps.length)} of ${duration(each)} take ${duration(whole.duration)}, and limits.duration allows ` +
        `${duration(caps.duration)}; ${whatFits(Math.floor(caps.duration / each))}, or raise the limit to ${duration(whole.duration)}`,
    );
  }
  if (whole.requests > caps.requests)
    refuse(
      `it makes ${number(whole.requests)} requests, and limits.requests allows ${number(caps.requests)}; ` +
        `lower its rates to ${number((100 * caps.requests) / whole.requests)} % of these, or raise the limit`,
    );
}

const stepsOf = (count: number): string => (count === 1 ? '1 step' : `${count} steps`);

function whatFits(count: number): string {
  if (count < 1) return 'not even one such step fits';
  return `at most ${stepsOf(count)} of this length fit${count === 1 ? 's' : ''}`;
}

function refuse(why: string): never {
  throw fault('PLAN_INVALID', [why]);
}
