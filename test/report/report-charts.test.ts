import { expect, test } from 'vitest';
import { ranking } from '../../src/report/ranking.ts';
import { reportCharts } from '../../src/report/report-charts.ts';
import { minute, step } from './fixtures/parts.ts';
import { saturated } from './fixtures/saturated.ts';

const charts = reportCharts(saturated, ranking(saturated));
const [throughput, latency, usage] = charts;

test('the onset is marked from the highest load before it to the first load with it, and the capacity and the expected load are marked too', () => {
  expect(usage?.marks.map(({ from, to }) => [from, to])).toEqual([
    [180, 210],
    [193, 193],
    [150, 150],
  ]);
});

test('every resource with readings has a line, the root first and in a colour of its own', () => {
  expect(usage?.lines.map(({ name, tone }) => [name, tone])).toEqual([
    ['bouncer / server-pool', 'root'],
    ['api / pool', 'symptom'],
    ['api / cpu quota', 'hue-1'],
    ['nodes / cpu', 'hue-2'],
    ['db / cpu', 'hue-3'],
  ]);
});

test('latency from 14 ms to 4.9 s is drawn on a logarithmic axis with ticks in words', () => {
  expect(latency?.y.isLogarithmic).toBe(true);
  expect(latency?.y.texts).toEqual(['10 ms', '30 ms', '100 ms', '300 ms', '1 s', '3 s']);
});

test('throughput is drawn from 0 on an even axis', () => {
  expect(throughput?.y.ticks).toEqual([0, 50, 100, 150, 200, 250]);
});

test('windows in any order are drawn by rising load, each point with its own window', () => {
  const report = {
    ...saturated,
    load: { ...saturated.load, steps: [step(0, 200), step(1, 50), step(2, 100, { goodput: 90 })] },
    sheet: { ...saturated.sheet, windows: [200, 50, 100].map((load, index) => ({ ...minute(index), load })) },
    resources: saturated.resources.slice(0, 1).map((resource) => ({ ...resource, curve: [0.4, null, 0.2] })),
  };
  const [rates, , shares] = reportCharts(report, ranking(report));
  expect(rates?.loads).toEqual([50, 100, 200]);
  expect(rates?.lines.find(({ name }) => name === 'good answers')?.points).toEqual([50, 90, 200]);
  expect(shares?.lines[0]?.points).toEqual([null, 0.2, 0.4]);
});

test('two roots are drawn in two colours, each with its own onset', () => {
  const roots = saturated.resources.map((each) =>
    each.state === 'symptom' ? { ...each, state: 'root' as const } : each,
  );
  const report = { ...saturated, resources: roots };
  const shares = reportCharts(report, ranking(report)).at(-1);
  expect(shares?.lines.slice(0, 2).map(({ tone }) => tone)).toEqual(['root', 'root-2']);
  expect(shares?.marks.slice(0, 2).map(({ tone }) => tone)).toEqual(['root', 'root-2']);
});

test("many windows of other people's traffic are points, a few are joined, and so are the steps of a probe", () => {
  const observed = (count: number) => {
    const windows = Array.from({ length: count }, (_, index) => ({ ...minute(index), load: 100 + index }));
    const curve = windows.map(() => 0.5);
    const resources = saturated.resources.map((each) => ({ ...each, curve }));
    const report = {
      ...saturated,
      run: { ...saturated.run, kind: 'observe' as const },
      resources,
      sheet: { windows, rows: [] },
    };
    return reportCharts(report, ranking(report)).at(-1)?.isJoined;
  };
  expect([observed(15), observed(16), usage?.isJoined]).toEqual([true, false, true]);
});

test("the latency of others' load is what the target tells, and not from when a request was due", () => {
  const label = (kind: 'probe' | 'observe'): string | undefined => {
    const report = { ...saturated, run: { ...saturated.run, kind } };
    return reportCharts(report, ranking(report)).find(({ id }) => id === 'latency')?.y.label;
  };
  expect(label('probe')).toBe('from the intended start');
  expect(label('observe')).toBe('as the target tells it');
});
