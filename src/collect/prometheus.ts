import { fault } from '../faults.ts';
import type { PrometheusSource } from '../model/configuration.ts';
import type { SampleSeries } from '../model/signal.ts';
import type { Span } from '../model/span.ts';
import { epoch, type Seconds } from '../model/units.ts';
import { instantsIn, joined, labelSetsIn, samplesIn } from './answer.ts';
import { type Ask, client, type Waiting } from './client.ts';
import { printSelection, type Selection } from './selector.ts';
import type { Found, Source } from './source.ts';

/** A span is cut in two at most so often where an answer is too large. */
const deepest = 6;

/** A Prometheus, or an engine that speaks its language, as a source of series. */
export function prometheus(configured: PrometheusSource, waiting: Waiting): Source {
  const ask = client(configured, waiting);
  const { name, select, url } = configured;
  return {
    name,
    select,
    series: async (selection, span, stop) => {
      const promql = `last_over_time(${printSelection(selection)}${looksOf(span)})`;
      const answer = await ask({ promql, at: span.to, every: undefined }, stop);
      if (answer.kind === 'refused') throw fault('PROMETHEUS_REFUSED', [url, answer.why]);
      return { series: labelSetsIn(answer.result), notes: answer.notes };
    },
    samples: (selection, span, stop) => raw(ask, url, selection, span, stop, 0),
    thinned: async (selection, as, grid, stop) => {
      // No sample's own time is asked for: timestamp() over a range looks for each point from the beginning of its block (2.42: minutes for a hundred series).
      if (as === 'counted') return onGrid(ask, url, printSelection(selection), grid, stop);
      const each = selection.names.map((name) => meansOf(ask, url, { ...selection, names: [name] }, grid, stop));
      return together(await Promise.all(each));
    },
    instant: async (promql, stop) => {
      const at = waiting.clock.now();
      const answer = await ask({ promql, at, every: undefined }, stop);
      if (answer.kind === 'refused') throw fault('PROMETHEUS_REFUSED', [url, answer.why]);
      return { series: instantsIn(answer.result), notes: answer.notes, at: epoch(at) };
    },
    range: async (promql, span, step, stop) => {
      const answer = await ask({ promql, at: span.to, every: { from: span.from, step } }, stop);
      if (answer.kind === 'refused') throw fault('PROMETHEUS_REFUSED', [url, answer.why]);
      return { series: samplesIn(answer.result), notes: answer.notes };
    },
  };
}

/** Range selectors take whole seconds, and in Prometheus 3 leave their first moment out: one second more, cut off again here. */
const windowOf = ({ from, to }: Span): string => `[${Math.max(1, Math.ceil(to - from) + 1)}s]`;

/** Of a long span not every sample is looked at, but so many moments: what was there for less than the time between two is not found. */
const mostLooks = 400;
const closestLooks = 300;

function looksOf(span: Span): string {
  const step = Math.ceil((span.to - span.from) / mostLooks);
  return step <= closestLooks / 2 ? windowOf(span) : windowOf(span).replace(']', `:${Math.max(closestLooks, step)}s]`);
}

type Grid = Span & { readonly step: Seconds };

/** An expression on a grid, in halves where the answer is too large. */
async function onGrid(
  ask: Ask,
  url: string,
  promql: string,
  { from, to, step }: Grid,
  stop: AbortSignal,
  depth = 0,
): Promise<Found<SampleSeries>> {
  const answer = await ask({ promql, at: to, every: { from, step } }, stop);
  if (answer.kind === 'success') return { series: samplesIn(answer.result), notes: answer.notes };
  const middle = epoch(from + step * Math.floor((to - from) / step / 2));
  if (depth >= deepest || middle === from) throw fault('PROMETHEUS_REFUSED', [url, answer.why]);
  return joined([
    await onGrid(ask, url, promql, { from, to: middle, step }, stop, depth + 1),
    await onGrid(ask, url, promql, { from: epoch(middle + step), to, step }, stop, depth + 1),
  ]);
}

/** Means of one metric: its name, which Prometheus leaves out of them, is put back, and each stands in the middle of what it is the mean of. */
async function meansOf(
  ask: Ask,
  url: string,
  selection: Selection,
  grid: Grid,
  stop: AbortSignal,
): Promise<Found<SampleSeries>> {
  const promql = `avg_over_time(${printSelection(selection)}[${grid.step}s])`;
  const { series, notes } = await onGrid(ask, url, promql, grid, stop);
  const named = series.map(({ labels, times, values }) => ({
    labels: { ...labels, __name__: selection.names[0] ?? '' },
    times: times.map((time) => time - grid.step / 2),
    values,
  }));
  return { series: named, notes };
}

const together = (parts: readonly Found<SampleSeries>[]): Found<SampleSeries> => ({
  series: parts.flatMap(({ series }) => series),
  notes: parts.flatMap(({ notes }) => notes),
});

async function raw(
  ask: Ask,
  url: string,
  selection: Selection,
  span: Span,
  stop: AbortSignal,
  depth: number,
): Promise<Found<SampleSeries>> {
  const answer = await ask(
    { promql: `${printSelection(selection)}${windowOf(span)}`, at: span.to, every: undefined },
    stop,
  );
  if (answer.kind === 'success')
    return { series: samplesIn(answer.result).flatMap((one) => within(one, span)), notes: answer.notes };
  const middle = epoch((span.from + span.to) / 2);
  if (depth >= deepest) throw fault('PROMETHEUS_REFUSED', [url, answer.why]);
  const halves = [
    await raw(ask, url, selection, { from: span.from, to: middle }, stop, depth + 1),
    await raw(ask, url, selection, { from: middle, to: span.to }, stop, depth + 1),
  ];
  return joined(halves);
}

function within({ labels, times, values }: SampleSeries, { from, to }: Span): readonly SampleSeries[] {
  const start = times.findIndex((time) => time >= from);
  const end = times.findLastIndex((time) => time <= to) + 1;
  return start < 0 || end <= start
    ? []
    : [{ labels, times: times.slice(start, end), values: values.slice(start, end) }];
}
