import type { Labels } from '../../src/model/labels.ts';
import type { SampleSeries } from '../../src/model/signal.ts';
import type { Span } from '../../src/model/span.ts';

/**
 * Series from lines in exposition form: `name{label="value"} start +slope @interval`.
 * The slope is per second (default 0), the interval in seconds (default 15). A metric name may stand in quotes between the braces.
 */
export function seriesFrom(text: string, span: Span): readonly SampleSeries[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => seriesOf(line, span));
}

function seriesOf(line: string, { from, to }: Span): SampleSeries {
  const [, name = '', inner = '', rest = ''] = /^([a-zA-Z_:][\w:]*)?(?:\{(.*)\})? +([^{}]*)$/.exec(line) ?? [];
  if (rest === '') throw new Error(`not a line of exposition: ${line}`);
  const [start = '0', ...more] = rest.trim().split(/\s+/);
  const slope = Number(more.find((word) => /^[+-]/.test(word)) ?? 0);
  const interval = Number(more.find((word) => word.startsWith('@'))?.slice(1) ?? 15);
  const count = Math.floor((to - from) / interval) + 1;
  return {
    labels: { __name__: name, ...labelsIn(inner) },
    times: Float64Array.from({ length: count }, (_, index) => from + index * interval),
    values: Float64Array.from({ length: count }, (_, index) => Number(start) + slope * index * interval),
  };
}

function labelsIn(inner: string): Labels {
  const pairs = [...inner.matchAll(/(?:"([^"]+)"|([\w]+))(?:="((?:[^"\\]|\\.)*)")?/g)];
  return Object.fromEntries(
    pairs.map(([, quotedName, plainName, value]) =>
      value === undefined ? ['__name__', quotedName ?? plainName ?? ''] : [quotedName ?? plainName ?? '', value],
    ),
  );
}
