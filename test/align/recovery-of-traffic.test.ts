import { expect, test } from 'vitest';
import { recoveryOfTraffic } from '../../src/align/recovery-of-traffic.ts';
import type { LoadWindow } from '../../src/model/load-record.ts';
import { epoch, perSecond, ratio, seconds } from '../../src/model/units.ts';
import { healthOf } from '../support/health-of.ts';

/** Windows of a minute, one after the other: answers a second, and how long they took. */
const windows = (given: readonly (readonly [number, number])[]): readonly LoadWindow[] =>
  given.map(([throughput, took], i) => ({
    span: { from: epoch(60 * i), to: epoch(60 * i + 60) },
    offered: perSecond(throughput),
    throughput: perSecond(throughput),
    goodput: perSecond(throughput),
    errors: ratio(0),
    latency: { mean: seconds(took), p50: undefined, p90: undefined, p99: undefined },
    inFlight: undefined,
    health: healthOf('foreign'),
    complete: true,
  }));

const before = [
  [100, 0.02],
  [200, 0.02],
  [300, 0.03],
] as const;

test('at once: the first quiet minute is as fast as ever', () => {
  const quiet = windows([...before, [400, 1], [400, 2], [200, 0.02]]);
  expect(recoveryOfTraffic(quiet, 'arrivals')).toEqual({ kind: 'recovered', after: 0 });
  // of answers alone nobody knows when the load went down
  expect(recoveryOfTraffic(quiet)).toBeUndefined();
});

test('after two minutes: the load has gone, but the queue is worked off first', () => {
  const found = recoveryOfTraffic(windows([...before, [400, 2], [250, 1.5], [250, 0.5], [250, 0.03], [200, 0.02]]));
  expect(found).toEqual({ kind: 'recovered', after: 120 });
});

test('not at all: 200/s were carried in 20 ms, and now take 1.5 s (hysteresis)', () => {
  expect(recoveryOfTraffic(windows([...before, [400, 2], [200, 1.6], [200, 1.5]]))).toEqual({
    kind: 'not-recovered',
    watched: 120,
    because: 'answers still took 1.5 s at 200/s; 20 ms was usual',
  });
});

// Seen with a pool under too much load: 115/s were carried at ease, then 112/s and 107/s at 0.7 s and 2 s, while ever more was asked for.
test('answers that became a little fewer in overload are no load that went down', () => {
  expect(recoveryOfTraffic(windows([...before, [280, 0.7], [265, 2]]))).toBeUndefined();
});

test('where arrivals are counted, a load below what was carried is after the overload, and one above is not, however little is answered', () => {
  const asked = [100, 200, 300, 400, 400, 280];
  const found = windows([...before, [250, 2], [200, 4], [280, 3]]).map((window, i) => ({
    ...window,
    offered: perSecond(asked[i] ?? 0),
  }));
  expect(recoveryOfTraffic(found, 'arrivals')).toMatchObject({ kind: 'not-recovered', watched: 60 });
  expect(recoveryOfTraffic(found.slice(0, 5), 'arrivals')).toBeUndefined();
});

test('without overload, or where the load never went down, there is nothing to tell', () => {
  expect(recoveryOfTraffic(windows(before))).toBeUndefined();
  expect(recoveryOfTraffic(windows([...before, [400, 2]]))).toBeUndefined();
  expect(recoveryOfTraffic([])).toBeUndefined();
});
