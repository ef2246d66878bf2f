import { describe, expect, test } from 'vitest';
import { lagsOf } from '../../src/align/source-lag.ts';
import type { LoadRecord, LoadWindow } from '../../src/model/load-record.ts';
import type { Signal } from '../../src/model/signal.ts';
import { epoch, perSecond, ratio, seconds } from '../../src/model/units.ts';
import { every, signal } from './samples.ts';

const health: LoadWindow['health'] = {
  verdict: 'ok',
  because: [],
  sendRatio: ratio(1),
  lagP99: seconds(0),
  loopUtilisation: ratio(0),
  threadCpu: ratio(0),
  throttled: ratio(0),
  localErrors: 0,
};
const rates = [40, 80, 120, 160, 200, 240];
const windows: readonly LoadWindow[] = rates.map((rate, i) => ({
  span: { from: epoch(100 + i * 30), to: epoch(100 + (i + 1) * 30) },
  offered: perSecond(rate),
  throughput: perSecond(rate),
  goodput: perSecond(rate),
  errors: ratio(0),
  latency: { mean: undefined, p50: undefined, p90: undefined, p99: undefined },
  inFlight: undefined,
  health,
  complete: true,
}));
const record: LoadRecord = {
  axis: 'arrivals',
  span: { from: epoch(100), to: epoch(280) },
  windows,
  stopped: undefined,
  recovery: undefined,
  notes: [],
};

/** CPU seconds used up to `time`, 2 ms a request. */
const used = (time: number): number =>
  rates.reduce((sum, rate, i) => sum + rate * 0.002 * Math.min(30, Math.max(0, time - 100 - i * 30)), 0);

test.each([
  [0, 0],
  [10, 10],
])('a source whose counters follow the load %d s late is found to be %d s late', (late, found) => {
  const counters = signal({ form: 'counter', parts: [every(1, 90, 300, (time) => used(time - late))] });
  const lags = lagsOf(record, [counters]);
  expect(Math.abs(lags.of(counters) - found)).toBeLessThanOrEqual(1);
  expect(lags.notes.length).toBe(found > 0 ? 1 : 0);
});

test('a process whose first requests cost four times as much, until its code is compiled, is not late', () => {
  const warm = (time: number): number =>
    used(time) + 3 * 0.002 * (rates[0] ?? 0) * Math.min(20, Math.max(0, time - 100));
  const counters = signal({ form: 'counter', parts: [every(1, 90, 300, warm)] });
  expect(lagsOf(record, [counters]).of(counters)).toBe(0);
});

describe('a Node.js process that answers from a cold start, read live every 2 s', () => {
  // Processor seconds used, from 4.3 s before the load on; the five steps that it kept up with, 20.5 s each.
  const seen = [
    0.055, 0.072, 0.088, 0.141, 0.211, 0.265, 0.314, 0.36, 0.416, 0.483, 0.528, 0.577, 0.618, 0.663, 0.714, 0.764,
    0.813, 0.864, 0.919, 0.969, 1.022, 1.074, 1.123, 1.169, 1.22, 1.27, 1.329, 1.38, 1.447, 1.503, 1.555, 1.599, 1.653,
    1.7, 1.763, 1.836, 1.906, 1.977, 2.035, 2.095, 2.156, 2.217, 2.282, 2.345, 2.417, 2.497, 2.57, 2.647, 2.725, 2.801,
    2.878, 3.006, 3.115, 3.21, 3.307, 3.408, 3.504, 3.604, 3.703, 3.792, 3.88, 3.982, 4.081, 4.19, 4.282, 4.377,
  ];
  const steps = [
    [4.8, 20.8, 40],
    [25.3, 41.3, 55.6],
    [45.9, 61.9, 77.3],
    [66.5, 82.5, 107.3],
    [87.1, 103.1, 149.1],
  ] as const;
  const [model] = windows;
  const cold: LoadRecord = {
    ...record,
    span: { from: epoch(100), to: epoch(225) },
    windows: steps.flatMap(([from, to, rate]) =>
      model === undefined
        ? []
        : [
            {
              ...model,
              span: { from: epoch(100 + from), to: epoch(100 + to) },
              offered: perSecond(rate),
              goodput: perSecond(rate),
            },
          ],
    ),
  };
  const from = (start: number): Signal => {
    const kept = seen.map((value, i) => ({ time: 95.7 + 2 * i, value })).filter(({ time }) => time >= start);
    const times = Float64Array.from(kept, ({ time }) => time);
    return signal({
      form: 'counter',
      parts: [{ labels: {}, times, values: Float64Array.from(kept, ({ value }) => value) }],
    });
  };

  test('is not late: it works as soon as the load begins, though its steps look more alike when they are shifted by most of one', () => {
    expect(lagsOf(cold, [from(90)]).of(from(90))).toBe(0);
  });

  test('could be, where nobody saw it at rest', () => {
    expect(lagsOf(cold, [from(100)]).of(from(100))).toBeGreaterThan(0);
  });
});

test('a source that does not follow the load has no lag', () => {
  const noise = signal({ form: 'counter', parts: [every(1, 90, 300, (time) => time + Math.sin(time * 7))] });
  expect(lagsOf(record, [noise]).of(noise)).toBe(0);
});

test('where goodput breaks down at the top, no lag is made of it', () => {
  const collapsed = windows.map((window, i) => (i === 5 ? { ...window, goodput: perSecond(30) } : window));
  const counters = signal({ form: 'counter', parts: [every(1, 90, 300, used)] });
  expect(lagsOf({ ...record, windows: collapsed }, [counters]).of(counters)).toBe(0);
});

test('a whole step is no lag: even steps look alike one further on', () => {
  const counters = signal({ form: 'counter', parts: [every(1, 90, 340, (time) => used(time - 30))] });
  expect(lagsOf(record, [counters]).of(counters)).toBeLessThan(30);
});
