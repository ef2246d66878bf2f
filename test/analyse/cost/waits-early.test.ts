import { expect, test } from 'vitest';
import { costOf } from '../../../src/analyse/cost/demand.ts';
import { waitsEarly } from '../../../src/analyse/cost/waits-early.ts';
import { leastWithoutEnd } from '../../../src/analyse/cost/without-end.ts';
import { caseWith, viewWith } from '../windows.ts';

const sustained = [true, true, true, true, true, true];
const usage = [0, 0, 0, 0.2, 0.3, 0.4];

/** What waits counts from half a session on; a tenth is noticed. */
const lock = (queue: readonly number[]) =>
  caseWith({ usage: queue, queue, queueFloor: 0.5 }, { resource: 'locks', kind: 'servers', unit: 'sessions' });

test('sessions that begin to wait for a lock, of which no use is told, show that it ends somewhere', () => {
  expect(waitsEarly(lock(usage), sustained)).toBe(true);
  expect(waitsEarly(lock([0, 0, 0, 0, 0, 0.05]), sustained)).toBe(false);
  expect(waitsEarly(lock([0.3, 0.3, 0.3, 0.3, 0.3, 0.4]), sustained)).toBe(false);
});

test('nothing is told from three windows', () => expect(waitsEarly(lock([0, 0.5, 1]), [true, true, true])).toBe(false));

/** A tenth of its stated operations is used, and each takes 3 ms at low load. */
const disk = (took: readonly number[], of = 1000, resource = 'operations') =>
  caseWith(
    { usage: [50, 60, 70, 80, 90, 100], of, queue: took, queueFloor: 0.001, queueReads: '$seconds an operation' },
    { component: 'node', resource, kind: 'rate', unit: 'operations/s' },
  );
const slower = [0.003, 0.003, 0.0032, 0.0035, 0.0045, 0.0055];

test('a device that is half as slow again at a tenth of its stated operations ends before them', () => {
  expect(waitsEarly(disk(slower), sustained)).toBe(true);
  expect(waitsEarly(disk([0.003, 0.003, 0.003, 0.003, 0.0032, 0.0032]), sustained)).toBe(false);
  expect(waitsEarly(disk(slower, 200), sustained)).toBe(false);
});

test('a fifth slower is enough where it is slower at every load than at the one before, and not where it is so at some', () => {
  const fifth = [0.006, 0.0062, 0.0065, 0.0068, 0.0072, 0.0075];
  expect(waitsEarly(disk(fifth), sustained)).toBe(true);
  expect(waitsEarly(disk([0.0062, 0.006, 0.0062, 0.0068, 0.0075, 0.0072].toReversed()), sustained)).toBe(false);
  expect(waitsEarly(disk([0.006, 0.0075, 0.0062, 0.006, 0.0078, 0.0068]), sustained)).toBe(false);
});

test('what is slow because of its operations is no sign of its bytes', () => {
  expect(waitsEarly(disk(slower, 1000, 'bytes'), sustained, [disk(slower, 200)])).toBe(false);
});

test('nothing is claimed beyond what was carried where something waits early that shows no end', () => {
  expect(leastWithoutEnd([lock(usage)], new Map(), { carried: 300, sustained })).toBe(300);
  expect(leastWithoutEnd([lock([0, 0, 0, 0, 0, 0])], new Map(), { carried: 300, sustained })).toBe(
    Number.POSITIVE_INFINITY,
  );
});

test('a pool of 4 that refuses at moments ends between what chance leaves of it, 31 %, and all of it', () => {
  const loads = [10, 12, 14, 16, 18, 20];
  const view = viewWith(loads.map((load) => ({ load })));
  const refusals = [0, 0, 0, 0, 0.02, 0.05];
  const pool = caseWith(
    { usage: loads.map((load) => 0.08 * load), of: 4, refusals },
    { resource: 'pool', kind: 'pool', layer: 'hold', unit: 'connections' },
  );
  expect(waitsEarly(pool, sustained)).toBe(true);
  const { capacity } = costOf(pool, view, sustained);
  // 4 ÷ 80 ms = 50/s; by Erlang's tables 4 lines lose 3 % of 1.26 erlangs: 1.22 ÷ 4 = 0.306 of them in use
  expect(capacity?.rate).toMatchObject({ kind: 'interval', value: expect.closeTo((50 * (1 + 0.306)) / 2, 1) });
  expect(capacity?.rate.kind === 'interval' && capacity.rate.low).toBeLessThan(15.3);
});
