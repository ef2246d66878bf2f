import { expect, test } from 'vitest';
import { minimumOf } from '../../../src/analyse/capacity/minimum.ts';

const around = (value: number, half: number) =>
  ({ kind: 'interval', value, low: value - half, high: value + half }) as const;

test('of one capacity it is that capacity', () => {
  const least = minimumOf([around(100, 10)]);
  expect(least?.value).toBeCloseTo(100, 0);
  expect(least?.low).toBeCloseTo(90, 0);
  expect(least?.high).toBeCloseTo(110, 0);
});

test('of two that are alike it lies lower: the median of the lesser of two normals is 0.545 standard deviations below', () => {
  // P(min > x) = ½ at Φ = 1 − √½, z = −0.5450; the standard deviation is 10 ÷ 1.96
  expect(minimumOf([around(100, 10), around(100, 10)])?.value).toBeCloseTo(100 - (0.545 * 10) / 1.96, 0);
});

test('what is far higher does not matter, and of bounds alone nothing is told', () => {
  expect(minimumOf([around(100, 10), { kind: 'at-least', low: 300 }, around(1000, 10)])?.value).toBeCloseTo(100, 0);
  expect(
    minimumOf([
      { kind: 'at-least', low: 300 },
      { kind: 'at-most', high: 900 },
    ]),
  ).toBeUndefined();
});
