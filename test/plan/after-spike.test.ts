import { expect, test } from 'vitest';
import type { StepRecord } from '../../src/model/load-record.ts';
import { windowsOf } from '../../src/model/stages.ts';
import type { Trial } from '../../src/model/trial.ts';
import { perSecond, ratio, seconds } from '../../src/model/units.ts';
import { recoveryInWords, steadied } from '../../src/plan/after-spike.ts';
import { common, laidOut } from './shapes.ts';
import { stepRecord } from './step-record.ts';

const spike = {
  ...common,
  kind: 'spike',
  from: 50,
  to: 200,
  before: seconds(20),
  lasts: seconds(13),
  after: seconds(40),
} as const;
const [step] = laidOut(spike).steps;
if (step === undefined) throw new Error('a spike is one step');

/** Two windows before, one in it, four after, each with its mean latency in ms (and its errors). */
const seen = (...after: readonly (number | readonly [number, number])[]): readonly StepRecord[] =>
  [20, 22, 900, ...after].map((told, i) => {
    const [took, errors] = typeof told === 'number' ? [told, 0] : told;
    const latency = { mean: seconds(took / 1000), p50: undefined, p90: undefined, p99: undefined };
    return stepRecord({ step, latency, errors: ratio(errors), offered: perSecond(i === 2 ? 200 : 50) });
  });
const trials = (records: readonly StepRecord[]): readonly Trial[] =>
  steadied(step, records).map((record) => ({ step, record, grade: 'pass' }));

test('a spike is laid out in the seven windows that these tests tell of', () => {
  expect(windowsOf(step)).toHaveLength(7);
});

test('windows after a spike count from the one on in which answers take what they took before', () => {
  const records = steadied(step, seen(800, 300, 25, 20));
  expect(records.map(({ unsteady }) => unsteady !== undefined)).toEqual([
    false,
    false,
    false,
    true,
    true,
    false,
    false,
  ]);
  expect(recoveryInWords(trials(seen(800, 300, 25, 20)))).toBe(
    'after the spike answers took longer or failed for 20 s, until what it had left was gone',
  );
});

test('where the first of them is as before, latency was back within it', () => {
  expect(recoveryInWords(trials(seen(30, 20, 20, 20)))).toBe('latency was back within 10 s after the spike');
});

test('quick failures are no recovery', () => {
  expect(recoveryInWords(trials(seen([5, 0.4], [5, 0.4], 20, 20)))).toBe(
    'after the spike answers took longer or failed for 20 s, until what it had left was gone',
  );
});

test('a target that stays slow at a load that it carried before did not come back, and none of its windows counts', () => {
  const records = seen(900, 800, 850, 900);
  expect(
    steadied(step, records)
      .slice(3)
      .every(({ unsteady }) => unsteady !== undefined),
  ).toBe(true);
  expect(recoveryInWords(trials(records))).toBe('latency did not come back within 40 s after the spike');
});

test('without a spike there is nothing to come back from', () => {
  const steady = stepRecord();
  expect(steadied(steady.step, [steady])).toEqual([steady]);
  expect(recoveryInWords([{ step: steady.step, record: steady, grade: 'pass' }])).toBeUndefined();
});
