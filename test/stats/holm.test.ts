import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holm } from '../../src/stats/holm.ts';

test('0.01, 0.04, 0.03: 3 × 0.01, then 2 × 0.03, then not below that', () => {
  const [first, second, third] = holm([0.01, 0.04, 0.03]);
  expect(first).toBeCloseTo(0.03, 12);
  expect(second).toBeCloseTo(0.06, 12);
  expect(third).toBeCloseTo(0.06, 12);
});

test('none becomes larger than 1, and none is none', () => {
  expect(holm([0.6, 0.9])).toEqual([1, 1]);
  expect(holm([])).toEqual([]);
});

test('the order in which they come does not matter, and no p falls', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (values) => {
      expect(holm(values.toReversed()).toReversed().toSorted()).toEqual(holm(values).toSorted());
      holm(values).forEach((corrected, i) => {
        expect(corrected).toBeGreaterThanOrEqual(values[i] ?? 0);
      });
    }),
    { seed: 1 },
  );
});
