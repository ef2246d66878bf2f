import { expect, test } from 'vitest';
import { endOf } from '../../../src/analyse/cost/line-end.ts';
import { line } from '../../../src/stats/line.ts';

const loads = [100, 150, 200, 250, 300];
const through = (usage: readonly number[]) => line(loads, usage);

test('a line without scatter ends where it meets the ceiling; what is used anyway may give way: (2 − 0.1) ÷ 0.004, at most 2 ÷ 0.004', () =>
  expect(endOf(through(loads.map((load) => 0.1 + 0.004 * load)), 2)).toEqual({
    kind: 'interval',
    value: expect.closeTo(475, 3),
    low: expect.closeTo(475, 3),
    high: expect.closeTo(500, 3),
  }));

test('a free line that cuts the axis just below nothing only says that background is small: the end is further away than that line says', () => {
  const scatter = [-0.06, 0.02, 0.05, 0.03, 0.04];
  const free = through(loads.map((load, i) => 0.004 * load + (scatter[i] ?? 0)));
  expect(free.intercept).toBeLessThan(0);
  const end = endOf(free, 2);
  expect(end?.kind === 'interval' && end.value).toBeGreaterThan((2 - free.intercept) / free.slope);
});

test('usage that plainly begins below nothing is no such line', () =>
  expect(endOf(through(loads.map((load) => 0.004 * load - 0.3)), 2)).toBeUndefined());

test('usage that may not rise at all ends nowhere: only a lower side is told', () =>
  expect(endOf(through([0.5, 0.7, 0.4, 0.6, 0.55]), 2)?.kind).toBe('at-least'));
