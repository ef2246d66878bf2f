import { expect, test } from 'vitest';
import { firstOfWalks } from '../../src/load/route.ts';
import { stepRecord } from '../../src/load/step-record.ts';
import { snapshotOf, tallyOf } from '../../src/load/tally.ts';
import { epoch, perSecond, seconds } from '../../src/model/units.ts';
import { type Answering, classOf, requestOf, scriptOf, simulate, stepOrder } from './target.ts';

const step = { index: 3, rate: perSecond(200), settle: seconds(1), measure: seconds(9) };
const before = snapshotOf([tallyOf(1)]);

function recorded(answering: Answering, halt?: number) {
  const run = simulate({ answering, order: stepOrder({ rate: 200 }), ...(halt === undefined ? {} : { halt }) });
  const until = run.ended?.until ?? 10;
  return stepRecord({
    step,
    span: { from: epoch(1001), to: epoch(1000 + Math.max(1, until)) },
    before,
    after: snapshotOf([run.tally]),
    ends: [run.ended?.windows[0]],
    names: ['home'],
    slowest: run.ended?.slowest[0] ?? [],
    complete: run.ended?.halt === undefined,
    stopped: undefined,
  });
}

test('200/s answered in 10 ms: everything agrees', () => {
  const record = recorded(() => ({ after: 0.01, status: 200 }));
  expect(record).toMatchObject({
    sent: 1800,
    completed: 1800,
    good: 1800,
    errors: 0,
    errorsByClass: {},
    shed: {},
    complete: true,
  });
  expect([record.offered, record.throughput, record.goodput]).toEqual([200, 200, 200]);
  expect(record.latency.p50).toBeCloseTo(0.01, 3);
  expect(record.latency.mean).toBeCloseTo(0.01, 4);
  expect(record.inFlight?.mean).toBeCloseTo(2, 2);
  expect(record.health.verdict).toBe('ok');
  expect(record.response.counts.reduce((sum, [, count]) => sum + count, 0)).toBe(1800);
});

test('one of ten answered with 503: errors 10 %, goodput 180 of 200', () => {
  let next = 0;
  const record = recorded(() => ({ after: 0.01, status: next++ % 10 === 0 ? 503 : 200 }));
  expect(record.errors).toBeCloseTo(0.1, 9);
  expect(record.throughput).toBe(200);
  expect(record.goodput).toBe(180);
  expect(record.errorsByClass).toEqual({ http_5xx: 180 });
});

test('each request of the script is told by itself', () => {
  let next = 0;
  const script = scriptOf({ classes: [classOf({ name: 'list' }, 3), classOf({ name: 'buy', method: 'POST' })] });
  const run = simulate({
    script,
    answering: (_, { method }) => ({
      after: method === 'GET' ? 0.01 : 0.05,
      status: method === 'POST' && next++ % 2 === 0 ? 503 : 200,
    }),
    order: stepOrder({ rate: 200 }),
  });
  const record = stepRecord({
    step,
    span: { from: epoch(1001), to: epoch(1010) },
    before: snapshotOf([tallyOf(2)]),
    after: snapshotOf([run.tally]),
    ends: [run.ended?.windows[0]],
    names: ['list', 'buy'],
    slowest: [],
    complete: true,
    stopped: undefined,
  });
  const [list, buy] = record.requests;
  expect([list?.name, buy?.name]).toEqual(['list', 'buy']);
  expect((list?.completed ?? 0) + (buy?.completed ?? 0)).toBe(record.completed);
  expect(list?.offered).toBeCloseTo(150, -1); // of 1800 by chance: 3 standard deviations are 55, or 6 a second
  expect([list?.errors, buy?.errors]).toEqual([0, expect.closeTo(0.5, 2)]);
  expect(buy?.errorsByClass).toEqual({ http_5xx: (buy?.completed ?? 0) - (buy?.good ?? 0) });
  expect([list?.latency.p50, buy?.latency.p50]).toEqual([expect.closeTo(0.01, 2), expect.closeTo(0.05, 2)]);
});

test('where arrivals make several requests, their number is told too', () => {
  const steps = ['a', 'b', 'c', 'd'].map((name) => requestOf({ name }));
  const script = scriptOf({ classes: [{ name: 'walk', weight: 1, session: false, steps }] });
  const run = simulate({ script, answering: () => ({ after: 0.01, status: 200 }), order: stepOrder({ rate: 200 }) });
  const record = stepRecord({
    step,
    span: { from: epoch(1001), to: epoch(1010) },
    before: snapshotOf([tallyOf(4)]),
    after: snapshotOf([run.tally]),
    ends: [run.ended?.windows[0]],
    names: ['a', 'b', 'c', 'd'],
    firsts: firstOfWalks(script),
    slowest: [],
    complete: true,
    stopped: undefined,
  });
  expect(record.offered).toBeCloseTo(200, 0);
  expect(record.arrivals).toBeCloseTo(50, 0);
  expect(firstOfWalks(scriptOf())).toEqual([]);
});

test('halted at 5.5 s, half way: the rates are over the 4.5 s that were measured', () => {
  const record = recorded(() => ({ after: 0.01, status: 200 }), 5.5);
  expect(record.complete).toBe(false);
  expect(record.span.to).toBeCloseTo(1005.5, 1);
  expect(record.offered).toBeCloseTo(200, -1);
});

test('halted while it settled, it measured nothing, and says so with zeros and no latency', () => {
  const record = recorded(() => ({ after: 0.01, status: 200 }), 0.5);
  expect(record).toMatchObject({
    offered: 0,
    throughput: 0,
    goodput: 0,
    sent: 0,
    inFlight: undefined,
    complete: false,
  });
  expect(record.latency).toEqual({ mean: undefined, p50: undefined, p90: undefined, p99: undefined, quantiles: [] });
});
