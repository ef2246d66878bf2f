import type { SampleSeries } from '../../../src/model/signal.ts';

/** Series as a text that `promtool tsdb create-blocks-from openmetrics` reads. */
export const openMetricsOf = (series: readonly SampleSeries[]): string =>
  `${series.flatMap(linesOf).join('\n')}\n# EOF\n`;

function linesOf({ labels: { __name__: name, ...labels }, times, values }: SampleSeries): readonly string[] {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escaped(value)}"`);
  const head = `${name}{${pairs.join(',')}}`;
  return Array.from(times, (time, index) => `${head} ${numberOf(values[index] ?? 0)} ${momentOf(time)}`);
}

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

function numberOf(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}

/** Prometheus cuts what it reads down to whole milliseconds: two tenths of one more keep it from losing one. */
const momentOf = (time: number): string => `${time.toFixed(3)}2`;
