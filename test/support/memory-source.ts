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

function cut(series: SampleSeries | undefined, { from, to }: Span): readonly SampleSeries[] {
  const kept = [...(series?.times ?? [])].flatMap((time, index) => (time >= from && time <= to ? [index] : []));
  if (!series || kept.length === 0) return [];
  return [
    {
      labels: series.labels,
      times: Float64Array.from(kept, (index) => series.times[index] ?? 0),
      values: Float64Array.from(kept, (index) => series.values[index] ?? 0),
    },
  ];
}
