import { fault } from '../faults.ts';
import { rate as rateInWords } from '../model/in-words.ts';
import type { Plan, Stage, Step } from '../model/plan.ts';
import { requestsPerArrival } from '../model/requests-per-arrival.ts';
import type { Caps, RequestClass, Script } from '../model/script.ts';
import { areaOf, highestOf } from '../model/stages.ts';
import type { Think } from '../model/think.ts';

/** One scenario of k6: a step's phase of one class. Rates are whole arrivals in 1000 seconds, since k6 takes no fractions. */
export type Scenario = {
  readonly exec: 'arrive';
  readonly env: { readonly CLASS: string; readonly FIRST: string };
  readonly startTime: string;
  readonly gracefulStop: string;
  readonly timeUnit: '1000s';
  readonly preAllocatedVUs: number;
  readonly maxVUs: number;
} & (
  | { readonly executor: 'constant-arrival-rate'; readonly rate: number; readonly duration: string }
  | {
      readonly executor: 'ramping-arrival-rate';
      readonly startRate: number;
      readonly stages: readonly { readonly target: number; readonly duration: string }[];
    }
);

/** What k6 is to offer: scenarios by their names, and what ends the test before its time. */
export type Scenarios = {
  readonly scenarios: Readonly<Record<string, Scenario>>;
  readonly thresholds: Readonly<Record<string, readonly Threshold[]>>;
};

type Threshold = { readonly threshold: string; readonly abortOnFail: true; readonly delayAbortEval: string };

/** Arrivals are told in so many seconds. */
const unit = 1000;
/** An arrival is taken to be under way for this long (s), its pauses beside: beyond that k6 drops what is due, and says so. */
const underWay = 1;
/** More than this share of a step failed, or not sent: the next step would show nothing more. */
const tooMany = { failed: 0.5, dropped: 0.25 };
/** The first seconds of a step judge nothing. */
const grace = 10;

/** A stretch of a step in one piece: what k6 calls a scenario, once a class. */
type Stretch = {
  readonly name: string;
  readonly at: number;
  readonly counts: boolean;
  readonly stages: readonly Stage[];
};

/**
 * A plan as scenarios of k6: one for each step, phase and class, so that every metric of k6, drops too, is told a step.
 * Steps with ramps are one scenario a class, whose rate moves.
 *
 * @param runners instances of k6 that share the load; each needs a VU for every scenario
 * @throws PLAN_INVALID where k6 cannot offer it: rates below its unit, a rate that the cap on requests in flight leaves no VU for
 */
export function scenariosOf(plan: Plan, script: Script, runners: number): Scenarios {
  const names = namesOf(script.classes);
  const parts = stretchesOf(stepsFor(plan)).flatMap((stretch) => partsOf(stretch, script));
  const scenarios: Record<string, Scenario> = {};
  const thresholds: Record<string, readonly Threshold[]> = {};
  let first = 0;
  for (const { kind, stretch, stages } of parts) {
    const name = `${stretch.name}_${names.get(kind.name)}`;
    scenarios[name] = scenarioOf(kind, { stretch, stages, first }, script, runners);
    if (stretch.counts) Object.assign(thresholds, thresholdsOf(name, stretch, stages));
    // One more than there can be: k6 counts each scenario from nought, and no two walks may have one number.
    first += Math.ceil(areaOf(stages) / unit) + 1;
  }
  return { scenarios, thresholds };
}

/** The steps that are known beforehand and wait for nothing. */
function stepsFor(plan: Plan): readonly Step[] {
  if (plan.kind === 'search')
    throw fault('PLAN_INVALID', [
      'a search chooses each step by what became of the last, which k6 cannot; give it a staircase',
    ]);
  if (plan.think !== undefined)
    throw fault('PLAN_INVALID', [
      'its users wait for their answers, and what is written for k6 offers arrivals; give it rates',
    ]);
  return plan.steps;
}

function stretchesOf(steps: readonly Step[]): readonly Stretch[] {
  let at = 0;
  return steps.flatMap(({ index, rate, settle, measure, stages }) => {
    const name = `s${String(index + 1).padStart(2, '0')}`;
    const [start, middle] = [at, at + settle];
    at = middle + measure;
    if (stages !== undefined) return [{ name: `${name}_ramp`, at: start, counts: true, stages }];
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
    startTime: inSeconds(stretch.at),
    gracefulStop: inSeconds(script.timeout),
    timeUnit: '1000s',
    preAllocatedVUs: vus,
    maxVUs: vus,
  } as const;
  const [only] = stages;
  if (only !== undefined && stages.length === 1 && only.from === only.to)
    return { executor: 'constant-arrival-rate', ...shared, rate: only.from, duration: inSeconds(only.lasts) };
  return { executor: 'ramping-arrival-rate', ...shared, startRate: only?.from ?? 0, stages: stagesOf(stages) };
}

/** A jump between stages is a stage of no length. */
function stagesOf(stages: readonly Stage[]): readonly { readonly target: number; readonly duration: string }[] {
  return stages.flatMap(({ lasts, from, to }, index) => {
    const jump = index > 0 && stages[index - 1]?.to !== from ? [{ target: from, duration: '0s' }] : [];
    return [...jump, { target: to, duration: inSeconds(lasts) }];
  });
}

const inSeconds = (time: number): string => `${Math.round(time * 1000)}ms`;

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

function meanOf(think: Think): number {
  if (think.kind === 'fixed') return think.for;
  return think.kind === 'uniform' ? (think.from + think.to) / 2 : think.mean;
}

function thresholdsOf(name: string, { at }: Stretch, stages: readonly Stage[]): Scenarios['thresholds'] {
  const lasts = stages.reduce((sum, stage) => sum + stage.lasts, 0);
  const delayAbortEval = inSeconds(at + Math.min(grace, lasts / 2));
  const abort = (threshold: string): readonly Threshold[] => [{ threshold, abortOnFail: true, delayAbortEval }];
  const drops = Math.ceil((tooMany.dropped * areaOf(stages)) / unit);
  return {
    [`http_req_failed{scenario:${name}}`]: abort(`rate<${tooMany.failed}`),
    [`dropped_iterations{scenario:${name}}`]: abort(`count<${Math.max(1, drops)}`),
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
