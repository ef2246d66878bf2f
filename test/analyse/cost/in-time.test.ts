import { expect, test } from 'vitest';
import type { Cost } from '../../../src/analyse/cost/cost.ts';
import { inTime } from '../../../src/analyse/cost/in-time.ts';
import type { OwnCapacity } from '../../../src/model/finding.ts';
import { caseWith, viewWith } from '../windows.ts';

/** Answers take 1.95 s at low load. */
const view = viewWith([2, 4, 6, 8, 10].map((load) => ({ load, p99: 3.9 })));
const machine = (ceiling: number) =>
  caseWith({ usage: [1, 2, 3, 4, 5], of: ceiling }, { component: 'node', kind: 'servers' });
const costing = (seconds: number): Cost => ({
  demand: {
    perRequest: { kind: 'interval', value: seconds, low: seconds, high: seconds },
    background: 0,
    method: 'utilisation-law',
  },
  capacity: undefined,
});
const line: OwnCapacity = {
  rate: { kind: 'interval', value: 18.3, low: 17.7, high: 19 },
  provenance: 'extrapolated',
  extrapolation: 1.8,
};
const end = (count: number, cores: number, seconds: number, patience: number | undefined) => {
  const alike = Array.from({ length: count }, () => machine(cores));
  return inTime(line, alike, { each: alike.map(() => costing(seconds / count)), view, patience });
};

test('four machines of eight cores, 1.75 s of one for each request, given up after 5 s: full to about five sixths', () => {
  // family 36, seed 1402: it carries 15.0/s of the 18.3/s of its line. C(8, 8 ρ) e^(−4/3 · 8 (1 − ρ) · 3.05 ÷ 1.75) = 0.03
  const found = end(4, 8, 1.75, 5);
  expect(found?.inTime).toBeCloseTo(0.84, 2);
  expect(found?.rate).toMatchObject({ kind: 'interval', value: expect.closeTo(15.4, 1) });
  expect(found?.rate.kind === 'interval' && [found.rate.low < 14.5, found.rate.high > 16]).toEqual([true, true]);
});

test('one server: the share that waits too long is ρ e^(−4/3 (1 − ρ) t ÷ S)', () => {
  const use = end(1, 1, 0.4, 5)?.inTime ?? 0;
  expect(use * Math.exp((-4 / 3) * (1 - use) * (3.05 / 0.4))).toBeCloseTo(0.03, 4);
});

test('what a request takes little of is filled, and so is what nobody is known to wait for only so long', () => {
  expect(end(1, 4, 0.01, 5)).toBe(line);
  expect(end(4, 8, 1.75, undefined)).toBe(line);
});

test('a bound stays one', () => {
  const bound: OwnCapacity = { rate: { kind: 'at-least', low: 10 }, provenance: 'extrapolated', extrapolation: 1 };
  const alike = [machine(1)];
  expect(inTime(bound, alike, { each: [costing(0.4)], view, patience: 5 })?.rate).toEqual(bound.rate);
});
