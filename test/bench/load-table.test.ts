import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { LoadResults } from './load/results.ts';
import { spreadOf } from './load/results.ts';
import { tablesOf } from './load/table.ts';
import { targetsOf } from './load/targets.ts';

const kept: LoadResults = JSON.parse(readFileSync(new URL('results/load.json', import.meta.url), 'utf8'));

test('the README shows the figures that are kept', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, shown = ''] = readme.split(/<!-- \/?bench:load -->/);
  expect(shown.trim()).toBe(tablesOf(kept));
});

test('of rounds the median is told, with the lowest and the highest; of none nothing', () => {
  expect(spreadOf([3, 1, undefined, 2, Number.NaN])).toEqual({ median: 2, low: 1, high: 3 });
  expect(spreadOf([4, 1])).toEqual({ median: 2.5, low: 1, high: 4 });
  expect(spreadOf([undefined])).toBeUndefined();
});

test('a ratio is that of one round, and a target without figures is neither met nor missed', () => {
  const one = (perCpuSecond: number) => ({ rate: 1, perCpuSecond, resident: 1 });
  const rounds = [
    { saturated: { plimsoll: one(90), bare: one(100) } },
    { saturated: { plimsoll: one(35), bare: one(50) } },
  ];
  const [ring, autocannon] = targetsOf({ ...kept, rounds });
  expect(ring?.measured).toEqual({ median: 0.8, low: 0.7, high: 0.9 });
  expect(ring?.met).toBe(true);
  expect(autocannon?.met).toBeUndefined();
});
