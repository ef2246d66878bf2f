import { firstAtOrAfter } from '../../src/align/measure.ts';
import { catalogueOf } from '../../src/collect/resolve.ts';
import { passes, type Selection } from '../../src/collect/selector.ts';
import type { Source } from '../../src/collect/source.ts';
import type { Labels } from '../../src/model/labels.ts';
import type { SampleSeries } from '../../src/model/signal.ts';
import type { Span } from '../../src/model/span.ts';

/** A source that answers pack rows from memory, as Prometheus would from its store. It evaluates no expressions. */
export function memorySource(name: string, held: readonly SampleSeries[], select: Labels = {}): Source {
  const byName = catalogueOf(held.map(({ labels }) => labels));
  const bySet = new Map(held.map((series) => [series.labels, series]));
  const within = (selection: Selection, span: Span): readonly SampleSeries[] =>
    selection.names
      .flatMap((metric) => byName.get(metric) ?? [])
      .filter((labels) => passes(selection.tests, labels))
      .flatMap((labels) => cut(bySet.get(labels), span));
  return {
    name,
    select,
    series: async (selection, span, stop) => {
      stop.throwIfAborted();
      return { series: within(selection, span).map(({ labels }) => labels), notes: [] };
    },
    samples: async (selection, span, stop) => {
      stop.throwIfAborted();
      return { series: within(selection, span), notes: [] };
    },
    instant: () => Promise.reject(new Error('a source in memory evaluates no expressions')),
    range: () => Promise.reject(new Error('a source in memory evaluates no expressions')),
  };
}

/** The samples of a span, without copying them. */
function cut(series: SampleSeries | undefined, { from, to }: Span): readonly SampleSeries[] {
  if (!series) return [];
  const start = firstAtOrAfter(series.times, from);
  const next = firstAtOrAfter(series.times, to);
  const end = series.times[next] === to ? next + 1 : next;
  if (end <= start) return [];
  return [
    { labels: series.labels, times: series.times.subarray(start, end), values: series.values.subarray(start, end) },
  ];
}
