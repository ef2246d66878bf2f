import { expect, test } from 'vitest';
import { busyTicks, processOf, ticksBelow, worstShare } from './strangers.ts';

test('busy is everything but idle and waiting for disks', () => {
  expect(busyTicks('cpu  10 1 20 4000 300 2 3 4 0 0\ncpu0 …')).toBe(10 + 1 + 20 + 2 + 3 + 4);
});

test('a process is read although its name holds brackets and spaces', () => {
  const stat = '77 (a) b (c) S 5 77 77 0 -1 4194304 1 2 3 4 150 50 0 0 20 0 1 0 100 0 0';
  expect(processOf(stat)).toEqual({ pid: 77, parent: 5, ticks: 200 });
});

test('children and their children are own, also once their parent is gone', () => {
  const first = ticksBelow(
    10,
    [
      { pid: 10, parent: 1, ticks: 5 },
      { pid: 11, parent: 10, ticks: 7 },
      { pid: 90, parent: 1, ticks: 99 },
    ],
    new Map(),
  );
  expect(first.spent).toBe(12);
  const second = ticksBelow(
    10,
    [
      { pid: 11, parent: 1, ticks: 20 },
      { pid: 90, parent: 1, ticks: 200 },
    ],
    first.seen,
  );
  expect(second.spent).toBe(13);
});

test('the worst ten seconds count: 1 of 2 cores used by others for ten of twenty seconds is half of the machine', () => {
  const calm = { busy: 50, own: 50 };
  const crowded = { busy: 150, own: 50 };
  const looks = [...Array.from({ length: 10 }, () => calm), ...Array.from({ length: 10 }, () => crowded)];
  expect(worstShare(looks, 2)).toBe(0.5);
});

test('less than ten seconds say nothing', () => {
  expect(worstShare([{ busy: 200, own: 0 }], 2)).toBe(0);
});
