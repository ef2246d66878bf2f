import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mannWhitney } from '../../src/stats/mann-whitney.ts';

test('permeability of membranes (Hollander & Wolfe; R wilcox.test): p = 0.2544 exactly', () => {
  const term = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
  const earlier = [1.15, 0.88, 0.9, 0.74, 1.21];
  const found = mannWhitney(earlier, term);
  expect(found.u).toBe(35);
  expect(found.p).toBeCloseTo(0.2544122544122544, 12);
  expect(found.delta).toBeCloseTo(0.4, 12);
});

test('three against three wholly above: 2 of 20 arrangements', () => {
  expect(mannWhitney([1, 2, 3], [4, 5, 6])).toEqual({ u: 9, p: expect.closeTo(0.1, 12), delta: 1 });
});

test('ties are halves, and p is normal with the corrections (scipy 1.17: 0.12638)', () => {
  const found = mannWhitney([1, 2, 2, 3, 3], [2, 3, 3, 4, 7]);
  expect(found.u).toBe(20);
  expect(found.p).toBeCloseTo(0.1263793876085155, 10);
});

test('values all alike do not differ', () => {
  expect(mannWhitney([5, 5], [5, 5, 5])).toEqual({ u: 3, p: 1, delta: 0 });
});

test('exchanging the samples turns delta and keeps p', () => {
  const sample = fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(sample, sample, (a, b) => {
      const one = mannWhitney(a, b);
      const other = mannWhitney(b, a);
      expect(other.delta).toBeCloseTo(-one.delta, 12);
      expect(other.p).toBeCloseTo(one.p, 10);
    }),
    { seed: 1 },
  );
});

test('an empty side is no comparison', () => {
  expect(() => mannWhitney([], [1])).toThrow('a comparison needs a value on each side');
});
