import { expect, test } from 'vitest';
import { costsOf } from '../../../src/analyse/cost/costs.ts';
import { growthOf } from '../../../src/analyse/seen/may-grow.ts';
import { caseWith, viewWith } from '../windows.ts';

const loads = [4, 6, 8, 10, 12];
const view = viewWith(loads.map((load) => ({ load })));
const sustained = loads.map(() => true);
const count = (now: readonly number[], of: number, queue = 0) =>
  caseWith(
    { usage: now, of, queue: now.map(() => queue), queueFloor: 0.1 },
    { resource: 'replicas', kind: 'external', unit: 'pods' },
  );
/** A tenth of a core for each request, two pods of two cores. */
const pods = ['a', 'b'].map((pod) => ({
  ...caseWith({ usage: loads.map((load) => 0.05 * load), of: 2 }, { resource: 'cpu-quota', kind: 'quota' }),
  at: { pod },
}));
const asked = {
  components: [],
  waitsFor: () => false,
  lifted: () => false,
  byLoad: () => false,
  inWork: () => undefined,
  others: () => undefined,
  fed: () => false,
};
const two = loads.map(() => 2);
/** 0.1 cores a request, on one pod of 2 cores and from 8/s on on two. */
const shares = loads.map((load) => (load < 8 ? load : load / 2) * 0.1);
const scaled = [
  { ...caseWith({ usage: shares, of: 2 }, { resource: 'cpu-quota', kind: 'quota' }), at: { pod: 'a' } },
  {
    ...caseWith(
      { usage: shares.map((used, i) => ((loads[i] ?? 0) < 8 ? undefined : used)), of: 2 },
      { resource: 'cpu-quota', kind: 'quota' },
    ),
    at: { pod: 'b' },
  },
];

test('an autoscaler below its maximum that has what it wants may make more', () => {
  expect(growthOf('api', [count(two, 3)])).toEqual({ count: two, most: 3 });
  expect(growthOf('api', [count(two, 2)])).toBeUndefined();
  expect(growthOf('db', [count(two, 3)])).toBeUndefined();
});

test('one that came to its end, or found no room, carries what those do that there are, and what fewer carried tells of them', () => {
  const rising = [1, 1, 2, 2, 3];
  expect(growthOf('api', [count(rising, 3)])).toEqual({ count: rising, most: 3 });
  const stays = [1, 1, 2, 3, 3];
  expect(growthOf('api', [count(stays, 5, 0.3)])).toEqual({ count: stays, most: 3 });
  // one more came last: whether there is room for the next is not known
  expect(growthOf('api', [count(rising, 5, 0.3)])).toEqual({ count: rising, most: 3, perhaps: 5 });
});

test('the line of an autoscaler that is at its end goes through all windows, however many instances there were in each', () => {
  const replicas = count([1, 1, 2, 2, 2], 2);
  const costs = costsOf([replicas, ...scaled], view, sustained, asked);
  const rates = [...scaled, replicas].map((one) => costs.get(one)?.capacity?.rate);
  for (const rate of rates) expect(rate).toMatchObject({ kind: 'interval', value: expect.closeTo(40, 0) });
});

test('an autoscaler whose pods find no room does not end where its number does', () => {
  const waiting = count([1, 1, 2, 2, 2], 5, 0.3);
  expect(costsOf([waiting, ...scaled], view, sustained, asked).get(waiting)?.capacity).toBeUndefined();
});

test('while more of them are on their way there may be room for as many as may be: 5 instead of 2', () => {
  const endOf = (before: number) => {
    const costs = costsOf([count([1, 1, before, before, 2], 5, 0.3), ...scaled], view, sustained, asked);
    return scaled.map((one) => costs.get(one)?.capacity?.rate)[0];
  };
  const [coming, stuck] = [endOf(1.99), endOf(2)];
  if (coming?.kind !== 'interval' || stuck?.kind !== 'interval') throw new Error('no interval');
  expect(coming.high).toBeGreaterThan(2 * coming.value);
  expect(stuck.high).toBeLessThan(1.2 * stuck.value);
});

test('one whose pods are a third above their target and that adds none has no room for more', () =>
  expect(growthOf('api', [count(two, 3, 0.3)])).toBeUndefined());

test('two pods of 2 cores carry 40/s at 0.1 cores a request, and the three that there may be carry 60/s', () => {
  const endOf = (of: number) => {
    const [replicas, [pod]] = [count(two, of), pods];
    const costs = costsOf([replicas, ...pods], view, sustained, asked);
    return [pod, replicas].map((one) => one && costs.get(one)?.capacity);
  };
  expect(endOf(2)[0]?.rate).toMatchObject({ value: expect.closeTo(40, 0) });
  const [pod, replicas] = endOf(3);
  expect(pod?.rate).toMatchObject({ kind: 'at-least' });
  expect(pod?.indicative).toBeCloseTo(60, 0);
  // being three is no end: what three carry is
  expect(replicas?.rate).toMatchObject({ kind: 'at-least' });
});

test('a pod of which nothing was read yet is one of those that there may be, and hides nothing', () => {
  const unread = {
    ...caseWith({ usage: loads.map(() => undefined), of: 2 }, { resource: 'cpu-quota', kind: 'quota' }),
    at: { pod: 'c' },
  };
  const all = [count(two, 3), ...pods, unread];
  expect(costsOf(all, view, sustained, asked).get(unread)?.capacity?.indicative).toBeCloseTo(60, 0);
});
