import { firstAtOrAfter } from '../../src/align/measure.ts';
import { catalogueOf } from '../../src/collect/resolve.ts';
import { passes, type Selection } from '../../src/collect/selector.ts';
import type { Source } from '../../src/collect/source.ts';
import type { Labels } from '../../src/model/labels.ts';
import type { SampleSeries } from '../../src/model/signal.ts';
import type { Span } from '../../src/model/span.ts';
import { epoch } from '../../src/model/units.ts';

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
    thinned: async (selection, as, grid, stop) => {
      stop.throwIfAborted();
      const around = { from: epoch(grid.from - Math.max(lookBack, grid.step)), to: grid.to };
      const thin = as === 'counted' ? lastBefore : meanSince;
      return { series: within(selection, around).flatMap((series) => thin(series, grid)), notes: [] };
    },
    instant: () => Promise.reject(new Error('a source in memory evaluates no expressions')),
    range: () => Promise.reject(new Error('a source in memory evaluates no expressions')),
  };
}

/** Prometheus takes a sample for the present one for so long (s). */
const lookBack = 300;

type Grid = Span & { readonly step: number };

/** The last sample before each moment, while it is not too old. */
function lastBefore({ labels, times, values }: SampleSeries, { from, to, step }: Grid): readonly SampleSeries[] {
  const kept = Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step).flatMap((at) => {
    const next = firstAtOrAfter(times, at);
    const last = times[next] === at ? next : next - 1;
    return (times[last] ?? Number.NEGATIVE_INFINITY) > at - lookBack ? [[at, values[last] ?? 0] as const] : [];
  });
  if (kept.length === 0) return [];
  return [
    { labels, times: Float64Array.from(kept, ([at]) => at), values: Float64Array.from(kept, ([, value]) => value) },
  ];
}

/** The mean of the samples between two moments, in the middle. */
function meanSince({ labels, times, values }: SampleSeries, { from, to, step }: Grid): readonly SampleSeries[] {
  const means = Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step).flatMap((at) => {
    const next = firstAtOrAfter(times, at);
    const inside = values.subarray(firstAtOrAfter(times, at - step), times[next] === at ? next + 1 : next);
    const total = inside.reduce((sum, value) => sum + value, 0);
    return inside.length === 0 ? [] : [[at - step / 2, total / inside.length] as const];
  });
  if (means.length === 0) return [];
  return [
    { labels, times: Float64Array.from(means, ([at]) => at), values: Float64Array.from(means, ([, value]) => value) },
  ];
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
