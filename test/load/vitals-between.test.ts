import { expect, test } from 'vitest';
import { vitalsBetween } from '../../src/load/vitals-between.ts';

const at10 = { at: 10, loopBusy: 2, cpu: 1, runQueue: 0.1, periods: { all: 100, throttled: 5 } };

test('shares of the time between two readings; of the periods, for throttling', () => {
  const at20 = { at: 20, loopBusy: 7, cpu: 5, runQueue: 0.6, periods: { all: 200, throttled: 30 } };
  expect(vitalsBetween(at10, at20)).toEqual({ loop: 0.5, cpu: 0.4, runQueue: 0.05, throttled: 0.25 });
});

test('what the system does not tell stays untold', () => {
  const at20 = { at: 20, loopBusy: 2, cpu: 1, runQueue: undefined, periods: undefined };
  expect(vitalsBetween(at10, at20)).toEqual({ loop: 0, cpu: 0, runQueue: undefined, throttled: undefined });
});

test('without a quota no period passes, and none is throttled', () => {
  expect(vitalsBetween(at10, { ...at10, at: 20 })?.throttled).toBe(0);
});

test('between two readings at one time there is nothing to say', () => {
  expect(vitalsBetween(at10, at10)).toBeUndefined();
});
