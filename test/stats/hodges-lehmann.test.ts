import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hodgesLehmann } from '../../src/stats/hodges-lehmann.ts';

test('of the nine differences 8 9 9 10 10 11 16 17 18 the middle one is 10', () => {
  expect(hodgesLehmann([1, 2, 3], [11, 12, 19])).toBe(10);
});

test('moving the second sample moves it, exchanging the samples turns its sign', () => {
  const sample = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(sample, sample, (a, b) => {
      const shift = hodgesLehmann(a, b);
      expect(
        hodgesLehmann(
          a,
          b.map((value) => value + 5),
        ),
      ).toBe(shift + 5);
      expect(hodgesLehmann(b, a)).toBeCloseTo(-shift, 10);
    }),
    { seed: 1 },
  );
});
