import { expect, test } from 'vitest';
import { align } from '../../src/align/align.ts';
import type { Collected } from '../../src/model/collected.ts';
import type { LoadRecord, LoadWindow } from '../../src/model/load-record.ts';
import { epoch, perSecond, ratio, seconds } from '../../src/model/units.ts';
import { healthOf } from '../support/health-of.ts';
import { every } from './samples.ts';

const minuteFrom = (from: number, load: number): LoadWindow => ({
  span: { from: epoch(from), to: epoch(from + 60) },
  offered: perSecond(load),
  throughput: perSecond(load),
  goodput: perSecond(load),
  errors: ratio(0),
  latency: { mean: undefined, p50: undefined, p90: undefined, p99: undefined },
  inFlight: { mean: 2, growth: 0 },
  health: healthOf('ok'),
  complete: true,
});

test('others who load the target as well count in load, answers and what is inside, and that is told', () => {
  const windows = [minuteFrom(1000, 20), minuteFrom(1060, 20), minuteFrom(1120, 20)];
  const record: LoadRecord = {
    axis: 'arrivals',
    span: { from: epoch(1000), to: epoch(1180) },
    windows,
    stopped: undefined,
    recovery: undefined,
    notes: [],
  };
  const none = { errors: [], durations: [], buckets: [], inFlight: [] };
  const completions = [every(5, 990, 1200, (time) => 60 * (time - 990))];
  const traffic = { ...none, completions, interval: seconds(5), promql: 'answers' };
  const collected: Collected = { signals: [], traffic, terms: [], changes: [], blind: [], notes: [] };
  const { windows: told, notes } = align(record, collected);
  // 60 answers a second, 20 of them ours, of which 2 are inside
  for (const window of told) {
    expect(window.load).toBeCloseTo(60, 0);
    expect(window.goodput).toBeCloseTo(60, 0);
    expect(window.inFlight?.mean).toBeCloseTo(6, 0);
  }
  expect(notes.map(({ text }) => text)).toContain(
    'others asked for 40/s besides, by what the target says it answered, in 3 of 3 windows: load, good answers and capacity count them too, latency and errors are of our own requests',
  );
});
