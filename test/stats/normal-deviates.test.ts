import { expect, test } from 'vitest';
import { seeded } from '../../src/model/random.ts';
import { normalDeviates } from '../../src/stats/normal-deviates.ts';
import { normalQuantile } from '../../src/stats/normal-quantile.ts';

test('they are the quantiles of the numbers of the seed, the same however many were asked for before', () => {
  const random = seeded(7);
  const expected = Array.from({ length: 50 }, () => normalQuantile(random()));
  expect(normalDeviates(7, 3).slice(0, 3)).toEqual(expected.slice(0, 3));
  expect(normalDeviates(7, 50).slice(0, 50)).toEqual(expected);
  expect(normalDeviates(7, 2).slice(0, 2)).toEqual(expected.slice(0, 2));
});

test('their mean is 0 and their variance 1, within four standard errors of 10,000', () => {
  const values = normalDeviates(8, 10_000).slice(0, 10_000);
  const mean = values.reduce((sum, z) => sum + z, 0) / values.length;
  const variance = values.reduce((sum, z) => sum + (z - mean) ** 2, 0) / (values.length - 1);
  expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(values.length));
  expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / values.length));
});
