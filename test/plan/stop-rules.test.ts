import { describe, expect, test } from 'vitest';
import type { Beat } from '../../src/model/pulse.ts';
import { tightened } from '../../src/model/stop-limits.ts';
import { epoch, perSecond, ratio, seconds } from '../../src/model/units.ts';
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

test('half of the answers are 5xx from second 400 on: it stops within 12 s, though not 2 % of all have failed', () => {
  const failing = (second: number) => ({
    counts: { completed: second * 100, failed: Math.max(0, second - 400) * 51, connectFailures: 0 },
  });
  const stopsAt = (length: number) => tripped(beats(length, failing))?.why;
  expect(stopsAt(400)).toBeUndefined();
  expect(stopsAt(412)).toMatch(/^510 of 1000 requests/); // 51 × 10 of the 1000 of the last 10 s
  expect((11 * 51) / (411 * 100)).toBeLessThan(0.02);
});

test('a lower share of errors may be told, a higher one may not', () => {
  const failing = (second: number) => ({ counts: { completed: second * 10, failed: second * 3, connectFailures: 0 } });
  const limits = (errors: number) => tightened({ errors: ratio(errors), p95: undefined });
  expect(tripped(beats(30, failing))).toBeUndefined();
  expect(tripped(beats(30, failing), limits(0.2))?.why).toMatch(/30 %\) failed/);
  const half = (second: number) => ({ counts: { completed: second * 10, failed: second * 6, connectFailures: 0 } });
  expect(tripped(beats(30, half), limits(0.9))).toBeDefined();
});

describe('a 95th percentile above 2 s', () => {
  const limits = tightened({ errors: undefined, p95: seconds(2) });
  const slowFrom =
    (from: number, until = Infinity) =>
    (second: number) => ({
      p95: seconds(second >= from && second < until ? 3 : 1),
    });
  test('stops in three windows of 5 s in a row, not before', () => {
    expect(tripped(beats(31, slowFrom(21)), limits)).toBeUndefined(); // 20 was fast
    expect(tripped(beats(32, slowFrom(21)), limits)?.why).toBe(
      'the 95th percentile was above 2 s in 3 windows of 5 s in a row, 3 s in the last',
    );
  });
  test('does not stop where one window between was fast, where nothing is known, or where nothing was told', () => {
    expect(
      tripped(
        beats(40, (second) => slowFrom(20, 34)(second)),
        limits,
      ),
    ).toBeUndefined();
    expect(
      tripped(
        beats(40, () => ({})),
        limits,
      ),
    ).toBeUndefined();
    expect(tripped(beats(40, slowFrom(0)))).toBeUndefined();
  });
});

test('a guard that cannot be asked for 30 s guards nothing: it stops', () => {
  const unasked = (second: number) => ({ guardsSeen: { paging: epoch(Math.min(second, 10)) } });
  expect(tripped(beats(41, unasked))).toBeUndefined();
  expect(tripped(beats(42, unasked))?.why).toBe('the guard "paging" could not be asked for 30 s');
});
