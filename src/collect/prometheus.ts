import { fault } from '../faults.ts';
import type { PrometheusSource } from '../model/configuration.ts';
import type { SampleSeries } from '../model/signal.ts';
import type { Span } from '../model/span.ts';
import { epoch } from '../model/units.ts';
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
      const promql = `last_over_time(${printSelection(selection)}${windowOf(span)})`;
      const answer = await ask({ promql, at: span.to, every: undefined }, stop);
      if (answer.kind === 'refused') throw fault('PROMETHEUS_REFUSED', [url, answer.why]);
      return { series: labelSetsIn(answer.result), notes: answer.notes };
    },
    samples: (selection, span, stop) => raw(ask, url, selection, span, stop, 0),
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
