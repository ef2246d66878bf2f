import { expect, test } from 'vitest';
import { studentTProbability } from '../../src/stats/student-t-probability.ts';

test.each([
  [2.5, 3, 0.9561466764959672],
  [-1, 1, 0.25],
  [-10, 2, 0.004926228511662845],
  [1.3, 17.5, 0.8947681155114872],
  [0, 5, 0.5],
])('t = %d with %d degrees of freedom is that of R pt', (t, df, expected) => {
  expect(studentTProbability(t, df)).toBeCloseTo(expected, 12);
});
