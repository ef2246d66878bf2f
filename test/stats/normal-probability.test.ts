import { expect, test } from 'vitest';
import { normalProbability } from '../../src/stats/normal-probability.ts';

test.each([
  [-3, 0.0013498980316300933],
  [-1, 0.15865525393145707],
  [0, 0.5],
  [1.96, 0.9750021048517796],
])('Φ(%d) is that of R pnorm', (z, expected) => {
  expect(normalProbability(z)).toBeCloseTo(expected, 14);
});

test('eight standard deviations below keep their digits (R: 6.220961e-16)', () => {
  expect(normalProbability(-8) / 6.22096057427174e-16).toBeCloseTo(1, 10);
});
