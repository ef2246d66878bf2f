import { expect, test } from 'vitest';
import { endedByAbsence } from '../../src/analyse/ended-by-absence.ts';
import type { Judged } from '../../src/analyse/roots/judged.ts';
import type { View } from '../../src/analyse/seen/view.ts';
import { viewWith } from './windows.ts';

/** 100 to 400/s, the last two behind their load; something was away in some of them. */
function viewAway(positions: readonly number[]): View {
  const view = viewWith([{ load: 100 }, { load: 200 }, { load: 300, goodput: 200 }, { load: 400, goodput: 0 }]);
  const windows = view.windows.map((window, i) =>
    positions.includes(i) ? { ...window, away: 'api is gone' } : window,
  );
  return { ...view, windows };
}
const behind = [false, false, true, true];

test('where something was away in each window that fell behind, that is why', () => {
  expect(endedByAbsence(viewAway([2, 3]), behind, 2, [])).toBe('api is gone');
});

test('where one fell behind without it, or none fell behind for good, it explains nothing', () => {
  expect(endedByAbsence(viewAway([3]), behind, 2, [])).toBeUndefined();
  expect(endedByAbsence(viewAway([2, 3]), behind, undefined, [])).toBeUndefined();
});

test('what saturated explains it, whatever was away besides', () => {
  const root = { standing: { kind: 'root' } } as Judged;
  expect(endedByAbsence(viewAway([2, 3]), behind, 2, [root])).toBeUndefined();
});
