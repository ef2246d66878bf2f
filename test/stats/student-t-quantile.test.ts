import fc from 'fast-check';
import { expect, test } from 'vitest';
import { studentTProbability } from '../../src/stats/student-t-probability.ts';
import { studentTQuantile } from '../../src/stats/student-t-quantile.ts';

test.each([
  [0.975, 1, 12.706204736174694],
  [0.975, 2, 4.302652729749462],
  [0.975, 3, 3.1824463052837078],
  [0.975, 4, 2.7764451051977934],
  [0.975, 10, 2.228138851986274],
  [0.975, 30, 2.0422724563012378],
  [0.95, 7, 1.8945786050900062],
  [0.995, 5, 4.032142983555228],
  [0.9, 2.5, 1.7302509288071766],
  [0.5, 3, 0],
])('the quantile at %d with %d degrees of freedom is that of R qt', (p, df, expected) => {
  expect(studentTQuantile(p, df)).toBeCloseTo(expected, 9);
});

test('far out with one degree of freedom it is the tangent of Cauchy: tan(π(p − ½))', () => {
  expect(studentTQuantile(0.99999, 1)).toBeCloseTo(31830.988608, 4);
});

test('with endless degrees of freedom it is the normal quantile', () => {
  expect(studentTQuantile(0.975, Number.POSITIVE_INFINITY)).toBeCloseTo(1.959963984540054, 12);
  expect(studentTQuantile(0.975, 1e6)).toBeCloseTo(1.959966356814107, 8);
});

test('it turns the probability back', () => {
  const p = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
  const df = fc.double({ min: 0.5, max: 200, noNaN: true });
  fc.assert(
    fc.property(p, df, (share, degrees) => {
      expect(studentTProbability(studentTQuantile(share, degrees), degrees)).toBeCloseTo(share, 9);
    }),
    { seed: 1 },
  );
});

test('without a degree of freedom there is no quantile', () => {
  expect(() => studentTQuantile(0.9, 0)).toThrow("Student's t needs more than 0 degrees of freedom, not 0");
});
