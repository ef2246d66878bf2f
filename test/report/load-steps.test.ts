import { expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { loadSteps } from '../../src/report/load-steps.ts';
import { about, blank, resource, step } from './fixtures/parts.ts';

type Step = Report['load']['steps'][number];

const rowOf = (change: Partial<Step>) =>
  loadSteps({ ...blank, load: { ...blank.load, steps: [step(0, 100, change)] } })[0];

test('p50, p95 and p99 are told apart', () => {
  expect(rowOf({ p50: 0.01, p95: 0.03, p99: 0.05 })).toMatchObject({ p50: '10 ms', p95: '30 ms', p99: '50 ms' });
});

test('what lies anywhere between two bounds of a histogram is a range, and beyond its last bound more than that', () => {
  const quantiles = [
    { quantile: 0.5, range: about(0.0101, 0.01, 0.0102) },
    { quantile: 0.95, range: about(0.3, 0.25, 0.5) },
    { quantile: 0.99, range: { kind: 'at-least' as const, low: 1 } },
  ];
  expect(rowOf({ p50: 0.0101, p95: 0.3, p99: null, quantiles })).toMatchObject({
    p50: '10.1 ms',
    p95: '250 ms to 500 ms',
    p99: '> 1 s',
  });
});

test('below the first bound it is less than that, and of too few answers nothing is told', () => {
  const quantiles = [
    { quantile: 0.5, range: about(0.002, 0, 0.005) },
    { quantile: 0.99, range: { kind: 'at-least' as const, low: 0 } },
  ];
  expect(rowOf({ p50: 0.002, p99: null, quantiles })).toMatchObject({ p50: '< 5 ms', p99: '–' });
});

test('where nothing is sure to have saturated the step says no more than that it may be', () => {
  const load = { above: 50, upTo: 100 };
  const root = resource('api', 'slots', {
    state: 'root',
    onset: { load, time: '2026-11-20T12:05:00.000Z', probability: 0.6 },
  });
  const remarkIn = (kind: Report['verdict']['kind']) =>
    loadSteps({
      ...blank,
      resources: [root],
      verdict: { ...blank.verdict, kind },
      load: { ...blank.load, steps: [step(0, 50), step(1, 100)] },
    })[1]?.remark;
  expect(remarkIn('saturated')).toBe('api / slots saturated');
  expect(remarkIn('objective-limited')).toBe('api / slots may be saturated');
});
