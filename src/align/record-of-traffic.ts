import type { Traffic } from '../model/collected.ts';
import type { Interval } from '../model/interval.ts';
import type { Latency, LoadRecord, LoadWindow } from '../model/load-record.ts';
import type { SampleSeries } from '../model/signal.ts';
import type { Span } from '../model/span.ts';
import { toldQuantiles } from '../model/told-quantiles.ts';
import { epoch, perSecond, ratio, type Seconds, seconds } from '../model/units.ts';
import { type Bound, quantileRange } from '../stats/quantile-range.ts';
import { segments } from '../stats/segments.ts';
import { increasePerSecond, meanOfSamples, sumOf } from './measure.ts';
import { recoveryOfTraffic } from './recovery-of-traffic.ts';

/** Into how many bins a span is cut at most before steady stretches are looked for. */
const mostBins = 480;
/** A steady stretch has at least so many scrapes, and is cut into pieces no longer than this share of the span. */
const leastScrapes = 6;
const longestShare = 0.1;

/**
 * Makes a load record from an account of its traffic: the span is cut where the rate changes level, and the first two scrapes of each stretch are left out as
 * settling. Where only completions are known the axis is throughput; where somebody counts all that was due, it is arrivals.
 *
 * @param slowest how far apart the samples of the slowest source lie that is to be read in each window
 */
export function recordOfTraffic(traffic: Traffic, span: Span, slowest: Seconds = traffic.interval): LoadRecord {
  const width = Math.max(2 * traffic.interval, (span.to - span.from) / mostBins);
  const windows = stretches(traffic, span, { width, slowest })
    .flatMap((stretch) => pieces(stretch, span, slowest))
    .map((stretch) => windowOf(traffic, stretch));
  return {
    axis: traffic.arrivals ? 'arrivals' : 'throughput',
    span,
    windows,
    stopped: undefined,
    recovery: recoveryOfTraffic(windows),
    notes: [{ about: 'load', text: traffic.arrivals ? counted : onlyAnswers }],
  };
}

const onlyAnswers =
  'the load was made by others; only answers are counted, so nothing is claimed beyond the highest rate of answers seen';
const counted = 'the load was made by others, who count what was due beside what was answered';

type Grain = { readonly width: number; readonly slowest: Seconds };

function stretches(traffic: Traffic, span: Span, { width, slowest }: Grain): readonly Span[] {
  const bins = Array.from({ length: Math.floor((span.to - span.from) / width) }, (_, i) => span.from + i * width)
    .map((from) => ({
      from,
      rate: sumOf(
        traffic.arrivals ?? traffic.completions,
        'counter',
        from - traffic.interval,
        from + width,
        traffic.interval,
      )?.value,
    }))
    .filter((bin): bin is { from: Span['from']; rate: number } => bin.rate !== undefined);
  const least = Math.max(2, Math.ceil((leastScrapes * slowest) / width));
  const starts = segments(
    bins.map((bin) => bin.rate),
    least,
  );
  return starts.map((start, i) => {
    const next = starts[i + 1] ?? bins.length;
    return { from: epoch(bins[start]?.from ?? span.from), to: epoch((bins[next - 1]?.from ?? span.from) + width) };
  });
}

function pieces(stretch: Span, span: Span, scrape: Seconds): readonly Span[] {
  const from = stretch.from + 2 * scrape;
  const length = stretch.to - from;
  if (length < (leastScrapes - 2) * scrape) return [];
  const longest = Math.max(longestShare * (span.to - span.from), leastScrapes * scrape);
  const count = Math.max(1, Math.floor(length / longest));
  const width = length / count;
  return Array.from({ length: count }, (_, i) => ({
    from: epoch(from + i * width),
    to: epoch(from + (i + 1) * width),
  }));
}

/** What the target itself says of its traffic in one stretch. */
export function windowOf(traffic: Traffic, span: Span): LoadWindow {
  const rateOf = (list: readonly SampleSeries[]): number =>
    sumOf(list, 'counter', span.from, span.to, traffic.interval)?.value ?? 0;
  const answered = rateOf(traffic.completions);
  const failed = Math.min(answered, rateOf(traffic.errors));
  return {
    span,
    offered: perSecond(Math.max(answered, traffic.arrivals ? rateOf(traffic.arrivals) : answered)),
    throughput: perSecond(answered),
    goodput: perSecond(answered - failed),
    errors: ratio(answered > 0 ? failed / answered : 0),
    latency: latencyOf(traffic, span, answered),
    inFlight: inFlightOf(traffic, span),
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

function latencyOf(traffic: Traffic, span: Span, answered: number): Latency {
  const busy = sumOf(traffic.durations, 'counter', span.from, span.to, traffic.interval)?.value;
  const mean = busy === undefined || answered <= 0 ? undefined : seconds(busy / answered);
  const bounds = boundsOf(traffic, span, answered);
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

/** The cumulative histogram of the answers in a span. Replicas may have other bounds, so a count is never taken to fall; answers beyond the last bound are slower. */
function boundsOf(traffic: Traffic, span: Span, answered: number): readonly Bound[] {
  const length = span.to - span.from;
  const counted = [...Map.groupBy(traffic.buckets, (bucket) => bucket.le)]
    .map(([le, group]) => ({
      upTo: le,
      count:
        length *
        group.reduce((sum, { series }) => sum + (increasePerSecond(series, span.from, span.to)?.value ?? 0), 0),
    }))
    .sort((a, b) => a.upTo - b.upTo);
  const rising = counted.map(({ upTo }, i) => ({
    upTo,
    count: Math.max(...counted.slice(0, i + 1).map(({ count }) => count)),
  }));
  const last = rising.at(-1);
  if (!last || last.upTo === Number.POSITIVE_INFINITY) return rising;
  return [...rising, { upTo: Number.POSITIVE_INFINITY, count: Math.max(last.count, length * answered) }];
}

function inFlightOf(traffic: Traffic, span: Span): LoadWindow['inFlight'] {
  const meanIn = (from: number, to: number): number | undefined => {
    const means = traffic.inFlight.map((series) => meanOfSamples(series, from, to, traffic.interval)?.value);
    const known = means.filter((mean) => mean !== undefined);
    return known.length === 0 ? undefined : known.reduce((sum, mean) => sum + mean, 0);
  };
  const middle = (span.from + span.to) / 2;
  const [whole, early, late] = [meanIn(span.from, span.to), meanIn(span.from, middle), meanIn(middle, span.to)];
  if (whole === undefined || early === undefined || late === undefined) return undefined;
  return { mean: whole, growth: (late - early) / ((span.to - span.from) / 2) };
}
