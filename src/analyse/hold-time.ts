import { median } from '../stats/median.ts';
import { type Case, fillOf, known } from './cases.ts';
import type { View } from './view.ts';

/** How long one piece of work keeps a hold, by Little's law H = N ÷ X, in each window of the view; undefined where either is missing. */
export function holdTimes(one: Case, view: View): readonly (number | undefined)[] {
  return view.windows.map((window, i) => {
    const held = one.usage[i];
    const done = one.completions?.[i] ?? window.goodput;
    return held === undefined || done <= 0 || held <= 0 ? undefined : held / done;
  });
}

/** Hold time where load is low: the median of the low windows, before the hold is nearly full. */
export function lowHoldTime(one: Case, view: View): number | undefined {
  const times = holdTimes(one, view);
  const calm = view.low.filter((i) => (fillOf(one, i) ?? 0) < 0.8);
  const low = known(times, calm);
  return low.length === 0 ? undefined : median(low);
}

/**
 * How much longer work is held in some windows than at low load. A pool that is itself the limit keeps its hold time;
 * one that fills because of something below is held in proportion to the delay there (analysis 3.4, rule 2).
 */
export function holdGrowth(
  one: Case,
  view: View,
  windows: { readonly from: number; readonly before: number },
): number | undefined {
  const base = lowHoldTime(one, view);
  const late = known(
    holdTimes(one, view),
    view.windows.map((_, i) => i).filter((i) => i >= windows.from && i < windows.before),
  );
  return base === undefined || late.length === 0 ? undefined : median(late) / base;
}
