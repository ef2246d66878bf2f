import { expect, test } from 'vitest';
import { huberLine } from '../../src/stats/huber-line.ts';
import { line } from '../../src/stats/line.ts';

test('one wild point among six on the diagonal hardly moves it, where least squares follows', () => {
  const y = [1, 2, 3, 4, 5, 60];
  expect(huberLine([1, 2, 3, 4, 5, 6], y).slope).toBeCloseTo(1, 6);
  expect(line([1, 2, 3, 4, 5, 6], y).slope).toBeCloseTo(8.714, 3);
});

test('where no point is further off than 1.345 deviations it is least squares', () => {
  const y = [1.1, 1.9, 3.1, 3.9, 5.1, 5.9];
  expect(huberLine([1, 2, 3, 4, 5, 6], y).slope).toBeCloseTo(line([1, 2, 3, 4, 5, 6], y).slope, 12);
});

test('points exactly on a line stay there', () => {
  const fit = huberLine([1, 2, 3, 4], [3, 5, 7, 9]);
  expect(fit.slope).toBeCloseTo(2, 12);
  expect(fit.intercept).toBeCloseTo(1, 12);
});

test('a line of zeros is flat', () => {
  expect(huberLine([1, 2, 3], [0, 0, 0]).slope).toBe(0);
});
