import { expect, test } from 'vitest';
import { meanRate, plateauOf } from '../../../src/analyse/seen/plateau.ts';
import type { Window } from '../../../src/model/sheet.ts';
import { epoch } from '../../../src/model/units.ts';
import { viewWith } from '../windows.ts';

const lasting = (windows: readonly Window[], lengths: readonly number[]): readonly Window[] =>
  windows.map((window, i) => ({
    ...window,
    span: { from: window.span.from, to: epoch(window.span.from + (lengths[i] ?? 10)) },
  }));

test('a short window may be the best by chance: the plateau is told by the long ones too', () => {
  // By chance 280/s vary by 2.5/s over 46 s, by 2.7/s over 38 s, and by 8.5/s over 4 s.
  const { windows } = viewWith([{ load: 274 }, { load: 280 }, { load: 292 }]);
  const over = lasting(windows, [38, 46, 4]);
  const plateau = plateauOf(over, 292);
  expect(plateau).toHaveLength(3);
  // (38 · 274 + 46 · 280 + 4 · 292) ÷ 88
  expect(meanRate(plateau ?? []).value).toBeCloseTo(277.95, 1);
});

test('of windows that last as long the best says how high it lies', () => {
  const { windows } = viewWith([{ load: 150 }, { load: 170 }, { load: 172 }]);
  // √(172 ÷ 100 s) is 1.3/s: 150/s is no part of it
  expect(plateauOf(lasting(windows, [100, 100, 100]), 172)?.map(({ goodput }) => goodput)).toEqual([170, 172]);
});

test('of an overload that is only watched all windows count: in some more is answered than comes, in others less', () => {
  // event loops of 283/s, read in one overload of half an hour
  const answers = [278, 269, 280, 294, 314, 337, 276];
  const over = viewWith(answers.map((load) => ({ load }))).windows;
  expect(plateauOf(over, 337, 'others')).toHaveLength(7);
  // overload broke down what was carried before: no plateau
  expect(plateauOf(over, 500, 'others')).toBeUndefined();
  // our own users wait for their answers: what they get is what is carried
  expect(plateauOf(over, 337, 'users')?.map(({ goodput }) => goodput)).toEqual([337]);
  // three windows may be three loads on the way up
  expect(plateauOf(over.slice(3, 6), 337, 'others')).toHaveLength(1);
});

test('who presses says how much a plateau moves: others come and go while it is looked at', () => {
  const { windows } = viewWith([{ load: 100 }, { load: 100 }, { load: 100 }]);
  const half = (by: 'arrivals' | 'users' | 'others') => meanRate(windows, by).high - 100;
  // t(6) = 2.447 of half of Poisson's sqrt(10 / 3), known as four repetitions among six: 2.447 x 0.745; and 1.96 x 1, 0.5 and 2
  const counted = 2.447 * Math.sqrt((4 * (0.25 * (10 / 3)) * 3) / 6 / 3);
  for (const [by, moves] of [
    ['arrivals', 1],
    ['users', 0.5],
    ['others', 2],
  ] as const)
    expect(half(by)).toBeCloseTo(Math.hypot(counted, 1.96 * moves), 1);
});
