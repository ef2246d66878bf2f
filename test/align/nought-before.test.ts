import { expect, test } from 'vitest';
import { align } from '../../src/align/align.ts';
import type { LoadWindow } from '../../src/model/load-record.ts';
import { numberOf } from '../../src/model/reading.ts';
import type { SampleSeries } from '../../src/model/signal.ts';
import { epoch, perSecond, ratio } from '../../src/model/units.ts';
import { healthOf } from '../support/health-of.ts';
import { every, signal } from './samples.ts';

/** Four windows of 10 s, one after the other. */
const windows = [0, 1, 2, 3].map(
  (i): LoadWindow => ({
    span: { from: epoch(10 * i), to: epoch(10 * i + 10) },
    offered: perSecond(60),
    throughput: perSecond(60),
    goodput: perSecond(60),
    errors: ratio(0),
    latency: { mean: undefined, p50: undefined, p90: undefined, p99: undefined },
    inFlight: undefined,
    health: healthOf('ok'),
    complete: true,
  }),
);
const span = { from: epoch(0), to: epoch(40) };
const record = { axis: 'arrivals', span, windows, stopped: undefined, recovery: undefined, notes: [] } as const;

function refusals(timeouts: readonly SampleSeries[], usage = every(1, 0, 40, () => 20)) {
  const signals = [signal({ parts: [usage] }), signal({ parts: timeouts, role: 'refusals', form: 'counter' })];
  const { rows } = align(record, { signals, traffic: undefined, changes: [], blind: [], notes: [] });
  return rows.find(({ role }) => role === 'refusals')?.readings.map((reading) => numberOf(reading));
}

test('before the first refusal there was none, and those of the window in which the counter began count', () => {
  // It begins at 27 s with 5, and counts 4 a second: 13 at its last sample before 30 s, and 40 in the last ten.
  const begins = every(1, 27, 40, (time) => 5 + 4 * (time - 27));
  expect(refusals([begins])).toEqual([0, 0, 1.3, 4]);
});

test('where nothing of the instance was seen before, nothing is known of its refusals either', () => {
  const late = every(1, 20, 40, () => 20);
  expect(refusals([every(1, 31, 40, () => 7)], late)).toEqual([undefined, undefined, 0, expect.any(Number)]);
});

test('a counter that was there before the run and is gone for a while is not known in between', () => {
  const gone = every(1, 0, 40, (time) => time);
  const kept = [...gone.times.keys()].filter((i) => i < 10 || i >= 20);
  const parts = {
    ...gone,
    times: gone.times.filter((_, i) => kept.includes(i)),
    values: gone.values.filter((_, i) => kept.includes(i)),
  };
  expect(refusals([parts])?.[1]).toBeUndefined();
});

test('no refusals at all are no counter', () =>
  expect(refusals([])).toEqual([undefined, undefined, undefined, undefined]));
