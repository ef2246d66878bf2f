import { expect, test } from 'vitest';
import { equalLoad } from '../../src/compare/equal-load.ts';
import { step } from '../report/fixtures/parts.ts';
import { loaded } from './loaded.ts';

test('the equal load is the highest that both saw and kept up with: 250, for the 300 of the first was not served', () => {
  const first = loaded([step(0, 100), step(1, 250), step(2, 300, { throughput: 260 })]);
  const second = loaded([step(0, 50), step(1, 400)]);
  expect(equalLoad([first, second])).toBe(250);
});

test('a step that was set aside, or has no p99, is no load that was seen', () => {
  const first = loaded([step(0, 100), step(1, 200, { aside: 'generator-limited' }), step(2, 300, { p99: null })]);
  expect(equalLoad([first, loaded([step(0, 50), step(1, 400)])])).toBe(100);
});

test('ranges that do not meet, or loads counted differently, have none', () => {
  expect(equalLoad([loaded([step(0, 10), step(1, 20)]), loaded([step(0, 30), step(1, 40)])])).toBeUndefined();
  expect(equalLoad([loaded([step(0, 10)]), loaded([step(0, 10)], 'throughput')])).toBeUndefined();
  expect(equalLoad([loaded([]), loaded([step(0, 10)])])).toBeUndefined();
});
