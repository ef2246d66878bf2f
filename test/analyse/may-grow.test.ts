import { expect, test } from 'vitest';
import { costsOf } from '../../src/analyse/costs.ts';
import { growthOf } from '../../src/analyse/may-grow.ts';
import { caseWith, viewWith } from './windows.ts';

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
  waitsFor: () => false,
  lifted: () => false,
  byLoad: () => false,
  inWork: () => undefined,
  others: () => undefined,
};
const two = loads.map(() => 2);

test('an autoscaler below its maximum that has what it wants may make more', () => {
  expect(growthOf('api', [count(two, 3)])).toEqual({ count: two, most: 3 });
  expect(growthOf('api', [count(two, 2)])).toBeUndefined();
  expect(growthOf('db', [count(two, 3)])).toBeUndefined();
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
