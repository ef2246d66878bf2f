import { expect, test } from 'vitest';
import { equalLoad, p99At } from '../../src/compare/equal-load.ts';
import type { Report } from '../../src/model/report.ts';
import { step } from '../report/fixtures/parts.ts';
import { run } from './run.ts';

const loaded = (steps: Report['load']['steps'], axis: Report['load']['axis'] = 'arrivals') =>
  run('r', { load: { axis, steps, stopped: null, recovery: null } });

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

test('half-way between 10 ms and 40 ms lies 20 ms, on the logarithm', () => {
  const report = loaded([step(0, 100, { p99: 0.01, p50: 0.005 }), step(1, 200, { p99: 0.04, p50: 0.02 })]);
  expect(p99At(report, 150)?.value).toBeCloseTo(0.02, 12);
});

test('beyond the range nothing is extrapolated', () => {
  expect(p99At(loaded([step(0, 100), step(1, 200)]), 201)).toBeUndefined();
  expect(p99At(loaded([step(0, 100), step(1, 200)]), 99)).toBeUndefined();
});

test('a p99 of 20 ms over a median of 10 ms from 6000 answers is known to 2.9 %: σ = ln 2/2.326, error 3.733 σ/√6000', () => {
  const found = p99At(loaded([step(0, 100, { p50: 0.01, p99: 0.02 })]), 100);
  const error = ((Math.log(2) / 2.3263478740408408) * Math.sqrt(0.0099)) / 0.026652142203457685 / Math.sqrt(6000);
  expect(Math.log((found?.high ?? 0) / 0.02) / 1.96).toBeCloseTo(error, 10);
  expect(error).toBeCloseTo(0.01436, 4);
});
