import type { Interval } from '../model/interval.ts';
import type { Report } from '../model/report.ts';
import { keptUp } from './kept-up.ts';
import { secondsOf } from './seconds-of.ts';

/** The logarithm of a latency quantile (in seconds) at a load, with the variance of that. */
export type LatencyPoint = { readonly load: number; readonly log: number; readonly variance: number };

/** Fewer answers than this beyond a quantile do not show it. */
const enough = 1;

/** The density of the normal distribution at its quantiles, and its quantile 0.99. */
const densities = { 0.5: 0.3989422804014327, 0.95: 0.10313564037537139, 0.99: 0.026652142203457685 } as const;
const z99 = 2.3263478740408408;

/** 95 % of a normal distribution lies within this many standard deviations to either side. */
const z = 1.959963984540054;

/** The steps that count, by load: not set aside, kept up with, with an answer or more beyond the quantile, and a quantile that is known from both sides. */
export function latencyCurve(report: Report, quantile: Told): readonly LatencyPoint[] {
  const points = report.load.steps.flatMap((step) => {
    const answers = step.throughput * secondsOf(step);
    const counts =
      step.aside === null && keptUp(step.throughput, step.offered) && answers * (1 - quantile) >= enough - 1e-9;
    const seen = counts ? seenIn(step, quantile, answers) : undefined;
    return seen ? [{ load: step.offered, ...seen }] : [];
  });
  return points.toSorted((a, b) => a.load - b.load);
}

type Told = 0.5 | 0.95 | 0.99;
type Step = Report['load']['steps'][number];
type Seen = Pick<LatencyPoint, 'log' | 'variance'>;

const pointOf = (step: Step, quantile: Told): number | null | undefined =>
  ({ 0.5: step.p50, 0.95: step.p95, 0.99: step.p99 })[quantile];

function seenIn(step: Step, quantile: Told, answers: number): Seen | undefined {
  const told = step.quantiles?.find((one) => one.quantile === quantile);
  return told ? fromRange(told.range) : fromPoint(step, quantile, answers);
}

/** What a histogram says of it is no surer than the bucket that it lies in. */
function fromRange(range: Interval): Seen | undefined {
  if (range.kind !== 'interval' || range.low <= 0) return undefined;
  return { log: Math.log(range.value), variance: (Math.log(range.high / range.low) / (2 * z)) ** 2 };
}

/** Without a range the error is that of a sample quantile, √(p(1 − p)/n) ÷ density (Stuart & Ord 10.10), of a log-normal through p50 and p99. */
function fromPoint(step: Step, quantile: Told, answers: number): Seen | undefined {
  const took = pointOf(step, quantile);
  if (!took || !step.p50 || !step.p99) return undefined;
  const spread = Math.log(step.p99 / step.p50) / z99;
  const error = (spread * Math.sqrt(quantile * (1 - quantile))) / densities[quantile];
  return { log: Math.log(took), variance: error ** 2 / answers };
}
