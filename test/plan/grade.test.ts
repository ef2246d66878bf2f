import { expect, test } from 'vitest';
import { bucketOf } from '../../src/model/buckets.ts';
import type { Histogram, StepRecord } from '../../src/model/load-record.ts';
import type { Objectives } from '../../src/model/objectives.ts';
import { perSecond, ratio, seconds } from '../../src/model/units.ts';
import { grade } from '../../src/plan/grade.ts';
import { stepRecord } from './step-record.ts';

const none: Objectives = { latency: [], errors: undefined, throughput: undefined };
const p99: Objectives = { ...none, latency: [{ quantile: ratio(0.99), limit: seconds(0.3) }] };
const graded = (told: Partial<StepRecord>, objectives = none) => grade(stepRecord(told), objectives);
const health = (verdict: StepRecord['health']['verdict']) => ({ health: { ...stepRecord().health, verdict } });

/** 1000 answers, `slow` of them in half a second and the rest in 10 ms. */
const answers = (slow: number): Histogram => ({
  unit: 'us',
  counts: [
    [bucketOf(0.01), 1000 - slow],
    [bucketOf(0.5), slow],
  ],
});

test('a sound step passes', () => {
  expect(graded({})).toBe('pass');
});

test.each(['limited', 'capped'] as const)(
  'a %s generator says nothing of the target, however bad the rest looks',
  (verdict) => {
    expect(graded({ ...health(verdict), throughput: perSecond(20) })).toBe('inconclusive');
  },
);

test('a suspect generator may still be graded', () => {
  expect(graded(health('suspect'))).toBe('pass');
});

test('a step that was cut short is inconclusive', () => {
  expect(graded({ complete: false })).toBe('inconclusive');
});

test('80 of 100 a second answered is a target that fell behind', () => {
  expect(graded({ throughput: perSecond(80) })).toBe('fail');
});

test('eight answers of a thousand still on their way is chance: in-flight of 5 moves by 3 × √(2 × 6) = 10', () => {
  expect(graded({ throughput: perSecond(98.2) })).toBe('pass');
});

test('in-flight growing 5 a second fails although everything was answered', () => {
  expect(graded({ inFlight: { mean: 30, growth: 5 } })).toBe('fail');
});

test.each([
  [3, 'pass'], // 0.3 %, the interval ends at 0.88 %
  [10, 'inconclusive'], // 1.0 %, the interval is 0.54 % to 1.83 %
  [15, 'inconclusive'], // 1.5 %, the interval begins at 0.91 %
  [30, 'fail'], // 3.0 %, the interval begins at 2.1 %
] as const)('with p99 ≤ 300 ms, %d slow answers of 1000 are a %s', (slow, expected) => {
  expect(graded({ response: answers(slow) }, p99)).toBe(expected);
});

test.each([
  [0.003, 'pass'],
  [0.01, 'inconclusive'],
  [0.015, 'inconclusive'],
  [0.03, 'fail'],
] as const)('with errors ≤ 1 %, a share of %d of 1000 is a %s', (share, expected) => {
  expect(graded({ errors: ratio(share) }, { ...none, errors: ratio(0.01) })).toBe(expected);
});

test('a wanted goodput is asked for only where so much was offered', () => {
  const objectives = { ...none, throughput: perSecond(100) };
  expect(graded({ goodput: perSecond(90) }, objectives)).toBe('fail');
  expect(graded({ offered: perSecond(50), throughput: perSecond(50), goodput: perSecond(50) }, objectives)).toBe(
    'pass',
  );
});

// 1000 independent answers of mean 24.7 ms and σ 83.5 ms would tell the mean of in-flight to 3.38 ÷ √1000 = 10.7 %. It is known to 10 %, or only to 50 %:
// then 22 of them count as one, and the interval of 1.4 among 46 begins at 0.65 %.
test('slow answers that come together count as fewer: 30 of 1000 fail alone, and cannot be told where as many go together', () => {
  const response = answers(30);
  expect(graded({ response, inFlight: { mean: 5, growth: 0, error: 0.5 } }, p99)).toBe('fail');
  expect(graded({ response, inFlight: { mean: 5, growth: 0, error: 2.5 } }, p99)).toBe('inconclusive');
});
