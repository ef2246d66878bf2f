import { expect, test } from 'vitest';
import { shifted, skewOf } from '../../src/align/clock-skew.ts';
import type { Traffic } from '../../src/model/collected.ts';
import type { LoadRecord, LoadWindow } from '../../src/model/load-record.ts';
import { epoch, perSecond, ratio, seconds } from '../../src/model/units.ts';
import { healthOf } from '../support/health-of.ts';
import { every } from './samples.ts';

const rates = [20, 30, 45, 67, 100, 150];
/** Steps of a minute: 12 s to settle, 48 s measured. */
const window = (rate: number, i: number, verdict: LoadWindow['health']['verdict'] = 'ok'): LoadWindow => ({
  span: { from: epoch(1000 + 60 * i + 12), to: epoch(1000 + 60 * i + 60) },
  offered: perSecond(rate),
  throughput: perSecond(rate),
  goodput: perSecond(rate),
  errors: ratio(0),
  latency: { mean: undefined, p50: undefined, p90: undefined, p99: undefined },
  inFlight: undefined,
  health: healthOf(verdict),
  complete: true,
});
const record = (verdict: LoadWindow['health']['verdict'] = 'ok'): LoadRecord => ({
  axis: 'arrivals',
  span: { from: epoch(1000), to: epoch(1360) },
  windows: rates.map((rate, i) => window(rate, i, verdict)),
  stopped: undefined,
  recovery: undefined,
  notes: [],
});

/** All that was answered by then, counted by a clock that is `ahead` seconds ahead; `foreign` answers a second besides. */
function traffic(ahead: number, foreign = 0): Traffic {
  const done = (time: number): number => {
    const at = time - ahead - 1000;
    return rates.reduce((sum, rate, i) => sum + rate * Math.min(60, Math.max(0, at - 60 * i)), foreign * (time - 800));
  };
  const completions = [every(2, 800, 1560, done)];
  return { completions, errors: [], durations: [], buckets: [], inFlight: [], interval: seconds(2), promql: 'answers' };
}

test('clocks that agree', () => expect(skewOf(record(), traffic(0))).toBeUndefined());

test('20 s of a step of a minute are found, either way, and can be corrected', () => {
  // the last 48 s of each minute are read: a shift of up to 12 s less sees the same rates, and the latest of them is taken
  for (const ahead of [20, -20]) {
    const skew = skewOf(record(), traffic(ahead));
    expect(skew?.isTooFar).toBe(false);
    expect(Math.abs((skew?.by ?? 0) - ahead)).toBeLessThanOrEqual(2);
  }
});

test('70 s are more than half a step', () => expect(skewOf(record(), traffic(70))).toMatchObject({ isTooFar: true }));

test('others who are answered too are no skew, nor is load that others made', () => {
  expect(skewOf(record(), traffic(0, 40))).toBeUndefined();
  expect(skewOf(record('foreign'), traffic(70))).toBeUndefined();
});

test('without traffic, or with too few windows, nothing is said', () => {
  expect(skewOf(record(), undefined)).toBeUndefined();
  expect(skewOf({ ...record(), windows: record().windows.slice(0, 2) }, traffic(70))).toBeUndefined();
});

test('a shifted record is read later, and holds the same', () => {
  expect(shifted(record(), 20).windows[0]).toEqual({
    ...window(20, 0),
    span: { from: epoch(1032), to: epoch(1080) },
  });
});
