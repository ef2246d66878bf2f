import { timeIn } from '../../model/cell.ts';
import { further } from '../../model/further.ts';
import type { Sheet, Window } from '../../model/sheet.ts';
import { shortfall } from '../../model/shortfall.ts';
import { type PerSecond, perSecond } from '../../model/units.ts';

/** The windows that support claims, by rising load, about the same load in the order of time; `index[i]` is where `windows[i]` stands in the sheet. */
export type View = {
  readonly windows: readonly Window[];
  readonly index: readonly number[];
  readonly low: readonly number[];
  /** Only answers are counted: what gives way is seen at a lower load than that which it gave way under. */
  readonly answersOnly?: boolean;
  /** Requests come at even intervals, and not at random as those of users do. */
  readonly evenly?: boolean;
};

const deviations = 3;

/** How many of the lowest loads make the baseline: a third of the windows, at least two … */
const lowShare = 1 / 3;
/** … without those where answers took this much longer than in the best of all: warming up, or congested already. */
const lowWithin = 2;

/** Keeps the windows that support claims and orders them by load. `low` are the positions of the low-load windows. */
export function viewOf(sheet: Sheet): View {
  const loadOf = (i: number): number => sheet.windows[i]?.load ?? 0;
  const kept = sheet.windows.map((_, i) => i).filter((i) => sheet.windows[i]?.aside === undefined);
  const index = alikeInTime(
    kept.sort((a, b) => loadOf(a) - loadOf(b)),
    sheet,
  );
  const windows = index.flatMap((i) => sheet.windows[i] ?? []);
  const lows = Math.min(windows.length, Math.max(2, Math.floor(windows.length * lowShare)));
  return { windows, index, low: lowestOf(fastOf(windows), lows), answersOnly: sheet.axis === 'throughput' };
}

/**
 * What fills with time does so at one load: windows of about the same load, or of loads that chance alone may have told apart, stand as they came.
 * Where a window stands in the sheet is its place in time.
 */
function alikeInTime(byLoad: readonly number[], sheet: Sheet): readonly number[] {
  const groups: number[][] = [];
  for (const i of byLoad) {
    const group = groups.at(-1);
    const [lowest, here] = [sheet.windows[group?.[0] ?? i], sheet.windows[i]];
    if (group && lowest && here && here.load <= Math.max(further * lowest.load, lowest.load + chance(lowest)))
      group.push(i);
    else groups.push([i]);
  }
  return groups.flatMap((group) => group.toSorted((a, b) => a - b));
}

/** By so much two counts of one rate differ at most (Poisson). */
export const chance = (window: Window): number => deviations * Math.sqrt((2 * window.load) / timeIn(window));

/** As many of the lowest as are wanted, from the lower part of the load if any are there. */
function lowestOf(fast: readonly number[], wanted: number): readonly number[] {
  const near = fast.filter((i) => i < 2 * wanted).slice(0, wanted);
  return near.length > 0 ? near : fast.slice(0, wanted);
}

/** Positions of the windows that answered about as fast as the best of them; one whose latency is not known stays. */
function fastOf(windows: readonly Window[]): readonly number[] {
  // What fails may be answered at once: that is not fast.
  const fewest = Math.min(...windows.map(({ errors }) => errors));
  const whole = windows.map((_, i) => i).filter((i) => (windows[i]?.errors ?? 0) < fewest + shortfall);
  const best = Math.min(...whole.map((i) => latencyOf(windows[i]) ?? Number.POSITIVE_INFINITY));
  return whole.filter((i) => (latencyOf(windows[i]) ?? best) <= lowWithin * best);
}

/** Mean latency of a window, else its median. */
export function latencyOf(window: Window | undefined): number | undefined {
  return window?.latency.mean ?? window?.latency.p50;
}

/** Between the load of a window and the next lower one before it: windows of about one load stand as they came. */
export function bracketAt(
  view: View,
  position: number,
): { readonly above: PerSecond | undefined; readonly upTo: PerSecond } {
  const upTo = perSecond(view.windows[position]?.load ?? 0);
  const before = view.windows.slice(0, position).findLast(({ load }) => load < upTo);
  return { above: before && perSecond(before.load), upTo };
}
