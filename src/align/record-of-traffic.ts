import type { Traffic } from '../model/collected.ts';
import type { LoadRecord } from '../model/load-record.ts';
import type { Note } from '../model/note.ts';
import type { Span } from '../model/span.ts';
import { type Epoch, epoch, type Seconds } from '../model/units.ts';
import { segments } from '../stats/segments.ts';
import { steadiedTraffic } from './after-overload.ts';
import { sumOf } from './measure.ts';
import { recoveryOfTraffic } from './recovery-of-traffic.ts';
import { windowOf } from './traffic-window.ts';

/** Into how many bins a span is cut at most before steady stretches are looked for. */
const mostBins = 480;
/** A steady stretch has at least so many scrapes, and is cut into pieces no longer than this share of the span. */
const leastScrapes = 6;
const longestShare = 0.1;
/** So many scrapes of a stretch are left out as settling; and of the last one as many at its end, beyond which nobody has looked: a load that ends there empties what it filled. What is left of that may be the shorter: it shows most. */
const unsettled = 2;
const leastOfLast = 2;
/** It is no shorter than the other share of the span, up to a minute (s): what is counted a scrape too early or too late is much of a few seconds. */
const shortestShare = 1 / 60;
const longEnough = 60;
/** Arrivals at random vary by the root of their number, what is sent evenly and what full servers answer by about a third of it; that they vary by less than a quarter is not believed. */
const evenness = 0.25;

/**
 * Makes a load record from an account of its traffic: the span is cut where the rate changes level, and the first two scrapes of each stretch are left out as
 * settling. Where only completions are known the axis is throughput; where somebody counts all that was due, it is arrivals.
 *
 * @param slowest how far apart the samples of the slowest source lie that is to be read in each window
 * @param starts when processes were started anew: no window holds some of before and some of after, where there is enough of both
 */
export function recordOfTraffic(
  traffic: Traffic,
  span: Span,
  slowest: Seconds = traffic.interval,
  starts: readonly Epoch[] = [],
): LoadRecord {
  const width = Math.max(2 * traffic.interval, (span.to - span.from) / mostBins);
  const windows = stretches(traffic, span, { width, slowest })
    .flatMap((stretch) => cutAt(stretch, starts, slowest))
    .flatMap((stretch) => pieces(stretch, span, slowest))
    .map((stretch) => windowOf(traffic, { span: stretch }));
  const axis = traffic.arrivals ? 'arrivals' : 'throughput';
  return {
    axis,
    span,
    windows: steadiedTraffic(windows),
    stopped: undefined,
    recovery: recoveryOfTraffic(windows, axis),
    notes: [byOthers(traffic)],
  };
}

const onlyAnswers =
  'the load was made by others, and only answers are counted: whether more was asked for cannot be seen, and beyond the highest rate of answers only the use of resources tells, if it goes on as it does';
const counted = 'the load was made by others, who count what was due beside what was answered';

/** What is known of a load that was only watched. */
export const byOthers = ({ arrivals }: Traffic): Note => ({ about: 'load', text: arrivals ? counted : onlyAnswers });

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
  const shortest = Math.max(leastScrapes * slowest, Math.min(longEnough, shortestShare * (span.to - span.from)));
  const rates = bins.map((bin) => bin.rate);
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / Math.max(1, rates.length);
  const noise = evenness * Math.sqrt(mean / width);
  const starts = segments(rates, Math.max(2, Math.ceil(shortest / width)), noise);
  return starts.map((start, i) => {
    const next = starts[i + 1];
    const to = (bins[(next ?? bins.length) - 1]?.from ?? span.from) + width;
    return {
      from: epoch(bins[start]?.from ?? span.from),
      to: epoch(next === undefined ? to - unsettled * slowest : to),
    };
  });
}

/** Cut where something was started anew, and without what was told around that: two scrapes of what went down. What is started again and again is left whole. */
function cutAt(stretch: Span, starts: readonly Epoch[], scrape: Seconds): readonly Span[] {
  const long = leastScrapes * scrape;
  const isAlone = (start: Epoch): boolean =>
    starts.every((other) => other === start || Math.abs(other - start) >= long);
  const at = starts.find((start) => start - stretch.from >= long && stretch.to - start >= long && isAlone(start));
  if (at === undefined) return [stretch];
  const before = { from: stretch.from, to: epoch(at - unsettled * scrape) };
  return [before, ...cutAt({ from: at, to: stretch.to }, starts, scrape)];
}

function pieces(stretch: Span, span: Span, scrape: Seconds): readonly Span[] {
  const from = stretch.from + unsettled * scrape;
  const length = stretch.to - from;
  const isLast = stretch.to >= span.to - 2 * unsettled * scrape;
  if (length < (isLast ? leastOfLast : leastScrapes - unsettled) * scrape) return [];
  const longest = Math.max(longestShare * (span.to - span.from), leastScrapes * scrape);
  const count = Math.max(1, Math.floor(length / longest));
  const width = length / count;
  return Array.from({ length: count }, (_, i) => ({
    from: epoch(from + i * width),
    to: epoch(from + (i + 1) * width),
  }));
}
