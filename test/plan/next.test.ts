import { expect, test } from 'vitest';
import type { StepRecord } from '../../src/model/load-record.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Grade, Trial } from '../../src/model/trial.ts';
import { perSecond, seconds } from '../../src/model/units.ts';
import { next } from '../../src/plan/next.ts';
import { stepRecord } from './step-record.ts';

const steps = [10, 20, 30].map((rate, index) => ({
  index,
  rate: perSecond(rate),
  settle: seconds(3),
  measure: seconds(7),
}));
const plan: Plan = { name: 'p', kind: 'staircase', arrivals: 'uniform', seed: 1, steps, scrape: seconds(1) };
const trials = (grades: readonly Grade[], last: Partial<StepRecord> = {}) =>
  grades.map((grade, index) => {
    const record = stepRecord(index === grades.length - 1 ? last : {});
    return { step: { ...record.step, index }, record, grade };
  });

test('the steps come in order, and then none', () => {
  expect([0, 1, 2, 3].map((done) => next(plan, trials(Array<Grade>(done).fill('pass')))?.rate)).toEqual([
    10,
    20,
    30,
    undefined,
  ]);
});

test('a step that failed does not end a staircase', () => {
  expect(next(plan, trials(['fail', 'fail']))?.rate).toBe(30);
});

test('a step that was cut short does', () => {
  expect(next(plan, trials(['pass'], { complete: false }))).toBeUndefined();
});

const two = { ...plan, overloadedSteps: 2 };
const over = { goodput: perSecond(80), offered: perSecond(100) };
/** Steps that were clearly behind, by how much of 100/s they answered well. */
const behind = (...goodputs: readonly number[]): readonly Trial[] =>
  goodputs.map((goodput, index) => {
    const record = stepRecord({ ...over, goodput: perSecond(goodput) });
    return { step: { ...record.step, index }, record, grade: 'fail' };
  });

test('two steps in a row that are clearly behind end it; one, or two with a good one between, do not', () => {
  expect(next(two, behind(80, 85))).toBeUndefined();
  expect(next(two, behind(80))?.rate).toBe(20);
  expect(next(two, behind(80, 99))?.rate).toBe(30);
});

test('one step that is far behind is enough', () => {
  expect(next(two, behind(74))).toBeUndefined();
  expect(next(two, behind(76))?.rate).toBe(20);
});

test('0 goes on to the end', () => {
  expect(next({ ...plan, overloadedSteps: 0 }, behind(80, 70))?.rate).toBe(30);
});

test('users who come on top and get nothing more are too many: two such steps in a row end it', () => {
  const climb = (...goodputs: readonly number[]): readonly Trial[] =>
    goodputs.map((goodput, index) => {
      const rate = perSecond(goodput);
      const record = stepRecord({ offered: rate, throughput: rate, goodput: rate });
      return { step: { ...record.step, index, users: 10 * 2 ** index }, record, grade: 'pass' };
    });
  expect(next(two, climb(50, 100))?.rate).toBe(30);
  expect(next(two, climb(50, 95, 96, 97))).toBeUndefined();
  expect(
    next(
      { ...two, steps: [...two.steps, ...two.steps.map((step) => ({ ...step, index: step.index + 3 }))] },
      climb(50, 90, 92, 130),
    )?.rate,
  ).toBe(20);
});
