import { expect, test } from 'vitest';
import { gammaProbabilities } from '../../src/stats/gamma-probabilities.ts';

test.each([
  [0.5, 0.3, 0.5614219739190003, 0.4385780260809997],
  [3, 2, 0.32332358381693654, 0.6766764161830634],
  [10, 15, 0.9301463393005901, 0.06985366069940986],
  [100, 90, 0.15822098918643007, 0.84177901081357],
])('shape %d at %d is that of scipy 1.17 gamma.cdf and gamma.sf', (shape, x, below, above) => {
  expect(gammaProbabilities(shape, x).below).toBeCloseTo(below, 12);
  expect(gammaProbabilities(shape, x).above).toBeCloseTo(above, 12);
});

test('a far tail keeps its digits: Q(1, 50) = e⁻⁵⁰', () => {
  expect(gammaProbabilities(1, 50).above / Math.exp(-50)).toBeCloseTo(1, 12);
});
