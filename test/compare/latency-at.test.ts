import { expect, test } from 'vitest';
import { latencyAt } from '../../src/compare/latency-at.ts';
import type { Report } from '../../src/model/report.ts';
import { step } from '../report/fixtures/parts.ts';
import { loaded } from './loaded.ts';

const p99At = (report: Report, load: number) => latencyAt(report, 0.99, load);

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

test('fewer than 100 answers do not show a p99', () => {
  expect(p99At(loaded([step(0, 1.6)]), 1.6)).toBeUndefined();
  expect(p99At(loaded([step(0, 1.7)]), 1.7)?.value).toBeCloseTo(0.02, 12);
});

test('p50, p95 and p99 are told apart, and a report without p95 has none', () => {
  const report = loaded([step(0, 100, { p50: 0.01, p95: 0.03, p99: 0.05 })]);
  expect(([0.5, 0.95, 0.99] as const).map((quantile) => latencyAt(report, quantile, 100)?.value)).toEqual([
    expect.closeTo(0.01, 12),
    expect.closeTo(0.03, 12),
    expect.closeTo(0.05, 12),
  ]);
  expect(latencyAt(loaded([step(0, 100)]), 0.95, 100)).toBeUndefined();
});

test('a p99 between the bounds 250 and 500 ms of a histogram is known to just that, however many answers there were', () => {
  const range = { kind: 'interval' as const, value: 0.3, low: 0.25, high: 0.5 };
  const found = p99At(loaded([step(0, 100, { p99: 0.3, quantiles: [{ quantile: 0.99, range }] })]), 100);
  expect(found?.value).toBeCloseTo(0.3, 12);
  expect((found?.high ?? 0) / (found?.low ?? 1)).toBeCloseTo(2, 2);
});
