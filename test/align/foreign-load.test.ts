import { expect, test } from 'vitest';
import { foreignLoads, foreignTraffic } from '../../src/align/foreign-load.ts';
import type { Traffic } from '../../src/model/collected.ts';
import type { LoadWindow } from '../../src/model/load-record.ts';
import { epoch, perSecond, ratio, seconds } from '../../src/model/units.ts';
import { healthOf } from '../support/health-of.ts';
import { every } from './samples.ts';

/** A minute in which the rate rises in a straight line from 10/s to 70/s. */
const rising: LoadWindow = {
  span: { from: epoch(1000), to: epoch(1060) },
  offered: perSecond(40),
  throughput: perSecond(40),
  goodput: perSecond(40),
  errors: ratio(0),
  latency: { mean: undefined, p50: undefined, p90: undefined, p99: undefined },
  inFlight: undefined,
  health: healthOf('ok'),
  complete: true,
};

/** What the target answered, and `others` a second besides, scraped every 15 s, the last time 1 s before the end of the window. */
function traffic(others: number): Traffic {
  const answered = (time: number): number => (10 + others) * (time - 1000) + (time - 1000) ** 2 / 2;
  const completions = [every(15, 999, 1074, (time) => answered(Math.max(1000, time)))];
  return {
    completions,
    errors: [],
    durations: [],
    buckets: [],
    inFlight: [],
    interval: seconds(15),
    promql: 'answers',
  };
}

const foreignLoad = (window: LoadWindow, told: Traffic) => foreignLoads([window], told)[0];

// Between the samples at 1014 and 1059 the rate was 46.5/s, in the whole window 40/s.
test('where the rate rises inside a window, samples that lie late in it are no foreign load', () => {
  expect(foreignLoad(rising, traffic(0))).toBeCloseTo(6.5, 6);
  expect(foreignLoad({ ...rising, rise: 60 }, traffic(0))).toBe(0);
});

test('foreign load on top of that is seen', () => {
  expect(foreignLoad({ ...rising, rise: 60 }, traffic(30))).toBeCloseTo(36.5, 6);
});

test('what an overload left is answered after it, and is nobody else: 10/s more than was sent for a minute, after a minute of 20/s too few', () => {
  const at = (from: number, offered: number): LoadWindow => ({
    ...rising,
    span: { from: epoch(from), to: epoch(from + 60) },
    offered: perSecond(offered),
    throughput: perSecond(10),
  });
  // 50/s come of 70/s, then 50/s of 40/s; for as long as 1200 are owed
  const told = { ...traffic(0), completions: [every(15, 999, 1374, (time) => 50 * (time - 999))] };
  const windows = [at(1000, 70), at(1060, 40), at(1120, 40), at(1180, 40)];
  expect(foreignLoads(windows, told).map((load) => Math.round(load))).toEqual([0, 0, 0, 10]);
});

test('where the target keeps up others are what it answers besides; where it does not, they ask for what they usually do, and no more of it was answered than the target had room for', () => {
  const at = (from: number, offered: number, done: number): LoadWindow => ({
    ...rising,
    span: { from: epoch(from), to: epoch(from + 60) },
    offered: perSecond(offered),
    throughput: perSecond(done),
    goodput: perSecond(done),
  });
  // 40 a second of others beside 20 and 40 of ours; of 140 in all 100 are answered, 70 of them ours
  const answered = (time: number): number => {
    const [first, second, third] = [0, 60, 120].map((begin) => Math.min(60, Math.max(0, time - 1000 - begin)));
    return 60 * (first ?? 0) + 80 * (second ?? 0) + 100 * (third ?? 0);
  };
  const told = { ...traffic(0), completions: [every(5, 990, 1200, answered)], interval: seconds(5) };
  const [first, second, third] = foreignTraffic([at(1000, 20, 20), at(1060, 40, 40), at(1120, 100, 70)], told);
  expect(first?.load).toBeCloseTo(40, 0);
  expect(second).toEqual({ load: second?.answered, answered: second?.load });
  expect(third?.load).toBeCloseTo(40, 0);
  expect(third?.answered).toBeCloseTo(30, 0);
});
