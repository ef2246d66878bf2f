import { expect, test } from 'vitest';
import { isFilledByLoad } from '../../../src/analyse/saturation/filled-by-load.ts';
import { viewOf } from '../../../src/analyse/seen/view.ts';
import type { Row } from '../../../src/model/sheet.ts';
import { seconds } from '../../../src/model/units.ts';
import { caseWith, sheetOf } from '../windows.ts';

/** A table of entries, read in four parts of each ten-second window, at loads that rise by 10. */
function judged(quarters: readonly (readonly number[])[], keepsUp?: readonly boolean[]): boolean {
  const usage = quarters.map((parts) => parts.reduce((sum, part) => sum + part, 0) / parts.length);
  const one = caseWith({ usage, of: 1000, rows: { usage: 0 } }, { kind: 'space', unit: 'entries' });
  const row: Row = {
    resource: one.resource,
    at: {},
    role: 'usage',
    readings: quarters.map((blocks, i) => ({ kind: 'value', value: usage[i] ?? 0, blocks, samples: 10 })),
    interval: seconds(1),
    floor: 0,
    evidence: { role: 'usage', source: 'test', promql: 'entries' },
  };
  const sheet = { ...sheetOf(usage.map((_, i) => ({ load: 50 + 10 * i }))), rows: [row] };
  return isFilledByLoad(one, viewOf(sheet), sheet, keepsUp);
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
