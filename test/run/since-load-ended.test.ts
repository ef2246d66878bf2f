import { expect, test } from 'vitest';
import type { Trial } from '../../src/model/trial.ts';
import { epoch, perSecond, seconds } from '../../src/model/units.ts';
import { sinceLoadEnded } from '../../src/run/since-load-ended.ts';
import { stepRecord } from '../plan/step-record.ts';

const step = { index: 0, rate: perSecond(100), settle: seconds(2), measure: seconds(8) };
const span = { from: epoch(1002), to: epoch(1010) };
const trial = (given: Partial<Trial> & { readonly complete?: boolean } = {}): Trial => ({
  step,
  record: stepRecord({ step, span, complete: given.complete ?? true }),
  grade: 'pass',
  ...given,
});
const atOnce = { kind: 'recovered', after: seconds(0) } as const;

test('the last answer came 13 s after the load had ended, and latency was back at once: 13 s', () => {
  expect(sinceLoadEnded(atOnce, [trial()], 1023)).toEqual({ kind: 'recovered', after: 13 });
});

test('a target that did not come back was watched from the end of the load on', () => {
  const not = { kind: 'not-recovered', watched: seconds(30), because: 'slow' } as const;
  expect(sinceLoadEnded(not, [trial()], 1023)).toEqual({ ...not, watched: 43 });
});

test('what ends within a second was no backlog', () => {
  expect(sinceLoadEnded(atOnce, [trial()], 1010.9)).toBe(atOnce);
});

test('load that went on after its last window ended with its step, unless it was cut', () => {
  const longer = {
    ...step,
    windows: [{ from: seconds(2), to: seconds(10) }],
    stages: [{ lasts: seconds(15), from: 1, to: 1 }],
  } as const;
  expect(sinceLoadEnded(atOnce, [trial({ step: longer })], 1023)).toEqual({ kind: 'recovered', after: 8 });
  expect(sinceLoadEnded(atOnce, [trial({ step: longer, complete: false })], 1023)).toEqual({
    kind: 'recovered',
    after: 13,
  });
});

test('without load or without a watch there is nothing to add', () => {
  expect(sinceLoadEnded(atOnce, [], 1023)).toBe(atOnce);
  expect(sinceLoadEnded(undefined, [trial()], 1023)).toBeUndefined();
});
