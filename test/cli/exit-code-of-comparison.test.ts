import { expect, test } from 'vitest';
import { exitCodeOfComparison } from '../../src/cli/exit-code-of-comparison.ts';
import type { Comparison, Difference } from '../../src/model/comparison.ts';

const comparison = (...differences: readonly Pick<Difference, 'unit' | 'finding'>[]): Comparison => ({
  schema: 'plimsoll/comparison/v1',
  reports: [],
  differences: differences.map((one) => ({
    what: 'x',
    runs: ['a', 'b'],
    values: [1, 2],
    ratio: null,
    sentence: '',
    ...one,
  })),
  sentence: '',
});

test.each([
  ['a lower capacity', '1/s', 'lower', 3],
  ['a higher capacity', '1/s', 'higher', 0],
  ['a higher latency', 'seconds', 'higher', 3],
  ['a lower latency', 'seconds', 'lower', 0],
  ['more errors', 'ratio', 'higher', 3],
  ['the same latency', 'seconds', 'equivalent', 0],
  ['a latency of which nothing can be told', 'seconds', 'cannot-tell', 0],
] as const)('%s exits with its code', (_, unit, finding, code) => {
  expect(exitCodeOfComparison(comparison({ unit, finding }))).toBe(code);
});

test('one regression among gains is still one', () => {
  const gain = { unit: '1/s', finding: 'higher' } as const;
  expect(exitCodeOfComparison(comparison(gain, { unit: 'seconds', finding: 'higher' }))).toBe(3);
});
