import { expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { markdown } from '../../src/report/markdown.ts';
import { requestRows } from '../../src/report/request-rows.ts';
import { terminal } from '../../src/report/terminal.ts';
import { blank, step } from './fixtures/parts.ts';

type Step = Report['load']['steps'][number];
type Request = NonNullable<Step['requests']>[number];

const request = (name: string, told: Partial<Request> = {}): Request => ({
  name,
  offered: 60,
  completed: 3600,
  good: 3600,
  errors: 0,
  errorsByClass: {},
  p50: 0.01,
  p95: 0.02,
  p99: 0.05,
  quantiles: [],
  ...told,
});
const withSteps = (...steps: readonly Step[]): Report => ({ ...blank, load: { ...blank.load, steps: [...steps] } });
const buy = request('buy', { offered: 40, errors: 0.03, errorsByClass: { timeout: 20, check_failed: 52 }, p99: null });
const slowest = [
  { name: 'buy', trace: '0af7651916cd43dd8448eb211c80319c', took: 1.25 },
  { name: 'buy', trace: '1af7651916cd43dd8448eb211c80319c', took: 1.2 },
];
const report = withSteps(
  step(0, 100, { requests: [request('list'), buy], slowest }),
  step(1, 50, { requests: [request('list'), request('buy')] }),
  step(2, 200, { requests: [request('list'), request('buy')], aside: 'the generator was limited' }),
);

test('the requests of the step with the most load that counts, each with its errors and its slowest trace', () => {
  const { title, rows } = requestRows(report);
  expect(title).toBe('Requests at 100/s');
  expect(rows).toMatchObject([
    { name: 'list', offered: '60/s', p99: '50 ms', errors: '0 %', which: '', trace: '' },
    { name: 'buy', offered: '40/s', p99: '–', errors: '3 %', which: 'check_failed, timeout' },
  ]);
  expect(rows[1]?.trace).toBe('1.25 s: 0af7651916cd43dd8448eb211c80319c');
});

test('where arrivals make several requests, it says how many arrivals there were', () => {
  const walks = withSteps(step(0, 100, { arrivals: 40, requests: [request('list'), buy] }));
  expect(requestRows(walks).title).toBe('Requests at 100/s, in 40/s arrivals');
});

test('one kind of request is what the step tells, and a report from before has none', () => {
  expect(requestRows(withSteps(step(0, 100, { requests: [request('list')] }))).rows).toEqual([]);
  expect(requestRows(withSteps(step(0, 100))).rows).toEqual([]);
});

test('the terminal and Markdown show them', () => {
  const shown = terminal(report, { width: 120, paint: (text) => text });
  expect(shown).toMatch(/Requests at 100\/s\n.*\n {2}list .*\n {2}buy .*3 %.*check_failed, timeout/);
  expect(markdown(report)).toContain('### Requests at 100/s');
  expect(markdown(report)).toContain('`1.25 s: 0af7651916cd43dd8448eb211c80319c`');
});
