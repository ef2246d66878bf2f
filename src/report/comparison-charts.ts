import type { Comparison } from '../model/comparison.ts';
import { duration, number, rate } from '../model/in-words.ts';
import type { Report } from '../model/report.ts';
import { evenAxis, loadAxis, wideAxis } from './axis.ts';
import type { Chart, Line } from './chart.ts';
import { runName } from './comparison-rows.ts';
import { startOfLatency } from './report-charts.ts';

type Step = Report['load']['steps'][number];

const hues = ['hue-1', 'hue-5', 'hue-3', 'hue-2', 'hue-6', 'hue-4'];

/** Goodput and p99 over load, one line a run: at equal load they stand one above the other. */
export function comparisonCharts({ reports }: Comparison): readonly Chart[] {
  const loads = [...new Set(reports.flatMap(({ load }) => load.steps.map(({ offered }) => offered)))].sort(
    (a, b) => a - b,
  );
  const x = loadAxis('offered load, requests/s', loads, number);
  const shared = { loads, loadTexts: loads.map(rate), x, marks: [], isJoined: true };
  const linesOf = (of: (step: Step) => number | null, say: (value: number) => string) =>
    reports.map((report, index) => runLine({ report, index, loads, of, say }));
  const rates = linesOf((step) => step.goodput, rate);
  const delays = linesOf((step) => step.p99, duration);
  return [
    {
      id: 'throughput',
      title: 'Good answers',
      ...shared,
      y: evenAxis('requests/s', numbers(rates), number),
      lines: rates,
    },
    {
      id: 'latency',
      title: 'Latency, p99',
      ...shared,
      y: wideAxis(startOfLatency(reports), numbers(delays), duration),
      lines: delays,
    },
  ].filter((chart) => loads.length > 0 && numbers(chart.lines).length > 0);
}

type RunLine = {
  readonly report: Report;
  readonly index: number;
  readonly loads: readonly number[];
  readonly of: (step: Step) => number | null;
  readonly say: (value: number) => string;
};

function runLine({ report, index, loads, of, say }: RunLine): Line {
  const points = loads.map((load) => {
    const step = report.load.steps.find(({ offered }) => offered === load);
    return step === undefined ? null : of(step);
  });
  return {
    name: runName(index),
    tone: hues[index % hues.length] ?? 'ink',
    width: 2.5,
    dash: index < hues.length ? [] : [8, 4],
    points,
    texts: points.map((point) => (point === null ? '–' : say(point))),
    spans: true,
  };
}

const numbers = (lines: readonly Line[]): readonly number[] =>
  lines.flatMap(({ points }) => points.filter((point) => point !== null));
