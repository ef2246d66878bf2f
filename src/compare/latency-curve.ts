import type { Report } from '../model/report.ts';
import { keptUp } from './kept-up.ts';
import { secondsOf } from './seconds-of.ts';

/** The logarithm of p99 (in seconds) at a load, with the variance of that. */
export type LatencyPoint = { readonly load: number; readonly log: number; readonly variance: number };

/** Fewer answers than this do not show one in a hundred. */
const enough = 100;

/** The quantile 0.99 of the normal distribution, and its density there. */
const z99 = 2.3263478740408408;
const density99 = 0.026652142203457685;

/**
 * The steps that count, by load: not set aside, kept up with, and with enough answers for a p99.
 * Its error is that of a sample quantile, √(p(1 − p)/n) ÷ density (Stuart & Ord 10.10), of a log-normal through p50 and p99.
 */
export function latencyCurve(report: Report): readonly LatencyPoint[] {
  const points = report.load.steps.flatMap((step) => {
    const answers = step.throughput * secondsOf(step);
    const counts = step.aside === null && keptUp(step.throughput, step.offered) && answers >= enough;
    if (!counts || !step.p50 || !step.p99) return [];
    const spread = Math.log(step.p99 / step.p50) / z99;
    const error = (spread * Math.sqrt(0.99 * 0.01)) / density99;
    return [{ load: step.offered, log: Math.log(step.p99), variance: error ** 2 / answers }];
  });
  return points.toSorted((a, b) => a.load - b.load);
}
