import { expect, test } from 'vitest';
import { spearman } from '../../src/stats/spearman.ts';

test('IQ against hours of television: ρ −29/165, p 0.6272 (Wikipedia; scipy 1.17)', () => {
  const iq = [106, 86, 100, 101, 99, 103, 97, 113, 112, 110];
  const found = spearman(iq, [7, 0, 27, 50, 28, 29, 20, 12, 6, 17]);
  expect(found?.rho).toBeCloseTo(-29 / 165, 12);
  expect(found?.p).toBeCloseTo(0.6271883447764846, 10);
});

test('ties share their mean rank (scipy 1.17)', () => {
  const found = spearman([1, 2, 2, 3, 4], [2, 1, 3, 3, 5]);
  expect(found?.rho).toBeCloseTo(0.7631578947368421, 12);
  expect(found?.p).toBeCloseTo(0.13333911953180624, 10);
});

test('only the order counts', () => {
  expect(spearman([1, 2, 3, 4], [1, 10, 100, 1000])).toEqual({ rho: 1, p: 0 });
  expect(spearman([1, 2, 3, 4], [9, 8, 3, 1])).toEqual({ rho: -1, p: 0 });
});

test('two pairs, or a list that does not vary, have no rank correlation', () => {
  expect(spearman([1, 2], [1, 2])).toBeUndefined();
  expect(spearman([1, 2, 3], [5, 5, 5])).toBeUndefined();
});
