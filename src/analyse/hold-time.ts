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

/** A hold that is fuller than this is no longer calm. */
const nearlyFull = 0.8;

/** Hold time where load is low: the median of the low windows, before the hold is nearly full. */
export function lowHoldTime(one: Case, view: View): number | undefined {
  const times = holdTimes(one, view);
  const calm = view.low.filter((i) => (fillOf(one, i) ?? 0) < nearlyFull);
  const low = known(times, calm);
  return low.length === 0 ? undefined : median(low);
}

/** Two standard errors: how long a hold may have been at low load, for all that samples of a gauge tell. */
const doubt = 2;

/**
 * By what factor work is at least held longer in some windows than at low load. A pool that is itself the limit keeps its hold time;
 * one that fills because of something below is held in proportion to the delay there (analysis 3.4, rule 2). A few samples of a small gauge say
 * little about low load: what they leave open counts for the hold.
 */
export function holdGrowth(
  one: Case,
  view: View,
  windows: { readonly from: number; readonly before: number },
): number | undefined {
  const base = longestLowHold(one, view);
  const late = known(
    holdTimes(one, view),
    view.windows.map((_, i) => i).filter((i) => i >= windows.from && i < windows.before),
  );
  return base === undefined || late.length === 0 ? undefined : median(late) / base;
}

/** All that was held at low load over all that was done there, and two standard errors more. */
function longestLowHold(one: Case, view: View): number | undefined {
  const calm = view.low.filter((i) => (fillOf(one, i) ?? 0) < nearlyFull && one.usage[i] !== undefined);
  const done = calm.reduce((sum, i) => sum + (one.completions?.[i] ?? view.windows[i]?.goodput ?? 0), 0);
  const held = calm.reduce((sum, i) => sum + (one.usage[i] ?? 0), 0);
  const error = Math.hypot(...calm.map((i) => one.usageError[i] ?? 0));
  return done > 0 && held > 0 ? (held + doubt * error) / done : undefined;
}
