import { type Labels, textOf } from '../model/labels.ts';
import { type SampleSeries, scrapeJitter } from '../model/signal.ts';
import type { Span } from '../model/span.ts';
import { type Seconds, seconds } from '../model/units.ts';
import { lowerMedian } from '../stats/lower-median.ts';
import { passes, type Selector } from './selector.ts';

/** Replicas of Prometheus itself write this on every series; it tells no two things apart. */
export const replicasOfPrometheus = ['prometheus_replica', '__replica__'];

/** The samples of a selector among many. */
export const samplesOf = (pool: readonly SampleSeries[], { name, tests }: Selector): readonly SampleSeries[] =>
  pool.filter((series) => series.labels.__name__ === name && passes(tests, series.labels));

/**
 * Makes one series of several copies: those that differ only in labels of their scrapers. The one with most samples counts;
 * the others tell what was before it began and after it ended, as when a scraper is replaced.
 */
export function withoutCopies(series: readonly SampleSeries[], copies: readonly string[]): readonly SampleSeries[] {
  const ignored = [...copies, ...replicasOfPrometheus];
  const groups = Map.groupBy(series, ({ labels }) => textOf(without(labels, ignored)));
  return [...groups.values()].map((group) =>
    group.toSorted((a, b) => b.times.length - a.times.length).reduce((longest, other) => prolonged(longest, other)),
  );
}

function prolonged(longest: SampleSeries, other: SampleSeries): SampleSeries {
  const first = longest.times[0] ?? Number.POSITIVE_INFINITY;
  const last = longest.times.at(-1) ?? Number.NEGATIVE_INFINITY;
  const before = other.times.filter((time) => time < first).length;
  const after = other.times.filter((time) => time > last).length;
  if (before + after === 0) return longest;
  const start = other.times.length - after;
  return {
    labels: longest.labels,
    times: inARow(other.times.subarray(0, before), longest.times, other.times.subarray(start)),
    values: inARow(other.values.subarray(0, before), longest.values, other.values.subarray(start)),
  };
}

function inARow(...parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Labels but for some. */
export function without(labels: Labels, ignored: readonly string[]): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([label]) => !ignored.includes(label)));
}

/** The series that speak inside the span; only where none does, those that spoke before it. */
export function inside(series: readonly SampleSeries[], span: Span): readonly SampleSeries[] {
  const speaking = series.filter(({ times }) => times.some((time) => time >= span.from && time <= span.to));
  return speaking.length > 0 ? speaking : series;
}

/** Series without the samples that mean "none" or "no limit"; without any left it is gone. */
export function meaningful(
  series: readonly SampleSeries[],
  { above = -Infinity, below = Infinity }: { readonly above?: number | undefined; readonly below?: number | undefined },
): readonly SampleSeries[] {
  if (above === -Infinity && below === Infinity) return series;
  return series.flatMap((one) => {
    const kept = [...one.values.keys()].filter((index) => isBetween(one.values[index] ?? Number.NaN, above, below));
    if (kept.length === 0) return [];
    return [
      {
        labels: one.labels,
        times: Float64Array.from(kept, (index) => one.times[index] ?? 0),
        values: Float64Array.from(kept, (index) => one.values[index] ?? 0),
      },
    ];
  });
}

const isBetween = (value: number, above: number, below: number): boolean => value > above && value < below;

/**
 * How far apart samples usually lie: the middle gap, and of two in the middle the shorter, since scrapes that were missed only lengthen gaps;
 * undefined where no series has two samples.
 */
export function intervalOf(series: readonly SampleSeries[]): Seconds | undefined {
  const gaps: number[] = [];
  for (const { times } of series.slice(0, 20)) {
    for (let index = 1; index < times.length; index++) gaps.push((times[index] ?? 0) - (times[index - 1] ?? 0));
  }
  return gaps.length === 0 ? undefined : seconds(asSet(lowerMedian(gaps)));
}

/** An interval is set in whole seconds, mostly: what a gap is off by is how late a scrape began and how long it took. */
function asSet(gap: number): number {
  const whole = Math.round(gap);
  if (Math.abs(gap - whole) <= scrapeJitter * whole) return whole;
  return gap >= 1 ? Math.round(gap * 10) / 10 : gap;
}

/** The same value all through a span, as a series. */
export function constant(value: number, span: Span, step: number): SampleSeries {
  const count = Math.min(20_000, Math.max(2, Math.ceil((span.to - span.from) / Math.max(0.1, step)) + 1));
  const width = (span.to - span.from) / (count - 1);
  return {
    labels: {},
    times: Float64Array.from({ length: count }, (_, index) => span.from + index * width),
    values: new Float64Array(count).fill(value),
  };
}
