import fc from 'fast-check';
import { expect, test } from 'vitest';
import { line } from '../../src/stats/line.ts';

const x = [1, 2, 3, 4, 5, 6, 7, 8];
const y = [2.1, 3.9, 6.2, 7.8, 10.3, 11.7, 14.4, 15.9];

test('an unweighted line has the coefficients and errors of R lm (scipy 1.17 linregress)', () => {
  const fit = line(x, y);
  expect(fit.intercept).toBeCloseTo(0.032142857142856585, 12);
  expect(fit.slope).toBeCloseTo(2.001190476190476, 12);
  expect(fit.interceptError).toBeCloseTo(0.21069242555426798, 12);
  expect(fit.slopeError).toBeCloseTo(0.041723317497270866, 12);
  expect(fit.residualSd).toBeCloseTo(0.2704, 4);
  expect(fit.df).toBe(6);
});

test('weights count as in R lm(weights =), by the normal equations in numpy', () => {
  const fit = line(x, y, [1, 1, 2, 2, 1, 4, 1, 1]);
  expect(fit.intercept).toBeCloseTo(0.08181818, 8);
  expect(fit.slope).toBeCloseTo(1.97272727, 8);
  expect(fit.interceptError).toBeCloseTo(0.25002112, 8);
  expect(fit.slopeError).toBeCloseTo(0.04910587, 8);
  expect(fit.covariance).toBeCloseTo(-0.01131496786042243, 12);
  expect(fit.residualSd).toBeCloseTo(0.34989175815420787, 12);
});

test('a point without weight is not there', () => {
  const weights = [1, 1, 1, 1, 1, 1, 1, 0];
  expect(line(x, y, weights).slope).toBeCloseTo(line(x.slice(0, 7), y.slice(0, 7)).slope, 12);
  expect(line(x, y, weights).slopeError).toBeCloseTo(line(x.slice(0, 7), y.slice(0, 7)).slopeError, 12);
});

const heights = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 8, maxLength: 8 });

test('doubling y doubles the line; moving x moves only the intercept', () => {
  fc.assert(
    fc.property(heights, (values) => {
      const fit = line(x, values);
      const doubled = line(
        x,
        values.map((v) => 2 * v),
      );
      const moved = line(
        x.map((at) => at + 10),
        values,
      );
      expect(doubled.slope).toBeCloseTo(2 * fit.slope, 8);
      expect(doubled.slopeError).toBeCloseTo(2 * fit.slopeError, 8);
      expect(moved.slope).toBeCloseTo(fit.slope, 8);
      expect(moved.intercept).toBeCloseTo(fit.intercept - 10 * fit.slope, 7);
    }),
    { seed: 1 },
  );
});

test('the order of the points does not matter', () => {
  fc.assert(
    fc.property(heights, (values) => {
      expect(line(x.toReversed(), values.toReversed()).slope).toBeCloseTo(line(x, values).slope, 10);
    }),
    { seed: 1 },
  );
});

test('what cannot be fitted says why', () => {
  expect(() => line([1, 2], [1, 2])).toThrow('a line with errors needs three points or more, not 2');
  expect(() => line([3, 3, 3], [1, 2, 3])).toThrow('a line needs two different x, not only 3');
  expect(() => line([1, 2, 3], [1, 2])).toThrow('a line needs lists of one length, not 3, 2 and 3');
});
