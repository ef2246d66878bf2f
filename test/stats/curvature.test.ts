import fc from 'fast-check';
import { expect, test } from 'vitest';
import { curvature } from '../../src/stats/curvature.ts';

test('a bent series has the quadratic term and p of R lm(y ~ x + I(x²)) (numpy and scipy 1.17)', () => {
  const found = curvature([1, 2, 3, 4, 5, 6, 7, 8], [1.0, 2.2, 3.1, 4.9, 6.2, 8.3, 10.1, 12.6]);
  expect(found?.coefficient).toBeCloseTo(0.10595238, 8);
  expect(found?.p).toBeCloseTo(0.0005391754943944667, 9);
});

test('squares have coefficient 1; their upper half is twice as steep: (25 − 9)/2 against (9 − 1)/2', () => {
  const found = curvature([1, 2, 3, 4, 5], [1, 4, 9, 16, 25]);
  expect(found?.coefficient).toBeCloseTo(1, 10);
  expect(found?.slopeRatio).toBeCloseTo(2, 10);
  expect(found?.p).toBeLessThan(1e-9);
});

test('an exact line is not bent', () => {
  expect(curvature([1, 2, 3, 4, 5], [10, 20, 30, 40, 50])).toEqual({
    coefficient: expect.closeTo(0, 10),
    p: expect.closeTo(1, 3),
    slopeRatio: expect.closeTo(1, 10),
  });
});

test('three points, or two different x, do not tell', () => {
  expect(curvature([1, 2, 3], [1, 2, 4])).toBeUndefined();
  expect(curvature([1, 1, 2, 2], [1, 2, 3, 4])).toBeUndefined();
});

test('a flat lower half has no slope to compare with', () => {
  expect(curvature([1, 2, 3, 4, 5], [1, 1, 1, 2, 3])?.slopeRatio).toBeUndefined();
});

test('p depends on neither unit', () => {
  const noise = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 });
  const x = [1, 2, 3, 4, 5, 6];
  fc.assert(
    fc.property(noise, (errors) => {
      const y = x.map((at, i) => at + (errors[i] ?? 0));
      const scaled = curvature(
        x.map((at) => at * 1000 + 5),
        y.map((height) => height / 1000),
      );
      expect(scaled?.p).toBeCloseTo(curvature(x, y)?.p ?? Number.NaN, 6);
    }),
    { seed: 1 },
  );
});
