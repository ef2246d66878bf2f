import { expect, test } from 'vitest';
import type { Beat } from '../../src/model/pulse.ts';
import { epoch, perSecond, ratio, seconds } from '../../src/model/units.ts';
import { hasSeenEnough } from '../../src/plan/seen-enough.ts';
import { common, laidOut, staircaseShape } from './shapes.ts';

const ramp = laidOut({ ...common, kind: 'ramp', from: 10, to: 100, lasts: seconds(60) });

/** One beat a second, each with what was answered of 100/s. */
const beats = (achieved: readonly number[], phase: Beat['step']['phase'] = 'measure'): readonly Beat[] =>
  achieved.map((answered, at) => ({
    at: epoch(1000 + at),
    step: { index: 0, of: 6, phase },
    offered: perSecond(100),
    achieved: perSecond(answered),
    p50: undefined,
    p95: undefined,
    p99: undefined,
    errors: ratio(0),
    inFlight: 0,
    fullest: undefined,
    counts: { completed: 0, failed: 0, connectFailures: 0 },
    prometheusSeen: undefined,
    guards: {},
    guardsSeen: {},
  }));
const seconds12 = (value: number): readonly number[] => Array.from({ length: 12 }, () => value);

test('a ramp on which fewer than three of four are answered over a whole window has shown the plateau', () => {
  expect(hasSeenEnough(ramp, beats(seconds12(74)))).toBe(true);
  expect(hasSeenEnough(ramp, beats(seconds12(76)))).toBe(false);
});

test('a few bad seconds are no window, and what settles does not count', () => {
  expect(hasSeenEnough(ramp, beats([...seconds12(100), 10, 10]))).toBe(false);
  expect(hasSeenEnough(ramp, beats([10, 10, 10]))).toBe(false);
  expect(hasSeenEnough(ramp, beats(seconds12(10), 'settle'))).toBe(false);
});

test('steps that are decided one by one need no such end', () => {
  expect(hasSeenEnough(laidOut({ ...staircaseShape, levels: [10] }), beats(seconds12(10)))).toBe(false);
  expect(hasSeenEnough(undefined, beats(seconds12(10)))).toBe(false);
});
