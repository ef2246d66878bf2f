import { expect, test } from 'vitest';
import { backlogOf } from '../../src/load/backlog.ts';

test('who waits is first come first served, told by number, and refused where there is no room', () => {
  let waiting = 0;
  const backlog = backlogOf<{ due: number }>(2, (by) => {
    waiting += by;
  });
  expect([backlog.wait({ due: 1 }), backlog.wait({ due: 2 }), backlog.wait({ due: 3 })]).toEqual([true, true, false]);
  expect(waiting).toBe(2);
  expect(backlog.dueBy(0.5)).toBeUndefined();
  expect(backlog.dueBy(1)).toEqual({ due: 1 });
  expect(backlog.next()).toEqual({ due: 2 });
  expect([waiting, backlog.waiting()]).toEqual([0, 0]);
});

test('what follows later comes when it is due, the soonest first', () => {
  const backlog = backlogOf<{ due: number }>(1, () => {});
  backlog.later({ due: 5 });
  backlog.later({ due: 3 });
  expect(backlog.followsAt()).toBe(3);
  expect(backlog.follower(2)).toBeUndefined();
  expect(backlog.follower(3)).toEqual({ due: 3 });
  backlog.wait({ due: 1 });
  expect(backlog.takeAll()).toEqual({ waiting: [{ due: 1 }], following: [{ due: 5 }] });
  expect(backlog.followsAt()).toBe(Number.POSITIVE_INFINITY);
});
