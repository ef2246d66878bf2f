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

/**
 * The steps that count, by load: not set aside, kept up with, and with an answer or more beyond the quantile.
 * Its error is that of a sample quantile, √(p(1 − p)/n) ÷ density (Stuart & Ord 10.10), of a log-normal through p50 and p99.
 */
export function latencyCurve(report: Report, quantile: 0.5 | 0.95 | 0.99): readonly LatencyPoint[] {
  const points = report.load.steps.flatMap((step) => {
    const answers = step.throughput * secondsOf(step);
    const counts =
      step.aside === null && keptUp(step.throughput, step.offered) && answers * (1 - quantile) >= enough - 1e-9;
    const took = { 0.5: step.p50, 0.95: step.p95, 0.99: step.p99 }[quantile];
    if (!counts || !took || !step.p50 || !step.p99) return [];
    const spread = Math.log(step.p99 / step.p50) / z99;
    const error = (spread * Math.sqrt(quantile * (1 - quantile))) / densities[quantile];
    return [{ load: step.offered, log: Math.log(took), variance: error ** 2 / answers }];
  });
  return points.toSorted((a, b) => a.load - b.load);
}
