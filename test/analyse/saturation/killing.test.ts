import { expect, test } from 'vitest';
import { killing, scatter } from '../../../src/analyse/saturation/killing.ts';
import type { Case } from '../../../src/analyse/seen/cases.ts';
import { caseWith, viewWith } from '../windows.ts';

/** Windows in which one request is inside: of 1/s, each stays for a second. */
const view = viewWith([{ load: 1 }, { load: 1 }, { load: 1 }]);
const run = { view, sustained: [true, true, true] };
const end = { kind: 'interval', value: 100, low: 90, high: 110 } as const;
const memory = (more: Partial<Case>): Case =>
  caseWith({ usage: [1, 1, 1], of: 100, ...more }, { resource: 'memory', kind: 'space', unit: 'bytes' });
const kills = memory({ refusals: [0, 0, 0], refusalsReads: '$number kills a second' });

test('room for 100 is room for 67 of whom 100 are inside twice a day: n + 4 √n', () => {
  const found = killing(end, [kills], run);
  if (found?.kind !== 'interval') throw new Error('no interval');
  // √n = (√(4² + 4 × 100) − 4) ÷ 2
  expect(found.value).toBeCloseTo(67.2, 1);
  // n + 5 √n = 100 and n + 4 √n = 90, n + 3 √n = 100 and n + 4 √n = 110, as errors of their own
  expect(found.low).toBeCloseTo(67.21 - Math.hypot(67.21 - 60.96, 67.21 - 59.24), 1);
  expect(found.high).toBeCloseTo(67.21 + Math.hypot(74.17 - 67.21, 75.29 - 67.21), 1);
});

test('two instances have room for as many in each: 2 × 50 for 2 × 28', () => {
  const found = killing(end, [kills, kills], run);
  // √n = (√(4² + 4 × 50) − 4) ÷ 2 = 5.35
  expect(found?.kind === 'interval' && found.value).toBeCloseTo(57.2, 1);
});

test('what drops what is old, and what was killed at its limit before', () => {
  expect(killing(end, [memory({ refusals: [0, 0, 0] })], run)).toEqual(end);
  const killed = killing(end, [memory({ refusals: [0, 0, 1], refusedAtLimit: true })], run);
  expect(killed?.kind === 'interval' && killed.value).toBeCloseTo(67.2, 1);
});

test('arrivals at even intervals scatter less: by the Gini coefficient of how long each stays, one of several instances nearly as at random', () => {
  expect(scatter(1, view)).toBe(1);
  // the 99th of a hundred stays 3 times as long as the middle: σ = ln 3 ÷ 2.326 = 0.472, 2 Φ(0.334) − 1 = 0.2615
  expect(scatter(1, { ...view, evenly: true })).toBeCloseTo(Math.sqrt(0.2615), 3);
  expect(scatter(4, { ...view, evenly: true })).toBeCloseTo(Math.sqrt(1 - 0.7385 / 4), 3);
  // nobody tells how long they stay: exponential, ½
  const untold = view.windows.map((window) => ({ ...window, latency: { ...window.latency, p99: undefined } }));
  expect(scatter(1, { ...view, windows: untold, evenly: true })).toBeCloseTo(Math.SQRT1_2, 9);
});
