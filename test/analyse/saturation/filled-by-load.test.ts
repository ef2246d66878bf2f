import { expect, test } from 'vitest';
import { isFilledByLoad } from '../../../src/analyse/saturation/filled-by-load.ts';
import { viewOf } from '../../../src/analyse/seen/view.ts';
import type { Row } from '../../../src/model/sheet.ts';
import { seconds } from '../../../src/model/units.ts';
import { caseWith, sheetOf } from '../windows.ts';

/** A table of entries, read in four parts of each ten-second window, at loads that rise by 10. */
function judged(quarters: readonly (readonly number[])[], keepsUp?: readonly boolean[]): boolean {
  return judgedTogether([quarters], keepsUp);
}

/** Several such tables, the requests of which go now to the one and now to the other. */
function judgedTogether(tables: readonly (readonly (readonly number[])[])[], keepsUp?: readonly boolean[]): boolean {
  const all = tables.map(tableOf);
  const usage = all[0]?.row.readings ?? [];
  const sheet = { ...sheetOf(usage.map((_, i) => ({ load: 50 + 10 * i }))), rows: all.map(({ row }) => row) };
  return isFilledByLoad(
    all.map(({ one }) => one),
    viewOf(sheet),
    sheet,
    keepsUp,
  );
}

function tableOf(quarters: readonly (readonly number[])[], at: number) {
  const usage = quarters.map((parts) => parts.reduce((sum, part) => sum + part, 0) / parts.length);
  const one = caseWith({ usage, of: 1000, rows: { usage: at } }, { kind: 'space', unit: 'entries' });
  const row: Row = {
    resource: one.resource,
    at: {},
    role: 'usage',
    readings: quarters.map((blocks, i) => ({ kind: 'value', value: usage[i] ?? 0, blocks, samples: 10 })),
    interval: seconds(1),
    floor: 0,
    evidence: { role: 'usage', source: 'test', promql: 'entries' },
  };
  return { one, row };
}

const windows = [0, 1, 2, 3, 4, 5];

test('entries that are kept 8 s after each request fill with load: steady inside each window, higher in the next', () =>
  expect(judged(windows.map((i) => [0, 1, -1, 0].map((chance) => 8 * (50 + 10 * i) + chance)))).toBe(true));

test('what stays behind grows inside windows as it does between them: time fills it', () =>
  expect(judged(windows.map((i) => [0, 1, 2, 3].map((part) => 400 + 8 * (10 * i + 2.5 * part))))).toBe(false));

test('without parts of windows it cannot be told', () => expect(judged(windows.map(() => []))).toBe(false));

test('a window in which the target fell behind, and much was left inside, says nothing of it', () => {
  const quarters = windows.map((i) => [0, 1, -1, 0].map((chance) => 8 * (50 + 10 * i) + chance));
  const fellBehind = [...quarters.slice(0, -1), [450, 600, 800, 950]];
  expect(judged(fellBehind)).toBe(false);
  expect(judged(fellBehind, [true, true, true, true, true, false])).toBe(true);
});

test('which of two tables holds the entries is chance: together they are steady inside each window, where either alone may be growing', () => {
  const drawn = [60, -70, 50, 90, -40, 80];
  const held = (sign: 1 | -1) =>
    windows.map((i) => [-1, -1 / 3, 1 / 3, 1].map((part) => 4 * (50 + 10 * i) + sign * part * (drawn[i] ?? 0)));
  expect(judged(held(1))).toBe(false);
  expect(judgedTogether([held(1), held(-1)])).toBe(true);
});
