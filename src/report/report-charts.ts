import { duration, number, percent, rate } from '../model/in-words.ts';
import type { Report } from '../model/report.ts';
import { evenAxis, loadAxis, shareAxis, wideAxis } from './axis.ts';
import { byLoad, type Chart, type Line, type Mark } from './chart.ts';
import type { Ranking } from './ranking.ts';
import { tonesOfLines } from './tone-of-line.ts';
import { boundText, onsetText, pointOf } from './wording.ts';

const loadLabel = {
  arrivals: 'offered load, requests/s',
  throughput: 'throughput, requests/s',
} as const satisfies Record<Report['load']['axis'], string>;

/** Of load of our own a request's time runs from when it was due; of others' it is what the target counts. */
export const startOfLatency = (reports: readonly Report[]): string =>
  reports.every(({ run }) => run.kind === 'probe') ? 'from the intended start' : 'as the target tells it';

/** Throughput, latency and the share in use of every resource, each over load, with the onset, the capacity and the reference load marked. */
export function reportCharts(report: Report, ranks: Ranking): readonly Chart[] {
  const steps = byLoad(report.load.steps, (step) => step.offered);
  const windows = byLoad(report.sheet.windows, (window) => window.load);
  const shared = { marks: marksOf(report, ranks), isJoined: isJoined(report) };
  const overSteps = {
    ...shared,
    ...loadsOf(
      report,
      steps.map(({ item }) => item.offered),
    ),
  };
  const overWindows = {
    ...shared,
    ...loadsOf(
      report,
      windows.map(({ item }) => item.load),
    ),
  };
  const curves = usageLines(
    ranks,
    windows.map(({ index }) => index),
  );
  const rates = throughputLines(steps.map(({ item }) => item));
  const delays = latencyLines(steps.map(({ item }) => item));
  return [
    {
      id: 'throughput',
      title: 'Throughput',
      ...overSteps,
      y: evenAxis('requests/s', numbers(rates), number),
      lines: rates,
    },
    {
      id: 'latency',
      title: 'Latency',
      ...overSteps,
      y: wideAxis(startOfLatency([report]), numbers(delays), duration),
      lines: delays,
    },
    {
      id: 'usage',
      title: 'Share in use of every resource',
      ...overWindows,
      y: shareAxis('share of its ceiling', numbers(curves), percent),
      lines: curves,
    },
  ].filter(({ lines, loads }) => lines.length > 0 && loads.length > 0);
}

// Steps of a probe follow each other; so do a few windows. Many windows of other people's traffic are a cloud of points.
const isJoined = ({ run, sheet }: Report): boolean => run.kind === 'probe' || sheet.windows.length <= 15;

function loadsOf({ load }: Report, loads: readonly number[]): Pick<Chart, 'loads' | 'loadTexts' | 'x'> {
  return { loads, loadTexts: loads.map(rate), x: loadAxis(loadLabel[load.axis], loads, number) };
}

const numbers = (lines: readonly Line[]): readonly number[] =>
  lines.flatMap(({ points }) => points.filter((point) => point !== null));

type Steps = readonly Report['load']['steps'][number][];

function line(name: string, tone: string, points: readonly (number | null)[], say: (value: number) => string): Line {
  const texts = points.map((point) => (point === null ? 'no reading' : say(point)));
  return { name, tone, width: 2.5, dash: [], points, texts };
}

function throughputLines(steps: Steps): readonly Line[] {
  const offered = line(
    'offered',
    'faint',
    steps.map((step) => step.offered),
    rate,
  );
  const answers = line(
    'all answers',
    'hue-2',
    steps.map((step) => step.throughput),
    rate,
  );
  return [
    { ...offered, width: 1.5, dash: [4, 4] },
    { ...answers, width: 1.75, dash: [8, 4] },
    line(
      'good answers',
      'hue-1',
      steps.map((step) => step.goodput),
      rate,
    ),
  ];
}

function latencyLines(steps: Steps): readonly Line[] {
  return [
    line(
      'p99',
      'hue-3',
      steps.map((step) => step.p99),
      duration,
    ),
    line(
      'p95',
      'hue-2',
      steps.map((step) => step.p95 ?? null),
      duration,
    ),
    line(
      'p50',
      'hue-1',
      steps.map((step) => step.p50),
      duration,
    ),
  ].filter(({ points }) => points.some((point) => point !== null));
}

function usageLines({ rows }: Ranking, order: readonly number[]): readonly Line[] {
  const tones = tonesOfLines(rows);
  return rows
    .map(({ name, resource }, index) => {
      const points = order.map((at) => resource.curve[at] ?? null);
      return { ...line(name, '', points, percent), ...(tones[index] ?? { tone: 'faint', dash: [], width: 1 }) };
    })
    .filter(({ points }) => points.some((point) => point !== null));
}

function marksOf({ capacity, headroom }: Report, { rows }: Ranking): readonly Mark[] {
  const tones = tonesOfLines(rows);
  const onsets = rows.flatMap(({ resource, name }, index): Mark[] => {
    if (resource.state !== 'root' || resource.onset === null) return [];
    const { load } = resource.onset;
    return [
      {
        from: load.above ?? 0,
        to: load.upTo,
        tone: tones[index]?.tone ?? 'root',
        text: `${name} saturates: ${onsetText(load)}`,
      },
    ];
  });
  const bound =
    capacity === null ? [] : [at(pointOf(capacity.rate), 'ink', `capacity ${boundText(capacity.rate, rate)}`)];
  const expected =
    headroom === null ? [] : [at(headroom.load, 'good', `${references[headroom.reference]} ${rate(headroom.load)}`)];
  return [...onsets, ...bound, ...expected];
}

const at = (load: number, tone: string, text: string): Mark => ({ from: load, to: load, tone, text });

const references = {
  expected: 'expected load',
  history: 'usual peak load',
  current: 'load at the end',
} as const satisfies Record<NonNullable<Report['headroom']>['reference'], string>;
