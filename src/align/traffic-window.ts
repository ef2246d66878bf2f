import { type Cell, partsOf, timeIn } from '../model/cell.ts';
import type { Traffic } from '../model/collected.ts';
import type { Interval } from '../model/interval.ts';
import type { Latency, LoadWindow } from '../model/load-record.ts';
import type { SampleSeries } from '../model/signal.ts';
import type { Span } from '../model/span.ts';
import { toldQuantiles } from '../model/told-quantiles.ts';
import { perSecond, ratio, type Seconds, seconds } from '../model/units.ts';
import { type Bound, quantileRange } from '../stats/quantile-range.ts';
import { mixIn } from './kinds-of-request.ts';
import { countedBeside, countedIn, cutEvenly, overParts, sumOf } from './measure.ts';

/** One stretch, or the stretches of a cell. */
type Where = { readonly span: Span; readonly cell?: Cell };

/** What the target itself says of its traffic in one window. */
export function windowOf(traffic: Traffic, where: Where): LoadWindow {
  const mix = mixIn(traffic, where);
  const rateOf = (list: readonly SampleSeries[]): number => countedIn(traffic, list, where) ?? 0;
  const answered = rateOf(traffic.completions);
  const beside = where.cell
    ? undefined
    : countedBeside(traffic.errors, traffic.completions, where.span, traffic.interval);
  const failed = Math.min(answered, beside ?? rateOf(traffic.errors));
  return {
    span: where.span,
    ...(where.cell && { cell: where.cell }),
    offered: perSecond(Math.max(answered, traffic.arrivals ? rateOf(traffic.arrivals) : answered)),
    throughput: perSecond(answered),
    goodput: perSecond(answered - failed),
    errors: ratio(answered > 0 ? failed / answered : 0),
    ...(mix && { mix }),
    latency: latencyOf(traffic, where, answered),
    inFlight: inFlightOf(traffic, where),
    health: {
      verdict: 'foreign',
      because: [],
      sendRatio: ratio(1),
      lagP99: seconds(0),
      loopUtilisation: ratio(0),
      threadCpu: ratio(0),
      throttled: ratio(0),
      localErrors: 0,
    },
    complete: true,
  };
}

function latencyOf(traffic: Traffic, where: Where, answered: number): Latency {
  const busy = countedIn(traffic, traffic.durations, where);
  const mean = busy === undefined || answered <= 0 ? undefined : seconds(busy / answered);
  const bounds = boundsOf(traffic, where, answered);
  const quantiles = toldQuantiles.flatMap((quantile) => {
    const range = quantileRange(bounds, quantile);
    return range ? [{ quantile, range }] : [];
  });
  const at = (quantile: number): Seconds | undefined =>
    pointOf(quantiles.find((one) => one.quantile === quantile)?.range);
  return { mean, p50: at(0.5), p90: at(0.9), p99: at(0.99), quantiles };
}

const pointOf = (range: Interval | undefined): Seconds | undefined =>
  range?.kind === 'interval' ? seconds(range.value) : undefined;

/** The cumulative histogram of the answers in a window. Replicas may have other bounds, so a count is never taken to fall; answers beyond the last bound are slower. */
function boundsOf(traffic: Traffic, where: Where, answered: number): readonly Bound[] {
  const length = timeIn(where);
  const counted = [...Map.groupBy(traffic.buckets, (bucket) => bucket.le)]
    .map(([le, group]) => {
      const series = group.map((bucket) => bucket.series);
      return { upTo: le, count: length * (countedIn(traffic, series, where) ?? 0) };
    })
    .sort((a, b) => a.upTo - b.upTo);
  const rising = counted.map(({ upTo }, i) => ({
    upTo,
    count: Math.max(...counted.slice(0, i + 1).map(({ count }) => count)),
  }));
  const last = rising.at(-1);
  if (!last || last.upTo === Number.POSITIVE_INFINITY) return rising;
  return [...rising, { upTo: Number.POSITIVE_INFINITY, count: Math.max(last.count, length * answered) }];
}

function inFlightOf(traffic: Traffic, where: Where): LoadWindow['inFlight'] {
  const meanIn = (parts: readonly Span[]): number | undefined =>
    overParts(parts, ({ from, to }) => sumOf(traffic.inFlight, 'gauge', from, to, traffic.interval))?.value;
  const parts = partsOf(where);
  const [early, late] = cutEvenly(parts, 2).map(meanIn);
  const whole = meanIn(parts);
  if (whole === undefined || early === undefined || late === undefined) return undefined;
  return { mean: whole, growth: where.cell ? 0 : (late - early) / (timeIn(where) / 2) };
}
