import { expect, test } from 'vitest';
import { lagsOf } from '../../src/align/source-lag.ts';
import type { LoadRecord, LoadWindow } from '../../src/model/load-record.ts';
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
