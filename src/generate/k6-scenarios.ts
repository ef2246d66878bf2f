import { fault } from '../faults.ts';
import { rate as rateInWords } from '../model/in-words.ts';
import type { Plan, Stage, Step } from '../model/plan.ts';
import { requestsPerArrival } from '../model/requests-per-arrival.ts';
import type { Caps, RequestClass, Script } from '../model/script.ts';
import { areaOf, highestOf, lengthOf } from '../model/stages.ts';
import { meanOf } from '../model/think.ts';
import { abortAt, inMilliseconds, legsOf, type Scenario, type Scenarios } from './k6-scenario.ts';
import { usersOf } from './k6-users.ts';

/** Arrivals are told in so many seconds. */
const unit = 1000;
/** An arrival is taken to be under way for this long (s), its pauses beside: beyond that k6 drops what is due, and says so. */
const underWay = 1;
/** More than this share of a step failed, or not sent: the next step would show nothing more. */
const tooMany = { failed: 0.5, dropped: 0.25 };
/** A stretch of a step in one piece: what k6 calls a scenario, once a class. */
type Stretch = {
  readonly name: string;
  readonly at: number;
  readonly counts: boolean;
  readonly stages: readonly Stage[];
};

/**
 * A plan as scenarios of k6: one for each step, phase and class, so that every metric of k6, drops too, is told a step.
 * Steps that move, or are read in several windows, are one scenario a class; steps of users one in which each of them chooses.
 *
 * @param runners instances of k6 that share the load; each needs a VU for every scenario
 * @throws PLAN_INVALID where k6 cannot offer it: a search, rates below its unit, a rate that the cap on requests in flight leaves no VU for
 */
export function scenariosOf(plan: Plan, script: Script, runners: number): Scenarios {
  if (plan.kind === 'search')
    throw fault('PLAN_INVALID', [
      'a search chooses each step by what became of the last, which k6 cannot; give it a staircase',
    ]);
  return plan.think === undefined ? arrivalsOf(plan.steps, script, runners) : usersOf(plan.steps, script);
}

function arrivalsOf(steps: readonly Step[], script: Script, runners: number): Scenarios {
  const names = namesOf(script.classes);
  const parts = stretchesOf(steps).flatMap((stretch) => partsOf(stretch, script));
  const scenarios: Record<string, Scenario> = {};
  const thresholds: Record<string, ReturnType<typeof abortAt>> = {};
  let first = 0;
  for (const { kind, stretch, stages } of parts) {
    const name = `${stretch.name}_${names.get(kind.name)}`;
    scenarios[name] = scenarioOf(kind, { stretch, stages, first }, script, runners);
    if (stretch.counts) Object.assign(thresholds, thresholdsOf(name, stretch, stages, runners));
    // One more than there can be: k6 counts each scenario from nought, and no two walks may have one number.
    first += Math.ceil(areaOf(stages) / unit) + 1;
  }
  return { scenarios, thresholds };
}

function stretchesOf(steps: readonly Step[]): readonly Stretch[] {
  let at = 0;
  return steps.flatMap(({ index, rate, settle, measure, stages }) => {
    const name = `s${String(index + 1).padStart(2, '0')}`;
    const [start, middle] = [at, at + settle];
    at += stages === undefined ? settle + measure : lengthOf(stages);
    if (stages !== undefined) return [{ name: `${name}_whole`, at: start, counts: true, stages }];
    const level = (lasts: Step['settle']): readonly Stage[] => [{ lasts, from: rate, to: rate }];
    return [
      { name: `${name}_settle`, at: start, counts: false, stages: level(settle) },
      { name: `${name}_measure`, at: middle, counts: true, stages: level(measure) },
    ].filter((stretch) => areaOf(stretch.stages) > 0);
  });
}

type Part = { readonly kind: RequestClass; readonly stretch: Stretch; readonly stages: readonly Stage[] };

/** The arrivals of a stretch by class, in whole numbers a thousand seconds that add up to those of all. */
function partsOf(stretch: Stretch, { classes }: Script): readonly Part[] {
  const perArrival = requestsPerArrival(classes);
  const weights = classes.map(({ weight }) => weight);
  const levels = stretch.stages.map(({ lasts, from, to }) => ({
    lasts,
    from: apportioned((from * unit) / perArrival, weights),
    to: apportioned((to * unit) / perArrival, weights),
  }));
  return classes.map((kind, index) => {
    const stages = levels.map(({ lasts, from, to }) => ({ lasts, from: from[index] ?? 0, to: to[index] ?? 0 }));
    if (highestOf(stages) === 0 && highestOf(stretch.stages) > 0) {
      const whole = rateInWords(stretch.stages[0]?.from ?? 0);
      throw fault('PLAN_INVALID', [
        `at ${whole} the share of "${kind.name}" is less than one arrival in ${unit} s, which k6 cannot offer; give it more weight`,
      ]);
    }
    return { kind, stretch, stages };
  });
}

/**
 * A whole number shared out by weights, in whole numbers that add up to it: the largest remainders are rounded up (Hamilton's method).
 *
 * @example apportioned(10, [1, 1, 1]) // => [4, 3, 3]
 */
export function apportioned(amount: number, weights: readonly number[]): readonly number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const goal = Math.round(amount);
  const exact = weights.map((weight) => (goal * weight) / total);
  const missing = goal - exact.reduce((sum, share) => sum + Math.floor(share), 0);
  const order = exact.map((share, index) => ({ index, rest: share - Math.floor(share) }));
  const raised = new Set(
    order
      .toSorted((a, b) => b.rest - a.rest || a.index - b.index)
      .slice(0, missing)
      .map(({ index }) => index),
  );
  return exact.map((share, index) => Math.floor(share) + (raised.has(index) ? 1 : 0));
}

type Placed = { readonly stretch: Stretch; readonly stages: readonly Stage[]; readonly first: number };

function scenarioOf(kind: RequestClass, { stretch, stages, first }: Placed, script: Script, runners: number): Scenario {
  const vus = vusOf(kind, highestOf(stages) / unit, script, runners);
  const shared = {
    exec: 'arrive',
    env: { CLASS: kind.name, FIRST: String(first) },
    startTime: inMilliseconds(stretch.at),
    gracefulStop: inMilliseconds(script.timeout),
    timeUnit: '1000s',
    preAllocatedVUs: vus,
    maxVUs: vus,
  } as const;
  const [only] = stages;
  if (only !== undefined && stages.length === 1 && only.from === only.to)
    return { executor: 'constant-arrival-rate', ...shared, rate: only.from, duration: inMilliseconds(only.lasts) };
  return { executor: 'ramping-arrival-rate', ...shared, startRate: only?.from ?? 0, stages: legsOf(stages) };
}

/** As many as arrivals are under way at once (Little's law), none of them made during the test, no more than requests may be in flight. */
function vusOf({ steps, weight }: RequestClass, rate: number, { classes, caps }: Script, runners: number): number {
  const pauses = steps.reduce((sum, { think }) => sum + (think === undefined ? 0 : meanOf(think)), 0);
  const share = weight / classes.reduce((sum, one) => sum + one.weight, 0);
  const most = mostVus(caps, share);
  if (most < runners)
    throw fault('PLAN_INVALID', [
      `limits.in_flight: ${caps.inFlight} leaves no place for each of ${runners} runners of k6`,
    ]);
  return Math.min(most, Math.max(runners, Math.ceil(rate * (pauses + underWay))));
}

const mostVus = ({ inFlight }: Caps, share: number): number => Math.floor(inFlight * share);

/** Each runner judges its own share. */
function thresholdsOf(
  name: string,
  { at }: Stretch,
  stages: readonly Stage[],
  runners: number,
): Scenarios['thresholds'] {
  const drops = Math.max(1, Math.ceil((tooMany.dropped * areaOf(stages)) / unit / runners));
  return {
    [`http_req_failed{scenario:${name}}`]: abortAt(`rate<${tooMany.failed}`, at, stages),
    [`dropped_iterations{scenario:${name}}`]: abortAt(`count<${drops}`, at, stages),
  };
}

/** Names as scenarios may have them; two that come out alike are told apart by a number. */
function namesOf(classes: readonly RequestClass[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    classes.map(({ name }) => {
      const plain = name.replace(/[^0-9A-Za-z_-]/g, '_');
      let own = plain;
      for (let count = 2; taken.has(own); count += 1) own = `${plain}_${count}`;
      taken.add(own);
      return [name, own];
    }),
  );
}
