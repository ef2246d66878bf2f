import type { Window } from '../../model/sheet.ts';
import { shortfall } from '../../model/shortfall.ts';
import type { Range } from '../seen/plateau.ts';

/** No more fails than this where all is carried. */
const hardly = 0.001;
/** Goodput that rises by less than this part of what the load does rises no more. */
const hardlyRising = 0.15;

/**
 * Where only answers are counted and good ones go on rising while ever more of the others fail, something that only some requests pass turns them away: what still comes through beside it is not carried.
 * Carried is what was, up to where 3 % fail: by the loss curve, and no more than in the first window that failed so much. Not all requests pass what fails, and the curve knows of no such: it may be as
 * little as was carried in a window in which hardly anything failed.
 *
 * @param windows all of them, by rising load
 * @param followed the good answers where 3 % fail, by the loss curve
 * @returns undefined where goodput is level there, and so a plateau
 */
export function carriedBeforeFailing(windows: readonly Window[], followed: Range): Range | undefined {
  const failing = windows.slice(windows.findLastIndex(({ errors }) => errors <= shortfall) + 1);
  const [first] = failing;
  const best = Math.max(0, ...failing.map(({ goodput }) => goodput));
  if (!first || best <= followed.high || isLevel(failing)) return undefined;
  const whole = windows.filter(({ errors, load }) => errors <= hardly && load < first.load);
  const value = Math.min(followed.value, first.goodput);
  const surely = whole.length > 0 ? Math.max(...whole.map(({ goodput }) => goodput)) : value;
  return { value, low: Math.min(followed.low, value, surely), high: followed.high };
}

/** Whether goodput hardly rises from the lowest load of these to the highest. */
export function isLevel(windows: readonly Window[]): boolean {
  const byLoad = windows.toSorted((a, b) => a.load - b.load);
  const [first, last] = [byLoad[0], byLoad.at(-1)];
  if (!first || !last || last.load <= first.load) return false;
  return Math.log(last.goodput / first.goodput) < hardlyRising * Math.log(last.load / first.load);
}
