import { expect, test } from 'vitest';
import type { Beat } from '../../src/model/pulse.ts';
import { epoch, perSecond, ratio } from '../../src/model/units.ts';
import { tripped } from '../../src/plan/stop-rules.ts';

/** One beat a second from 0 on; Prometheus answers each time unless told otherwise. */
const beats = (length: number, told: (second: number) => Partial<Beat>): readonly Beat[] =>
  Array.from({ length }, (_, second) => ({
    at: epoch(second),
    step: { index: 0, of: 1, phase: 'measure' },
    offered: perSecond(10),
    achieved: perSecond(10),
    p50: undefined,
    p99: undefined,
    errors: ratio(0),
    inFlight: 0,
    fullest: undefined,
    counts: { completed: second * 10, failed: 0, connectFailures: 0 },
    prometheusSeen: epoch(second),
    guards: {},
    ...told(second),
  }));

test('a load that is answered goes on', () => {
  expect(tripped(beats(60, () => ({})))).toBeUndefined();
});

test('before the first beat nothing trips', () => {
  expect(tripped([])).toBeUndefined();
});

test('errors from second 40 on trip when 60 of the last 100 failed, though only 60 of 460 did in all', () => {
  const failing = (second: number) => ({
    counts: { completed: second * 10, failed: Math.max(0, second - 40) * 10, connectFailures: 0 },
  });
  expect(tripped(beats(46, failing))).toBeUndefined(); // 50 of 100: not more than half
  expect(tripped(beats(47, failing))).toEqual({ why: '60 of 100 requests (60 %) failed within 10 s', safety: true });
});

test('49 failures in 10 s are too few to judge', () => {
  const few = (second: number) => ({ counts: { completed: second * 4.9, failed: second * 4.9, connectFailures: 0 } });
  expect(tripped(beats(11, few))).toBeUndefined();
});

test('nothing but failed connections for 5 s trips', () => {
  const refused = (second: number) => ({ counts: { completed: second, failed: second, connectFailures: second } });
  expect(tripped(beats(5, refused))).toBeUndefined(); // four so far
  expect(tripped(beats(6, refused))?.why).toBe(
    'no connection could be made for 5 s: 5 attempts failed and nothing was answered',
  );
});

test('failed connections beside answers do not', () => {
  const some = (second: number) => ({ counts: { completed: second * 10, failed: second, connectFailures: second } });
  expect(tripped(beats(20, some))).toBeUndefined();
});

test('Prometheus may be silent for 30 s, not for 31', () => {
  const lost = () => ({ prometheusSeen: epoch(5) });
  expect(tripped(beats(36, lost))).toBeUndefined();
  expect(tripped(beats(37, lost))?.why).toBe('Prometheus has not answered for 31 s: the load would go on unseen');
});

test('Prometheus that never answered counts from the first beat', () => {
  const never = () => ({ prometheusSeen: undefined });
  expect(tripped(beats(31, never))).toBeUndefined();
  expect(tripped(beats(32, never))?.safety).toBe(true);
});

test('a guard that is true now trips, one that was true does not', () => {
  const guards = (second: number) => ({ guards: { 'disk almost full': second === 3, other: false } });
  expect(tripped(beats(4, guards))?.why).toBe('the guard "disk almost full" turned true');
  expect(tripped(beats(5, guards))).toBeUndefined();
});
