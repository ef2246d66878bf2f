import { expect, test } from 'vitest';
import { followedUpTo } from '../../src/analyse/turned-away.ts';
import { viewWith } from './windows.ts';

const windowsOf = (...shares: readonly (readonly [load: number, failing: number])[]) =>
  viewWith(shares.map(([load, failing]) => ({ load, throughput: load, goodput: load * (1 - failing) }))).windows;

test('between 1 % that fails at 1000/s and 9 % at 2000/s, 3 % fail at 1414/s by a power of the load, at 1250/s by a line', () => {
  const found = followedUpTo(windowsOf([500, 0], [1000, 0.01], [2000, 0.09]));
  // 0.97 of those; the goodput of the window beyond, 1820, may still be called carried
  expect(found).toEqual({
    value: expect.closeTo(0.97 * 1414, -1),
    low: expect.closeTo(0.97 * 1250, -1),
    high: expect.closeTo(1820, 6),
  });
});

test('a lapse below does not count, only from where on too many fail for good', () => {
  const found = followedUpTo(windowsOf([500, 0.1], [1000, 0.01], [2000, 0.09]));
  expect(found?.value).toBeCloseTo(0.97 * 1414, -1);
});

test('where all fails, or nothing does, nothing is followed up to anywhere', () => {
  expect(followedUpTo(windowsOf([1000, 0.1], [2000, 0.2]))).toBeUndefined();
  expect(followedUpTo(windowsOf([1000, 0], [2000, 0]))).toBeUndefined();
});
