import { expect, test } from 'vitest';
import { draw } from '../../src/load/draw.ts';
import { pauseOf } from '../../src/load/pause-of.ts';
import type { Think } from '../../src/model/think.ts';
import { seconds } from '../../src/model/units.ts';

const mean = (think: Think) =>
  Array.from({ length: 10_000 }, (_, index) => pauseOf(think, draw(1, index, 5))).reduce((a, b) => a + b) / 10_000;

test('a pause is what was asked for, on average', () => {
  expect(pauseOf(undefined, 0.9)).toBe(0);
  expect(pauseOf({ kind: 'fixed', for: seconds(2) }, 0.9)).toBe(2);
  expect(pauseOf({ kind: 'uniform', from: seconds(1), to: seconds(3) }, 0.25)).toBe(1.5);
  // Four standard errors: 2 ÷ √12 ÷ 100, and 2 ÷ 100.
  expect(Math.abs(mean({ kind: 'uniform', from: seconds(1), to: seconds(3) }) - 2)).toBeLessThan(0.024);
  expect(Math.abs(mean({ kind: 'exponential', mean: seconds(2) }) - 2)).toBeLessThan(0.08);
  expect(Math.abs(mean({ kind: 'lognormal', mean: seconds(2), deviation: seconds(1) }) - 2)).toBeLessThan(0.04);
});

test('the median of a lognormal pause is mean ÷ √(1 + (deviation ÷ mean)²): 2 ± 2 s is 1.414 s', () => {
  expect(pauseOf({ kind: 'lognormal', mean: seconds(2), deviation: seconds(2) }, 0.5)).toBeCloseTo(Math.SQRT2, 6);
});
