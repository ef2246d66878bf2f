import type { Labels } from '../model/labels.ts';
import type { SampleSeries } from '../model/signal.ts';
import type { Span } from '../model/span.ts';
import { oneOf } from './selector.ts';
import type { Source } from './source.ts';

/** What Prometheus keeps of each scrape: how long it took, at the time at which it began. */
const took = 'scrape_duration_seconds';

/** A pattern of more instances is slow to compile at the other end. */
const mostNamed = 200;

/**
 * The same samples at the times at which their scrapes ended. Prometheus stamps a sample with the time at which its scrape began; an exporter that waits in line with the requests of an
 * overloaded service answers seconds later with what it counts then, so that its counters would run too fast as long as the line grows. Samples with times of their own, and those of which no scrape is told, stay.
 */
export async function asScrapesEnded(
  source: Source,
  series: readonly SampleSeries[],
  span: Span,
  stop: AbortSignal,
): Promise<readonly SampleSeries[]> {
  const scraped = series.filter(({ labels }) => labels.job !== undefined && labels.instance !== undefined);
  if (scraped.length === 0) return series;
  const valuesOf = (label: 'job' | 'instance') =>
    [...new Set(scraped.flatMap(({ labels }) => labels[label] ?? []))].sort();
  const [jobs, instances] = [valuesOf('job'), valuesOf('instance')];
  const tests = [oneOf('job', jobs), ...(instances.length <= mostNamed ? [oneOf('instance', instances)] : [])];
  const scrapes = await source.samples({ names: [took], tests }, span, stop);
  const durations = scrapes.series.map(({ labels, times, values }) => ({
    target: Object.entries(labels).filter(([label]) => label !== '__name__'),
    byTime: new Map(Array.from(times, (time, i) => [time, values[i] ?? 0] as const)),
  }));
  return series.map((one) => {
    const own = durations.find(
      ({ target, byTime }) => isOf(target, one.labels) && byTime.has(one.times[0] ?? Number.NaN),
    );
    return own ? later(one, own.byTime) : one;
  });
}

/** Every label of a target is on all series that are scraped from it. */
const isOf = (target: readonly (readonly [string, string])[], labels: Labels): boolean =>
  target.every(([label, value]) => labels[label] === value);

function later({ labels, times, values }: SampleSeries, durations: ReadonlyMap<number, number>): SampleSeries {
  const ended = times.map((time) => time + (durations.get(time) ?? 0));
  const inOrder = Array.from(ended.keys()).filter((i) => i === 0 || (ended[i] ?? 0) > (ended[i - 1] ?? 0));
  return {
    labels,
    times: Float64Array.from(inOrder, (i) => ended[i] ?? 0),
    values: Float64Array.from(inOrder, (i) => values[i] ?? 0),
  };
}
