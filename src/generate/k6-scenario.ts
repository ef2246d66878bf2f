import type { Stage } from '../model/plan.ts';
import { lengthOf } from '../model/stages.ts';

/** A target of k6's and how long it takes to get there in a straight line. */
type Leg = { readonly target: number; readonly duration: string };

/** What every scenario says: what its iterations run, with what in their environment, and when. */
type Any = {
  readonly env: Readonly<Record<string, string>>;
  readonly startTime: string;
  readonly gracefulStop: string;
};

/** Arrivals wait for nothing. Rates are whole arrivals in 1000 seconds, since k6 takes no fractions. */
type OfArrivals = Any & {
  readonly exec: 'arrive';
  readonly timeUnit: '1000s';
  readonly preAllocatedVUs: number;
  readonly maxVUs: number;
} & (
    | { readonly executor: 'constant-arrival-rate'; readonly rate: number; readonly duration: string }
    | { readonly executor: 'ramping-arrival-rate'; readonly startRate: number; readonly stages: readonly Leg[] }
  );

/** Each VU is a user, who waits for an answer and pauses. */
type OfUsers = Any & {
  readonly exec: 'live';
  readonly executor: 'ramping-vus';
  readonly startVUs: number;
  readonly stages: readonly Leg[];
  readonly gracefulRampDown: string;
};

/** One scenario of k6. */
export type Scenario = OfArrivals | OfUsers;

/** What k6 is to offer: scenarios by their names, and what ends the test before its time. */
export type Scenarios = {
  readonly scenarios: Readonly<Record<string, Scenario>>;
  readonly thresholds: Readonly<Record<string, readonly Threshold[]>>;
};

type Threshold = { readonly threshold: string; readonly abortOnFail: true; readonly delayAbortEval: string };

/** The first seconds of a step judge nothing. */
const grace = 10;

/** k6 takes whole milliseconds. */
export const inMilliseconds = (time: number): string => `${Math.round(time * 1000)}ms`;

/** A jump between stages is a stage of no length. */
export function legsOf(stages: readonly Stage[]): readonly Leg[] {
  return stages.flatMap(({ lasts, from, to }, index) => {
    const jump = index > 0 && stages[index - 1]?.to !== from ? [{ target: from, duration: '0s' }] : [];
    return [...jump, { target: to, duration: inMilliseconds(lasts) }];
  });
}

/** What ends a test, at the earliest some seconds into the stages that begin at `at` (s). */
export function abortAt(threshold: string, at: number, stages: readonly Stage[]): readonly Threshold[] {
  const delayAbortEval = inMilliseconds(at + Math.min(grace, lengthOf(stages) / 2));
  return [{ threshold, abortOnFail: true, delayAbortEval }];
}
