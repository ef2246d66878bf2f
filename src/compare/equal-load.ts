import type { Interval } from '../model/interval.ts';
import type { Report } from '../model/report.ts';

type Known = Interval & { readonly kind: 'interval' };
type Point = { readonly load: number; readonly log: number; readonly variance: number };

/** A step that answered less than this share of what was offered did not keep up: its latency grows for as long as it lasts. */
export const keptUp = 0.98;

/** Fewer answers than this do not show one in a hundred. */
const enough = 100;

/** The quantile 0.99 of the normal distribution, and its density there. */
const z99 = 2.3263478740408408;
const density99 = 0.026652142203457685;

/** The highest load that lies inside what every run was loaded with and kept up with; undefined where there is none. */
export function equalLoad(reports: readonly Report[]): number | undefined {
  const axes = new Set(reports.map((report) => report.load.axis));
  const ranges = reports.map((report) => curve(report).map((point) => point.load));
  if (axes.size !== 1 || ranges.some((loads) => loads.length === 0)) return undefined;
  const top = Math.min(...ranges.map((loads) => Math.max(...loads)));
  return ranges.every((loads) => Math.min(...loads) <= top) ? top : undefined;
}

/**
 * The 99th percentile of latency at a load, in seconds, on a straight line between the logarithms at the two steps round it.
 * Its error is that of a sample quantile, √(p(1 − p)/n) ÷ density (Stuart & Ord 10.10), of a log-normal through p50 and p99.
 * Undefined outside the range.
 */
export function p99At(report: Report, load: number): Known | undefined {
  const points = curve(report);
  const below = points.findLast((point) => point.load <= load);
  const above = points.find((point) => point.load >= load);
  if (!below || !above) return undefined;
  const share = above.load === below.load ? 0 : (load - below.load) / (above.load - below.load);
  const log = (1 - share) * below.log + share * above.log;
  const reach = 1.96 * Math.sqrt((1 - share) ** 2 * below.variance + share ** 2 * above.variance);
  return { kind: 'interval', value: Math.exp(log), low: Math.exp(log - reach), high: Math.exp(log + reach) };
}

/** The steps that count, by load: not set aside, kept up with, and with enough answers for a p99. */
function curve(report: Report): readonly Point[] {
  const points = report.load.steps.flatMap((step) => {
    const answers = step.throughput * secondsOf(step);
    const counts = step.aside === null && step.throughput >= keptUp * step.offered && answers >= enough;
    if (!counts || !step.p50 || !step.p99) return [];
    const spread = Math.log(step.p99 / step.p50) / z99;
    const error = (spread * Math.sqrt(0.99 * 0.01)) / density99;
    return [{ load: step.offered, log: Math.log(step.p99), variance: error ** 2 / answers }];
  });
  return points.toSorted((a, b) => a.load - b.load);
}

/** How long a step was measured. */
export function secondsOf({ from, to }: { readonly from: string; readonly to: string }): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}
