import type { Sheet, Window } from '../model/sheet.ts';

/** The windows that support claims, by rising load; `index[i]` is where `windows[i]` stands in the sheet. */
export type View = {
  readonly windows: readonly Window[];
  readonly index: readonly number[];
  readonly low: readonly number[];
};

/** How many of the lowest loads make the baseline: a third of the windows, at least two. */
const lowShare = 1 / 3;

/** Keeps the windows that support claims and orders them by load. `low` are the positions of the low-load windows. */
export function viewOf(sheet: Sheet): View {
  const index = sheet.windows
    .map((_, i) => i)
    .filter((i) => sheet.windows[i]?.aside === undefined)
    .sort((a, b) => (sheet.windows[a]?.load ?? 0) - (sheet.windows[b]?.load ?? 0));
  const windows = index.flatMap((i) => sheet.windows[i] ?? []);
  const lows = Math.min(windows.length, Math.max(2, Math.floor(windows.length * lowShare)));
  return { windows, index, low: Array.from({ length: lows }, (_, i) => i) };
}
