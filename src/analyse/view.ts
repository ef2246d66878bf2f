import type { Sheet, Window } from '../model/sheet.ts';

/** The windows that support claims, by rising load; `index[i]` is where `windows[i]` stands in the sheet. */
export type View = {
  readonly windows: readonly Window[];
  readonly index: readonly number[];
  readonly low: readonly number[];
};

/** How many of the lowest loads make the baseline: a third of the windows, at least two … */
const lowShare = 1 / 3;
/** … without those where answers took this much longer than in the best of them: warming up, or congested already. */
const lowWithin = 2;

/** Keeps the windows that support claims and orders them by load. `low` are the positions of the low-load windows. */
export function viewOf(sheet: Sheet): View {
  const index = sheet.windows
    .map((_, i) => i)
    .filter((i) => sheet.windows[i]?.aside === undefined)
    .sort((a, b) => (sheet.windows[a]?.load ?? 0) - (sheet.windows[b]?.load ?? 0));
  const windows = index.flatMap((i) => sheet.windows[i] ?? []);
  const lows = Math.min(windows.length, Math.max(2, Math.floor(windows.length * lowShare)));
  return { windows, index, low: fastOf(windows.slice(0, lows)) };
}

/** Positions of the windows that answered about as fast as the best of them; one whose latency is not known stays. */
function fastOf(windows: readonly Window[]): readonly number[] {
  const best = Math.min(...windows.map((window) => latencyOf(window) ?? Number.POSITIVE_INFINITY));
  return windows.map((_, i) => i).filter((i) => (latencyOf(windows[i]) ?? best) <= lowWithin * best);
}

/** Mean latency of a window, else its median. */
export function latencyOf(window: Window | undefined): number | undefined {
  return window?.latency.mean ?? window?.latency.p50;
}
