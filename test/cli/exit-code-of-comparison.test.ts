import { expect, test } from 'vitest';
import { exitCodeOfComparison } from '../../src/cli/exit-code-of-comparison.ts';
import { quantities } from '../../src/compare/quantities.ts';
import type { Comparison, Difference } from '../../src/model/comparison.ts';
import { reportWith } from '../support/report-with.ts';

const difference = (what: string, finding: Difference['finding']): Difference => ({
  what,
  finding,
  unit: '',
  runs: ['a', 'b'],
  values: [1, 2],
  ratio: null,
  effect: null,
  repeats: null,
  sentence: '',
});

const comparison = (...differences: readonly Difference[]): Comparison => ({
  schema: 'plimsoll/comparison/v1',
  reports: [],
  pairs: [{ earlier: ['a'], later: ['b'], answer: 'different', sentence: '' }],
  differences: [...differences],
  sentence: '',
});

test.each([
  ['capacity', 'lower', 3],
  ['capacity', 'higher', 0],
  ['peak goodput', 'lower', 3],
  ['p99 at 120/s', 'higher', 3],
  ['p99 at 120/s', 'lower', 0],
  ['p99 at 120/s', 'equivalent', 0],
  ['p99 at 120/s', 'cannot-tell', 0],
  ['demand of db / cpu', 'higher', 0],
  ['contention', 'higher', 0],
] as const)('%s %s exits with %d', (what, finding, code) => {
  expect(exitCodeOfComparison(comparison(difference(what, finding)))).toBe(code);
});

test('one regression among gains is still one', () => {
  const mixed = comparison(difference('capacity', 'higher'), difference('p99 at 120/s', 'higher'));
  expect(exitCodeOfComparison(mixed)).toBe(3);
});

test('what is compared is still called so', () => {
  const named = quantities({ earlier: [reportWith()], later: [reportWith()] }).map(({ what }) => what);
  expect(named).toEqual(expect.arrayContaining(['capacity', 'peak goodput']));
});

test('what may have looked so by chance is no regression', () => {
  const open = comparison(difference('capacity', 'lower'));
  const pairs = open.pairs.map((pair) => ({ ...pair, answer: 'cannot-tell' as const }));
  expect(exitCodeOfComparison({ ...open, pairs })).toBe(0);
});
