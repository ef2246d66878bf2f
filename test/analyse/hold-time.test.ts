import { expect, test } from 'vitest';
import { holdGrowth, lowHoldTime } from '../../src/analyse/hold-time.ts';
import { caseWith, viewWith } from './windows.ts';

const view = viewWith([50, 100, 150, 200, 250, 300].map((load) => ({ load, goodput: Math.min(load, 190) })));
const late = { from: 3, before: 6 };
const pool = (usage: readonly number[], usageError: readonly number[] = usage.map(() => 0)) =>
  caseWith({ usage, usageError, of: 2 }, { kind: 'pool', layer: 'hold' });

test('a pool of 2 that is held 10 ms at every load has not been held longer', () => {
  const own = pool([0.5, 1, 1.5, 1.9, 1.9, 1.9]);
  expect(lowHoldTime(own, view)).toBeCloseTo(0.01, 9);
  expect(holdGrowth(own, view, late)).toBeCloseTo(1, 9);
});

test('one that is held 2 ms at 50 and 100/s and 10 ms at 190/s is held five times as long', () => {
  expect(holdGrowth(pool([0.1, 0.2, 0.6, 1.9, 1.9, 1.9]), view, late)).toBeCloseTo(5, 9);
});

test('ten samples of a gauge that saw too little at low load do not make a hold longer: 6 ± 2 ms may have been 10', () => {
  // held 0.9 over 150/s with standard errors 0.2 and 0.25: (0.9 + 2 · 0.32) ÷ 150 = 10.27 ms; then 10 ms
  const unlucky = pool([0.3, 0.6, 1.5, 1.9, 1.9, 1.9], [0.2, 0.25, 0.1, 0, 0, 0]);
  expect(holdGrowth(unlucky, view, late)).toBeCloseTo(0.974, 2);
});

test('without anything held or done at low load nothing is said', () => {
  expect(holdGrowth(pool([0, 0, 1, 2, 2, 2]), view, late)).toBeUndefined();
});
