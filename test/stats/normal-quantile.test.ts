import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalProbability } from '../../src/stats/normal-probability.ts';
import { normalQuantile } from '../../src/stats/normal-quantile.ts';

test.each([
  [0.975, 1.959963984540054],
  [0.9, 1.2815515655446004],
  [0.51, 0.02506890825871106],
  [1e-5, -4.264890793922825],
  [1e-20, -9.262340089798409],
])('the quantile at %d is that of R qnorm', (p, expected) => {
  expect(normalQuantile(p)).toBeCloseTo(expected, 10);
});

test('it turns the probability back', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (p) => {
      expect(normalProbability(normalQuantile(p))).toBeCloseTo(p, 12);
    }),
    { seed: 1 },
  );
});

test('a probability of 1 has no quantile', () => {
  expect(() => normalQuantile(1)).toThrow('a quantile needs a probability above 0 and below 1, not 1');
});
