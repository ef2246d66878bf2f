import type { Interval } from '../model/interval.ts';
import type { Report } from '../model/report.ts';
import { latencyCurve } from './latency-curve.ts';

/** A quantile of latency at a load, in seconds, on a straight line between the logarithms at the two steps round it; undefined outside their range. */
export function latencyAt(
  report: Report,
  quantile: 0.5 | 0.95 | 0.99,
  load: number,
): (Interval & { readonly kind: 'interval' }) | undefined {
  const points = latencyCurve(report, quantile);
  const below = points.findLast((point) => point.load <= load);
  const above = points.find((point) => point.load >= load);
  if (!below || !above) return undefined;
  const share = above.load === below.load ? 0 : (load - below.load) / (above.load - below.load);
  const log = (1 - share) * below.log + share * above.log;
  const reach = 1.96 * Math.sqrt((1 - share) ** 2 * below.variance + share ** 2 * above.variance);
  return { kind: 'interval', value: Math.exp(log), low: Math.exp(log - reach), high: Math.exp(log + reach) };
}
