import { expect, test } from 'vitest';
import { continuedFraction } from '../../src/stats/continued-fraction.ts';

test('1 + 1/(1 + 1/(1 + …)) is the golden ratio', () => {
  expect(continuedFraction(1, () => [1, 1])).toBeCloseTo((1 + Math.sqrt(5)) / 2, 14);
});

test('1/(1 + 1²/(3 + 2²/(5 + …))) is a quarter of pi, from a first term of 0', () => {
  const value = continuedFraction(0, (n) => [n === 1 ? 1 : (n - 1) ** 2, 2 * n - 1]);
  expect(value).toBeCloseTo(Math.PI / 4, 14);
});
