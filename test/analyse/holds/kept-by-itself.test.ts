import { expect, test } from 'vitest';
import { isKeptByItself } from '../../../src/analyse/holds/kept-by-itself.ts';
import { caseWith, component, viewWith } from '../windows.ts';

const components = [component('api', ['db']), component('db', [])];
/** From 40/s on goodput falls: 30 and 22 a second are answered. */
const passed = [10, 20, 28, 30, 22];
const view = viewWith([10, 20, 28, 34, 40].map((load, i) => ({ load, goodput: passed[i] ?? 0 })));

const pool = caseWith(
  { usage: [0.4, 0.9, 2.5, 5, 5], of: 5, completions: passed },
  { resource: 'pool', kind: 'pool', layer: 'hold', unit: 'connections' },
);
const cpu = caseWith({ usage: [0.2, 0.3, 0.4, 0.4, 0.3], of: 1 }, { unit: 'cores' });
const below = (usage: readonly number[], hard = false) =>
  caseWith(
    { usage, of: 100 },
    { component: 'db', resource: 'sessions', kind: 'pool', layer: 'hold', unit: 'sessions', hard },
  );
const kept = (sessions: ReturnType<typeof below>, one = pool, beside = cpu) =>
  isKeptByItself(one, { around: [one, beside, sessions], view, components });
/** 20 ms of the database a request, full pool or not. */
const flat = passed.map((rate) => 0.02 * rate);

test('a full pool of 5 passes 22 a second after 30, each 40 ms at low load, and the database works no longer for each: 4 of them are missing', () => {
  expect(kept(below(flat))).toBe(true);
});

test('it is not where the database is what keeps them, or does not tell how much it works', () => {
  expect(kept(below([0.2, 0.4, 2, 4.5, 4.6]))).toBe(false);
  expect(kept(below(flat, true))).toBe(false);
});

test('nor where as much passes as before, where something beside it is busy, or where a larger part works', () => {
  expect(kept(below(flat), { ...pool, completions: [10, 20, 28, 30, 30] })).toBe(false);
  expect(kept(below(flat), pool, caseWith({ usage: [0.2, 0.4, 0.6, 0.9, 0.9], of: 1 }, { unit: 'cores' }))).toBe(false);
  expect(kept(below(flat), { ...pool, usage: [1.2, 2.4, 3.4, 5, 5] })).toBe(false);
});
