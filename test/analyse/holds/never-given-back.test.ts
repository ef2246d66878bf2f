import { expect, test } from 'vitest';
import { neverGivenBack } from '../../../src/analyse/holds/never-given-back.ts';
import { caseWith, viewWith } from '../windows.ts';

/** Ten seconds at each load: up to the middle of each window 50, 200, 450, 800, 1250 requests were answered. */
const view = viewWith([10, 20, 30, 40, 50].map((load) => ({ load })));
/** Each request keeps a connection for 50 ms; one in a hundred keeps it for good. */
const booked = [0.5, 1, 1.5, 2, 2.5];
const lost = [0.5, 2, 4.5, 8, 12.5];
const pool = (usage: readonly number[], more: Partial<ReturnType<typeof caseWith>> = {}) =>
  caseWith({ usage, of: 30, booked, ...more }, { resource: 'pool', kind: 'pool', layer: 'hold', unit: 'connections' });
const used = booked.map((held, i) => held + (lost[i] ?? 0));

test('one in a hundred that is never booked is not given back: 12.5 of those in use at last', () => {
  expect(neverGivenBack(pool(used), view)).toEqual({
    perRequest: {
      kind: 'interval',
      value: expect.closeTo(0.01, 9),
      low: expect.closeTo(0.01, 9),
      high: expect.closeTo(0.01, 9),
    },
    unexplained: 12.5,
    fillsIn: undefined,
  });
});

test('what was lost before anybody looked is missing, and no request that was seen lost it', () => {
  const before = [8.9, 9.1, 8.95, 9.05, 8.9, 9.1, 9, 8.9, 9.1, 9];
  const inStep = pool(
    before.map((missing) => 2 + missing),
    { booked: before.map(() => 2), ceiling: before.map(() => 30) },
  );
  const found = neverGivenBack(inStep, viewWith(before.map((_, i) => ({ load: 40 + (i % 2) }))));
  expect(found).toEqual({ unexplained: 9, fillsIn: undefined });
});

test('what came to be missing besides is divided by the requests of that time alone', () => {
  const chance = [0, 0.1, -0.1, 0.1, 0];
  const more = booked.map((held, i) => held + 6 + (lost[i] ?? 0) / 2 + (chance[i] ?? 0));
  expect(neverGivenBack(pool(more), view)?.perRequest?.value).toBeCloseTo(0.005, 3);
});

test('sessions that keep as many from the beginning on are no leak', () =>
  expect(neverGivenBack(pool(booked.map((held) => held + 0.5)), view)).toBeUndefined());

test('what looks leave open is no leak either', () =>
  expect(neverGivenBack(pool(used, { usageError: used.map((value) => value / 2) }), view)).toBeUndefined());

test('where time is not booked whole nothing is told', () =>
  expect(neverGivenBack(pool(used, { booked: undefined }), view)).toBeUndefined());

test('what is kept longer than a window once the pool is full is not yet booked: two windows before that are too few', () => {
  const stuck = pool([0.5, 1, 30, 30, 30], { booked: [0.5, 1, 0.2, 0.1, 0.1] });
  expect(neverGivenBack(stuck, view)).toBeUndefined();
});
