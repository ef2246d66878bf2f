import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binomialInterval } from '../../src/stats/binomial-interval.ts';

test.each([
  [0, 10, 0, 0.27753279986288926],
  [8, 10, 0.4901624715366418, 0.9433178485456248],
  [10, 10, 0.7224672001371109, 1],
  [50, 1000, 0.03813026239274881, 0.06531382024425081],
])('%d of %d is that of scipy 1.17 proportion_ci(wilson)', (successes, trials, low, high) => {
  const found = binomialInterval(successes, trials);
  expect(found.low).toBeCloseTo(low, 10);
  expect(found.high).toBeCloseTo(high, 10);
});

test('failures mirror successes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 50 }), (k) => {
      expect(binomialInterval(50 - k, 50).low).toBeCloseTo(1 - binomialInterval(k, 50).high, 12);
    }),
    { seed: 1 },
  );
});

test('eleven of ten is no share', () => {
  expect(() => binomialInterval(11, 10)).toThrow('a share needs 0 ≤ successes ≤ trials and a trial, not 11 of 10');
});
