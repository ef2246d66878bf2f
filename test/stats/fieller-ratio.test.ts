import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fiellerRatio } from '../../src/stats/fieller-ratio.ts';

const endless = { df: Number.POSITIVE_INFINITY };

test('over an exact denominator it is the mean and its errors, divided: 10 ± 1.96 over 5', () => {
  expect(fiellerRatio({ value: 10, error: 1 }, { value: 5, error: 0 }, endless)).toEqual({
    kind: 'interval',
    value: 2,
    low: expect.closeTo(2 - 1.959963984540054 / 5, 10),
    high: expect.closeTo(2 + 1.959963984540054 / 5, 10),
  });
});

test('both ends solve (a − rb)² = t²(σa² + r²σb²)', () => {
  const found = fiellerRatio({ value: 10, error: 1 }, { value: 5, error: 0.5 }, { df: 6 });
  if (found?.kind !== 'interval') throw new Error('it should be bounded');
  for (const r of [found.low, found.high]) {
    expect((10 - 5 * r) ** 2 / (1 + 0.25 * r * r)).toBeCloseTo(2.4469118511449692 ** 2, 8);
  }
});

test('a denominator that may be 0 leaves one side open: 10 ± 0.1 over 1 ± 1 solves (10 − r)² = 1.96² (0.01 + r²) at 3.377', () => {
  expect(fiellerRatio({ value: 10, error: 0.1 }, { value: 1, error: 1 }, endless)).toEqual({
    kind: 'at-least',
    low: expect.closeTo(3.3774, 3),
  });
  expect(fiellerRatio({ value: 10, error: 0.1 }, { value: -1, error: 1 }, endless)?.kind).toBe('at-most');
});

test('where both may be 0 nothing is known', () => {
  expect(fiellerRatio({ value: 1, error: 1 }, { value: 1, error: 1 }, endless)).toBeUndefined();
});

test('scaling numerator and denominator scales the ratio', () => {
  const positive = fc.double({ min: 0.1, max: 100, noNaN: true });
  fc.assert(
    fc.property(positive, positive, positive, (a, b, factor) => {
      const one = fiellerRatio({ value: a, error: a / 20 }, { value: b, error: b / 20 }, { df: 5 });
      const other = fiellerRatio(
        { value: a * factor, error: (a * factor) / 20 },
        { value: b, error: b / 20 },
        { df: 5 },
      );
      if (one?.kind !== 'interval' || other?.kind !== 'interval') throw new Error('both should be bounded');
      expect(other.low / factor / one.low).toBeCloseTo(1, 9);
      expect(other.high / factor / one.high).toBeCloseTo(1, 9);
    }),
    { seed: 1 },
  );
});
