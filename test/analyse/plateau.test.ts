import { expect, test } from 'vitest';
import { meanRate, plateauOf } from '../../src/analyse/plateau.ts';
import type { Window } from '../../src/model/sheet.ts';
import { epoch } from '../../src/model/units.ts';
import { viewWith } from './windows.ts';

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
