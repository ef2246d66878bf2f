import { expect, test } from 'vitest';
import { kendallTrend } from '../../src/stats/kendall-trend.ts';

test('without ties p is exact (scipy 1.17 kendalltau; R cor.test)', () => {
  const found = kendallTrend([1, 3, 2, 5, 4, 7, 6, 8]);
  expect(found?.tau).toBeCloseTo(0.7857142857142856, 12);
  expect(found?.p).toBeCloseTo(0.005505952380952381, 12);
});

test('1 2 4 3 is one swap from sorted: 4 of 24 orders are as close, both ways make 8 of 24', () => {
  const found = kendallTrend([1, 2, 4, 3]);
  expect(found?.tau).toBeCloseTo(4 / 6, 12);
  expect(found?.p).toBeCloseTo(8 / 24, 12);
});

test('with ties it is tau-b (scipy 1.17), and p is normal with the correction for continuity: (28 − 1)/√90 = 2.846', () => {
  const found = kendallTrend([5, 4, 4, 6, 7, 7, 9, 8, 10]);
  expect(found?.tau).toBeCloseTo(0.8003267306650412, 12);
  expect(found?.p).toBeCloseTo(0.004427, 6);
});

test('a falling series of 60 values, too long to count out, is a sure trend', () => {
  const found = kendallTrend(Array.from({ length: 60 }, (_, i) => -i));
  expect(found?.tau).toBe(-1);
  expect(found?.p).toBeLessThan(1e-12);
});

test('a series as often up as down has none', () => {
  expect(kendallTrend([2, 1, 4, 3, 2, 3, 1, 4])?.p).toBeGreaterThan(0.5);
});

test('two values, or values all alike, do not tell', () => {
  expect(kendallTrend([1, 2])).toBeUndefined();
  expect(kendallTrend([3, 3, 3, 3])).toBeUndefined();
});
