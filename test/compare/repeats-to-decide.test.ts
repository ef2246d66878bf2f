import { expect, test } from 'vitest';
import { repeatsToDecide } from '../../src/compare/repeats-to-decide.ts';

/** Cohen's table and R's power.t.test(delta = 1, sd = 1, power = 0.8) say 17 a side by the noncentral t; two quantiles of t say 17, too. */
test('a shift of one standard deviation needs 17 a side', () => {
  expect(repeatsToDecide(1, 1, 0)).toBe(17);
});

test('a large shift needs two, and a shift that is hard to tell from negligible more than a hundred', () => {
  expect(repeatsToDecide(0.5, 0.03, 0.03)).toBe(2);
  expect(repeatsToDecide(0.0148, 0.1, 0.0296)).toBeUndefined();
});

test('no shift at all is decided too: then the two are the same', () => {
  expect(repeatsToDecide(0, 0.01, 0.03)).toBe(repeatsToDecide(0.03, 0.01, 0.03));
});
