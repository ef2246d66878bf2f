import { expect, test } from 'vitest';
import { withoutIncidents } from '../../src/align/incidents.ts';
import { outagesOf } from '../../src/analyse/outages.ts';
import { behindUnread } from '../../src/analyse/seen/overload.ts';
import { viewOf } from '../../src/analyse/seen/view.ts';
import type { Sheet } from '../../src/model/sheet.ts';
import { epoch, ratio } from '../../src/model/units.ts';
import { sheetOf } from '../analyse/windows.ts';

type Cell = { readonly day: number; readonly load: number; readonly failed?: number; readonly isBefore?: boolean };

/** Half an hour of a day at a load. */
function sheetOfDays(cells: readonly Cell[]): Sheet {
  const sheet = sheetOf(
    cells.map(({ load, failed = 0 }) => ({ load, throughput: load, goodput: load * (1 - failed), errors: failed })),
    'throughput',
  );
  const windows = sheet.windows.map((window, i) => {
    const { day = 0, load = 0, isBefore } = cells[i] ?? {};
    const from = 86_400 * (19_700 + day) + 36_000;
    const span = { from: epoch(from), to: epoch(from + 1800) };
    const cell = { block: day, level: Math.floor(load / 50), parts: [span] };
    const aside = isBefore ? ({ kind: 'unstable-config', because: 'another set-up' } as const) : undefined;
    return { ...window, span, cell, errors: ratio(window.errors), aside };
  });
  return { ...sheet, windows };
}

/** Four days at 50, 100, 150 and 200 a second, and something else. */
const withUsual = (others: readonly Cell[], isBefore = false): Sheet =>
  sheetOfDays([
    ...[0, 1, 2, 3].flatMap((day) => [50, 100, 150, 200].map((load) => ({ day, load, isBefore }))),
    ...others,
  ]);

const incidentsIn = (sheet: Sheet): readonly number[] =>
  withoutIncidents(sheet.windows).flatMap(({ load, aside }) => (aside?.incident ? [load] : []));

test('what fails on one day alone, of a load that other days carried, is an incident', () => {
  expect(incidentsIn(withUsual([{ day: 2, load: 160, failed: 0.25 }]))).toEqual([160]);
  expect(incidentsIn(withUsual([{ day: 2, load: 160, failed: 0.25, isBefore: true }], true))).toEqual([160]);
});

test('what fails on several days, or of more than other days carried, is not, nor what it falls to that day', () => {
  const failed = 0.25;
  expect(incidentsIn(withUsual([1, 2].map((day) => ({ day, load: 160, failed }))))).toEqual([]);
  expect(incidentsIn(withUsual([{ day: 2, load: 300, failed }]))).toEqual([]);
  expect(incidentsIn(withUsual([300, 160].map((load) => ({ day: 2, load, failed }))))).toEqual([]);
});

test('an incident is no end of what is carried, but told with its day', () => {
  const told = withUsual([{ day: 2, load: 160, failed: 0.25, isBefore: true }], true);
  const now = sheetOfDays([50, 60, 70].map((load) => ({ day: 4, load }))).windows;
  const sheet = { ...told, windows: [...told.windows, ...now] };
  const found = { ...sheet, windows: withoutIncidents(sheet.windows) };
  expect(behindUnread(sheet, viewOf(sheet))?.load).toBe(160);
  expect(behindUnread(found, viewOf(found))).toBeUndefined();
  expect(outagesOf(found, viewOf(found), undefined).map(({ text }) => text)).toEqual([
    'from 2023-12-11 10:00 UTC on, for 30 min in all, 25 % failed of 160/s, which was carried on other days: the load alone is not why (nothing that is observed was full just then)',
  ]);
});
