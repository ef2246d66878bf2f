import { expect, test } from 'vitest';
import { leakOf } from '../../../src/analyse/holds/leak.ts';
import { viewOf } from '../../../src/analyse/seen/view.ts';
import type { Resource } from '../../../src/model/resource.ts';
import type { FilledInTime, Row, Window } from '../../../src/model/sheet.ts';
import { perSecond, seconds } from '../../../src/model/units.ts';
import { caseWith, sheetOf } from '../windows.ts';

/** A pool read in four parts of each ten-second window, with as many requests inside as units in use. */
function judged(
  quarters: readonly (readonly number[])[],
  load = (i: number) => 50 + 10 * i,
  of = 20,
  resource: Partial<Resource> = { kind: 'pool', layer: 'hold' },
  queueReads?: string,
  windows: readonly Partial<Window>[] = [],
  inTime?: FilledInTime,
) {
  const usage = quarters.map((parts) => parts.reduce((sum, part) => sum + part, 0) / parts.length);
  const one = caseWith({ usage, of, rows: { usage: 0 }, queueReads }, resource);
  const row: Row = {
    resource: one.resource,
    at: {},
    role: 'usage',
    readings: quarters.map((blocks, i) => ({ kind: 'value', value: usage[i] ?? 0, blocks, samples: 10 })),
    interval: seconds(1),
    floor: 0,
    ...(inTime && { inTime }),
    evidence: { role: 'usage', source: 'test', promql: 'pool' },
  };
  const { windows: told, ...rest } = sheetOf(usage.map((_, i) => ({ load: load(i) })));
  const inside = told.map((window, i) => ({ ...window, inFlight: { mean: usage[i] ?? 0, growth: 0 }, ...windows[i] }));
  const sheet = { ...rest, windows: inside, rows: [row] };
  return leakOf(one, viewOf(sheet), sheet);
}

/** 0.3 more every second, in windows that follow each other. */
const leaking = Array.from({ length: 6 }, (_, i) => [0, 1, 2, 3].map((part) => 1 + 0.3 * (10 * i + 2.5 * part)));

test('0.3 connections a second at any load are a leak; the last window had 17.125 in its middle, so 18.625 at its end, and 1.375 are left', () => {
  expect(judged(leaking)).toMatchObject({
    perSecond: { value: expect.closeTo(0.3, 6) },
    fillsIn: expect.closeTo(1.375 / 0.3, 6),
  });
});

test('steps that rise with load, flat inside each, are no leak', () => {
  const steps = Array.from({ length: 6 }, (_, i) => [0, 1, 2, 3].map((part) => 2 + 3 * i + (part % 2 ? 0.1 : -0.1)));
  expect(judged(steps)).toBeUndefined();
});

test('one window at the knee that fills does not make a leak of five that do not', () => {
  const knee = leaking.map((parts, i) =>
    i === 4 ? [4, 8, 12, 16] : parts.map((_, part) => 2 + i + (part % 2 ? 0.1 : -0.1)),
  );
  expect(judged(knee)).toBeUndefined();
});

test('growth that is little beside what work uses is not told', () => {
  expect(judged(leaking.map((parts) => parts.map((used) => 12 + used / 20)))).toBeUndefined();
});

test('two windows are too few', () => {
  expect(judged(leaking.slice(0, 2))).toBeUndefined();
});

test('one in a hundred requests that keeps its connection is a leak of the work, however the load rises', () => {
  let used = 0;
  const byWork = Array.from({ length: 6 }, (_, i) =>
    [0, 1, 2, 3].map(() => {
      used += 0.01 * 2.5 * (20 + 10 * i);
      return used;
    }),
  );
  const found = judged(byWork, (i) => 20 + 10 * i, 40);
  expect(found?.perSecond).toBeUndefined();
  expect(found?.perRequest?.value).toBeCloseTo(0.01, 4);
});

test('space that fills so is told too, up to where it was emptied', () => {
  const filling = [...leaking.slice(0, 5), [0.2, 0.4, 0.6, 0.8]];
  const [space, pool] = [judged(filling, undefined, 20, { kind: 'space', layer: 'leaf' }), judged(filling)];
  expect(space?.perSecond?.value).toBeCloseTo(0.3, 6);
  expect(pool).toEqual(space);
});

test('a heap grows until it is collected: that is no leak', () => {
  const heap: Partial<Resource> = { kind: 'space', layer: 'leaf', resource: 'heap' };
  expect(judged(leaking, () => 50, 20, heap)).toBeDefined();
  expect(judged(leaking, () => 50, 20, heap, '$ratio of the time in collections')).toBeUndefined();
});

test('space that is mostly empty at the end has long to go, and is not told', () => {
  const space: Partial<Resource> = { kind: 'space', layer: 'leaf' };
  expect(judged(leaking, undefined, 30, space)).toBeDefined();
  expect(judged(leaking, undefined, 100, space)).toBeUndefined();
});

test('two of a hundred connections that are not given back by the end of a run may be chance, and three are not', () => {
  const kept = (units: number) =>
    judged(
      Array.from({ length: 6 }, (_, i) => [0, 1, 2, 3].map((part) => 0.2 + (units / 60) * (10 * i + 2.5 * part))),
      () => 50,
      100,
    );
  expect(kept(2.4)).toBeUndefined();
  expect(kept(4)?.unexplained).toBeGreaterThan(3);
});

test('where ever more requests are inside, or the target falls behind, what they keep is no leak', () => {
  const told = (window: Partial<Window>) => judged(leaking, undefined, 20, undefined, undefined, Array(6).fill(window));
  expect(told({ inFlight: { mean: 9, growth: 1 } })).toBeUndefined();
  expect(told({ goodput: perSecond(20) })).toBeUndefined();
  expect(told({ inFlight: { mean: 9, growth: 0.5 } })).toBeDefined();
});

test('what grows in the first half of the time only, as pools that keep open what their highest peak took, is no leak', () => {
  const peak = Array.from({ length: 12 }, (_, i) =>
    [0, 1, 2, 3].map((part) => 1 + 0.3 * Math.min(45, 10 * i + 2.5 * part)),
  );
  expect(judged(peak, () => 50)).toBeUndefined();
});

test('a load that rises for half an hour keeps ever more in use, in each window and from window to window: that is what so much work keeps, and no leak', () => {
  // 16 ms a request: 1.6 units at 100/s, 4.8 at 300/s, rising inside each window as the load does
  const loads = Array.from({ length: 8 }, (_, i) => 100 + 28 * i);
  const rising = loads.map((load) => [-9, -3, 3, 9].map((more) => 0.016 * (load + more)));
  expect(judged(rising, (i) => loads[i] ?? 0, 5)).toBeUndefined();
  // beside 0.3 more every second that nothing gives back it is one
  const leaky = rising.map((parts, i) => parts.map((used, part) => used + 0.3 * (10 * i + 2.5 * part)));
  expect(judged(leaky, (i) => loads[i] ?? 0, 30)).toBeDefined();
});

test('what fills from restart to restart has so long from one to when it is full, whatever its windows show', () => {
  const flat = leaking.map(() => [2, 2, 2, 2]);
  const each = { kind: 'interval', value: 0.01, low: 0.009, high: 0.011 } as const;
  const found = judged(flat, undefined, 20, { kind: 'space', layer: 'leaf' }, undefined, [], {
    goesWith: 'time',
    each,
    pace: 0.01,
    empty: 4,
    last: 15,
  });
  expect(found).toEqual({ perSecond: each, unexplained: 11, fillsIn: 500, fullAfter: 1600 });
});
