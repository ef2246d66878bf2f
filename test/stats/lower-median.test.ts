import { expect, test } from 'vitest';
import { lowerMedian } from '../../src/stats/lower-median.ts';

test('the middle of three, the lower middle of four, nothing of none', () => {
  expect(lowerMedian([9, 1, 5])).toBe(5);
  expect(lowerMedian([4, 1, 3, 2])).toBe(2);
  expect(lowerMedian([])).toBe(0);
});
