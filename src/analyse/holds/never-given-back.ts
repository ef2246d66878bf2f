import { timeIn } from '../../model/cell.ts';
import type { Leak } from '../../model/finding.ts';
import { atCeiling } from '../../model/full.ts';
import { line } from '../../stats/line.ts';
import { ratioInterval } from '../../stats/ratio-interval.ts';
import { studentTQuantile } from '../../stats/student-t-quantile.ts';
import { type Case, fillOf } from '../seen/cases.ts';
import type { View } from '../seen/view.ts';

const fewestWindows = 3;
/** What is in use and never booked must be beyond what looks leave open by so many standard errors. */
const deviations = 2;
/** It must be more than one unit: that may be one that was just looked at. */
const fewestUnits = 1.5;
/** It must make this share of what is in use at last, and of the ceiling. */
const ofUsage = 0.5;
const ofCeiling = 0.25;

/** One window of one pool: what is in use and not booked when it is given back, how far off looks may be there, and how much was done until its middle. */
type Seen = {
  readonly missing: number;
  readonly error: number;
  readonly usage: number;
  readonly done: number;
  /** What a day spent at a level of load has no place in time. */
  readonly isCell: boolean;
};

type Range = NonNullable<ReturnType<typeof ratioInterval>>;

/**
 * Units that are in use and whose time is never booked: a pool that tells for each unit, when it is given back, how long it was kept tells nothing of those that are not. So many more are in use
 * than that time comes to (Little 1961), as long as there is room. How many requests that comes to is told where
 * ever more are missing from window to window: what was lost before anybody looked belongs to none of the requests that were seen.
 */
export function neverGivenBack(one: Case, view: View): Leak | undefined {
  const seen = seenOf(one, view);
  const last = seen.at(-1);
  const ceiling = Math.max(0, ...one.ceiling.map((value) => value ?? 0));
  if (
    !last ||
    seen.length < fewestWindows ||
    last.missing < Math.max(fewestUnits, ofUsage * last.usage, ofCeiling * ceiling)
  )
    return undefined;
  const isSure = seen.slice(1 - fewestWindows).every(({ missing, error }) => missing > deviations * error);
  const grows = ratioInterval(pairsOf(seen), 0.95);
  if (!isSure || !grows || grows.low <= 0) return undefined;
  const perRequest = perRequestOf(seen, grows);
  return { ...(perRequest && { perRequest }), unexplained: last.missing, fillsIn: undefined };
}

/** What is missing over what was done: of all where none was missing to begin with, else of what came to be missing meanwhile. Undefined where that is not sure to have grown. */
function perRequestOf(seen: readonly Seen[], ofAll: Range): Range | undefined {
  if (seen.some(({ isCell }) => isCell)) return undefined;
  const fitted = line(
    seen.map(({ done }) => done),
    seen.map(({ missing }) => missing),
  );
  const t = studentTQuantile(0.975, fitted.df);
  const [low, high] = [fitted.slope - t * fitted.slopeError, fitted.slope + t * fitted.slopeError];
  if (low <= 0) return undefined;
  const wereMissing = fitted.intercept - t * fitted.interceptError > 0;
  return wereMissing ? { kind: 'interval', value: fitted.slope, low, high } : ofAll;
}

/** In the order of time, up to the first window in which it is full. */
function seenOf(one: Case, view: View): readonly Seen[] {
  const inTime = [...view.windows.keys()].toSorted(
    (a, b) => (view.windows[a]?.span.from ?? 0) - (view.windows[b]?.span.from ?? 0),
  );
  const end = inTime.findIndex((i) => (fillOf(one, i) ?? 0) >= atCeiling);
  let done = 0;
  return inTime.slice(0, end < 0 ? undefined : end + 1).flatMap((i): readonly Seen[] => {
    const [window, usage, booked] = [view.windows[i], one.usage[i], one.booked?.[i]];
    if (!window || usage === undefined || booked === undefined) return [];
    const work = window.throughput * timeIn(window);
    const until = done + work / 2;
    done += work;
    return [
      { missing: usage - booked, error: one.usageError[i] ?? 0, usage, done: until, isCell: window.cell !== undefined },
    ];
  });
}

/** What is missing over what was done. */
const pairsOf = (seen: readonly Seen[]): readonly { readonly x: number; readonly y: number }[] =>
  seen.map(({ done, missing }) => ({ x: done, y: missing }));
