import { expect, test } from 'vitest';
import type { Collected } from '../../src/model/collected.ts';
import { epoch, seconds } from '../../src/model/units.ts';
import { witness } from '../../src/run/witness.ts';
import { every, signal } from '../align/samples.ts';
import { toyOrder, toyWorld } from './toy-world.ts';

const start = 1_700_000_000;
/** 20 minutes at 50, 100, 150, 200 answers a second, five minutes each. */
const answered = (time: number): number =>
  [50, 100, 150, 200].reduce((sum, rate, i) => sum + rate * Math.min(300, Math.max(0, time - start - i * 300)), 0);
const collected = (scrape: number): Collected => ({
  signals: [
    signal({
      resource: { component: 'api', resource: 'cpu', kind: 'rate', layer: 'leaf', unit: 'cores', hard: false },
      form: 'counter',
      parts: [every(scrape, start, start + 1200, (time) => answered(time) * 0.002)],
      interval: seconds(scrape),
    }),
  ],
  traffic: {
    completions: [every(1, start, start + 1200, answered)],
    errors: [],
    durations: [every(1, start, start + 1200, (time) => answered(time) * 0.02)],
    buckets: [],
    inFlight: [],
    interval: seconds(1),
    promql: 'answers',
  },
  changes: [],
  blind: [],
  notes: [],
});
const span = { from: epoch(start), to: epoch(start + 1200) };
const order = { ...toyOrder([50]), load: undefined };
const watch = (given: Collected) =>
  witness(order, span, { ...toyWorld({ capacity: 1 }), collect: async () => given }, new AbortController().signal);

test.each([1, 15, 30])('windows are long enough for a source that is scraped every %d s', async (scrape) => {
  const report = await watch(collected(scrape));
  expect(report.verdict.kind).toBe('not-reached');
  const row = report.sheet.rows.find((one) => one.role === 'usage');
  expect(row?.values.filter((value) => value === null)).toEqual([]);
  expect(report.run.kind).toBe('observe');
});

test('headroom is stated against what is expected, and beside it against the load at the end', async () => {
  const report = await watch(collected(1));
  expect(report.headroom).toMatchObject({ load: 100, reference: 'expected' });
  expect(report.current?.load).toBeCloseTo(200, 0);
});

test('without traffic there is no answer, and the note says why', async () => {
  const report = await watch({ ...collected(1), traffic: undefined });
  expect(report.verdict.kind).toBe('data-invalid');
  expect(report.notes.join()).toMatch(/no traffic signal/);
});
