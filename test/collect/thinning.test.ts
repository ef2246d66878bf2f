import { expect, test } from 'vitest';
import { thinningOf } from '../../src/collect/thinning.ts';
import { epoch } from '../../src/model/units.ts';

const hours = (count: number) => ({ from: epoch(0), to: epoch(count * 3600) });

test('half a day is read as it was scraped; two weeks every five minutes: 4032 points a series', () => {
  expect(thinningOf(hours(12), 5000)).toBeUndefined();
  expect(thinningOf(hours(24))).toBe(60);
  expect(thinningOf(hours(14 * 24), 200)).toBe(300);
  expect(thinningOf(hours(90 * 24))).toBe(3600);
});

test('many series are asked for less often: no more than four million points at once', () => {
  // 5000 series over 14 days: every 300 s would be 20 million points, every 1800 s is 3.4 million.
  expect(thinningOf(hours(14 * 24), 5000)).toBe(1800);
});
