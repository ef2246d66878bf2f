import { expect, test } from 'vitest';
import { recordOfTraffic } from '../../src/align/record-of-traffic.ts';
import type { Traffic } from '../../src/model/collected.ts';
import { epoch, seconds } from '../../src/model/units.ts';
import { every } from './samples.ts';

/** Answers that count up at 50/s for 60 s, then 100/s, then 150/s; each takes 20 ms. */
const answered = (time: number): number => {
  const [a, b, c] = [Math.min(time, 60), Math.min(Math.max(time - 60, 0), 60), Math.max(time - 120, 0)];
  return 50 * a + 100 * b + 150 * c;
};
const completions = every(1, 0, 180, answered);
const traffic: Traffic = {
  completions: [completions],
  errors: [every(1, 0, 180, (time) => answered(time) * 0.1)],
  durations: [every(1, 0, 180, (time) => answered(time) * 0.02)],
  buckets: [0.01, 0.025, Number.POSITIVE_INFINITY].map((le) => ({
    le,
    series: every(1, 0, 180, (time) => answered(time) * (le === 0.01 ? 0 : 1)),
  })),
  inFlight: [every(1, 0, 180, () => 2)],
  interval: seconds(1),
  promql: 'answers',
};
const record = recordOfTraffic(traffic, { from: epoch(0), to: epoch(180) });

test('three levels of traffic become windows of these three rates, and no window mixes two', () => {
  const rates = record.windows.map((window) => Math.round(window.throughput));
  expect(new Set(rates)).toEqual(new Set([50, 100, 150]));
  expect(rates.length).toBeGreaterThanOrEqual(6);
});

test('what lies within two scrapes of the end, beyond which nobody has looked, belongs to no window', () => {
  expect(record.windows.at(-1)?.span.to).toBe(178);
});

test('what a counter is told a second too late makes no other level: 50/s, then 75/s and 25/s for a second each', () => {
  const late = every(1, 0, 600, (time) => 50 * time + (Math.round(time) % 100 === 50 ? 25 : 0));
  const counted = recordOfTraffic({ ...traffic, completions: [late] }, { from: epoch(0), to: epoch(600) });
  for (const { throughput } of counted.windows) expect(Math.abs(throughput / 50 - 1)).toBeLessThan(0.02);
});

test('a tenth failed, each took 20 ms, two were inside', () => {
  for (const window of record.windows) {
    expect(window.goodput / window.throughput).toBeCloseTo(0.9, 6);
    expect(window.latency.mean).toBeCloseTo(0.02, 6);
    expect(window.latency.p50).toBeCloseTo(0.0175, 6);
    expect(window.inFlight).toMatchObject({ mean: 2, growth: 0 });
  }
});

test('every answer lay between 10 and 25 ms, so that is all that is known of any quantile', () => {
  for (const { latency } of record.windows)
    for (const { range } of latency.quantiles?.slice(0, 3) ?? [])
      expect(range).toMatchObject({ kind: 'interval', low: 0.01, high: 0.025 });
});

test('where 3 % took longer than the last bound, p99 is at least that bound and no number, p90 a range', () => {
  const clipped = {
    ...traffic,
    buckets: [0.01, 0.025, Number.POSITIVE_INFINITY].map((le) => ({
      le,
      series: every(1, 0, 180, (time) => answered(time) * (le === 0.01 ? 0 : le === 0.025 ? 0.97 : 1)),
    })),
  };
  for (const { latency } of recordOfTraffic(clipped, { from: epoch(0), to: epoch(180) }).windows) {
    expect(latency.p99).toBeUndefined();
    expect(latency.quantiles?.find(({ quantile }) => quantile === 0.99)?.range).toEqual({
      kind: 'at-least',
      low: 0.025,
    });
    expect(latency.p90).toBeDefined();
  }
});

test('a histogram without its +Inf bucket ends where its last bound does, not where its answers do', () => {
  const cut = {
    ...traffic,
    buckets: [{ le: 0.01, series: every(1, 0, 180, (time) => answered(time) * 0.5) }],
  };
  for (const { latency } of recordOfTraffic(cut, { from: epoch(0), to: epoch(180) }).windows)
    expect(latency.quantiles?.find(({ quantile }) => quantile === 0.99)?.range).toEqual({
      kind: 'at-least',
      low: 0.01,
    });
});

test('only answers are counted, so the axis is throughput', () => expect(record.axis).toBe('throughput'));

test('no answers at all make no windows', () => {
  const none = recordOfTraffic({ ...traffic, completions: [] }, { from: epoch(0), to: epoch(180) });
  expect(none.windows).toEqual([]);
});

test('where all that was due is counted, that is the load, and what was not answered is seen', () => {
  // From the 120th second on 200/s are due, of which 150/s are answered.
  const due = every(1, 0, 180, (time) => answered(time) + 50 * Math.max(time - 120, 0));
  const counted = recordOfTraffic({ ...traffic, arrivals: [due] }, { from: epoch(0), to: epoch(180) });
  expect([record.axis, counted.axis]).toEqual(['throughput', 'arrivals']);
  const last = counted.windows.at(-1);
  expect([Math.round(last?.offered ?? 0), Math.round(last?.throughput ?? 0)]).toEqual([200, 150]);
});

test('no window holds some of before and some of after a start, nor what went down before it; what is started again and again is left whole', () => {
  const even = { ...traffic, completions: [every(1, 0, 600, (time) => 50 * time)] };
  const span = { from: epoch(0), to: epoch(600) };
  const cut = recordOfTraffic(even, span, seconds(1), [epoch(250)]).windows.map((window) => window.span);
  expect(cut.filter(({ from, to }) => from < 250 && to > 248)).toEqual([]);
  expect(cut.some(({ to }) => to === 248)).toBe(true);
  expect(cut.some(({ from }) => from === 252)).toBe(true);
  const often = Array.from({ length: 200 }, (_, i) => epoch(3 * i));
  expect(recordOfTraffic(even, span, seconds(1), often).windows.length).toBeGreaterThan(5);
});
