import { expect, test } from 'vitest';
import type { VitalSigns } from '../../src/load/vitals-between.ts';
import { windowWatch } from '../../src/load/window-watch.ts';
import { seconds } from '../../src/model/units.ts';

const cut = (from: number, to: number) => ({ from: seconds(from), to: seconds(to) });
const signs = (at: number): VitalSigns => ({ at, loopBusy: at / 4, cpu: at / 5, runQueue: 0, periods: undefined });

test('2 in flight up to the middle of the second of three windows and 6 from there: means of 2, 4 and 6, and only the second grows', () => {
  const watch = windowWatch(100, [cut(10, 20), cut(20, 30), cut(40, 50)]);
  watch.level(103, 2);
  watch.level(125, 6);
  const [first, second, third] = watch.ends().map(({ inFlight }) => inFlight);
  expect(first).toEqual({ mean: 2, growth: 0, error: 0 });
  expect(second?.mean).toBe(4);
  expect(second?.growth).toBeCloseTo(0.6, 12); // 12·(M − A·T/2)/T³ with A = 40, M = 2·25/2 + 6·75/2 = 250
  expect(third).toEqual({ mean: 6, growth: 0, error: 0 });
});

test('what was in flight before a window is in flight in it, also when nothing happens there', () => {
  const watch = windowWatch(0, [cut(5, 6), cut(6, 7)]);
  watch.level(1, 3);
  expect(watch.ends().map(({ inFlight }) => inFlight?.mean)).toEqual([3, 3]);
});

test('vital signs are read at both ends of a window, and say how the worker fared in it', () => {
  const watch = windowWatch(0, [cut(1, 2), cut(2, 3)]);
  let read = 0;
  const reading = (now: number) => () => {
    read += 1;
    return signs(now);
  };
  for (let now = 0; now <= 3; now += 0.25) watch.turn(now, reading(now));
  expect(watch.ends().map(({ vitals }) => vitals?.loop)).toEqual([0.25, 0.25]);
  expect(read).toBe(4); // two ends a window
});

test('a step that is cut short tells of the window that lasts up to there, and not of those that never began', () => {
  const watch = windowWatch(0, [cut(0, 10), cut(10, 20), cut(20, 30)]);
  watch.level(0, 1);
  watch.turn(0, () => signs(0));
  watch.turn(10, () => signs(10));
  watch.cut(15);
  watch.turn(15, () => signs(15));
  watch.level(18, 0);
  const ends = watch.ends();
  expect(ends).toHaveLength(2);
  expect(ends[1]).toMatchObject({ inFlight: { mean: 1, growth: 0 }, vitals: { loop: 0.25 } });
});
