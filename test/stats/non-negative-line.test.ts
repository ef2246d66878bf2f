import fc from 'fast-check';
import { expect, test } from 'vitest';
import { line } from '../../src/stats/line.ts';
import { nonNegativeLine } from '../../src/stats/non-negative-line.ts';

test('a line that keeps to the bounds is the free one', () => {
  expect(nonNegativeLine([1, 2, 3], [2, 3, 5])).toEqual(line([1, 2, 3], [2, 3, 5]));
});

test('a negative intercept is held at 0: the slope is Σxy/Σx² = 22/14 and one more degree of freedom is left', () => {
  const fit = nonNegativeLine([1, 2, 3], [1, 3, 5]);
  expect(fit.intercept).toBe(0);
  expect(fit.slope).toBeCloseTo(22 / 14, 12);
  expect(fit.interceptError).toBe(0);
  expect(fit.slopeError).toBeCloseTo(Math.sqrt((35 - 22 ** 2 / 14) / 2 / 14), 12);
  expect(fit.df).toBe(2);
});

test('a falling line is held flat at its mean', () => {
  const fit = nonNegativeLine([1, 2, 3], [9, 8, 4]);
  expect(fit.slope).toBe(0);
  expect(fit.intercept).toBe(7);
  expect(fit.interceptError).toBeCloseTo(Math.sqrt((4 + 1 + 9) / 2 / 3), 12);
});

test('no line with both coefficients at or above 0 on a grid fits better', () => {
  const x = [1, 2, 3, 4];
  const heights = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 4, maxLength: 4 });
  const misfit = (y: readonly number[], a: number, b: number) =>
    y.reduce((total, value, i) => total + (value - a - b * (x[i] ?? 0)) ** 2, 0);
  fc.assert(
    fc.property(heights, fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 }), (y, a, b) => {
      const fit = nonNegativeLine(x, y);
      expect(misfit(y, fit.intercept, fit.slope)).toBeLessThanOrEqual(misfit(y, a / 10, b / 10) + 1e-9);
    }),
    { seed: 1 },
  );
});
