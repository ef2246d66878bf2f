import { expect, test } from 'vitest';
import { betaProbability } from '../../src/stats/beta-probability.ts';

test.each([
  [0.3, 2, 5, 0.579825],
  [0.9, 0.5, 0.5, 0.7951672353008665],
  [0.5, 20, 30, 0.923796114019261],
  [0.01, 1.5, 200, 0.7412388483060051],
])('I_%d(%d, %d) is that of scipy 1.17 beta.cdf', (x, a, b, expected) => {
  expect(betaProbability(x, a, b)).toBeCloseTo(expected, 12);
});

test('outside 0 to 1 the variable lies wholly on one side', () => {
  expect(betaProbability(-0.1, 2, 3)).toBe(0);
  expect(betaProbability(1.1, 2, 3)).toBe(1);
});
