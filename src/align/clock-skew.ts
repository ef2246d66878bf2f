import type { Traffic } from '../model/collected.ts';
import type { LoadRecord, LoadWindow } from '../model/load-record.ts';
import { epoch } from '../model/units.ts';
import { sumOf } from './measure.ts';
import { stepOf } from './step-of.ts';

/** How far the clock that the load is told by is behind that of the samples (s), and whether that is too far to trust any window. */
export type Skew = { readonly by: number; readonly isTooFar: boolean };

/** Where fewer of the requests than this are answered well, the target answers more than we count. */
const follows = 0.95;
const fewestWindows = 3;
/** Nothing is looked for further away than so many steps. */
const steps = 3;
/** Rates that differ by less than this are the same; a skew is believed where what is unexplained falls to this share of what it was. */
const same = 0.05;
const believable = 1 / 3;
/** Shifts that agree as well as this see the same part of each step; the latest of them is read, when it has settled most. */
const alike = 0.005;
/** Corrected up to this share of a step (analysis 3.1, 6). */
const correctable = 0.5;

/**
 * The target's own count of answers follows our steps: where it does so only when it is read earlier or later, two clocks differ (analysis 3.1, 6). The shift at which
 * rates agree best over the windows that were carried; none where they agree as they are, or nowhere.
 */
export function skewOf({ windows }: LoadRecord, traffic: Traffic | undefined): Skew | undefined {
  const carried = windows.filter(
    ({ goodput, offered, health }) => health.verdict !== 'foreign' && goodput >= follows * offered,
  );
  const step = stepOf(windows);
  if (!traffic || carried.length < fewestWindows) return undefined;
  const grain = Math.max(1, traffic.interval / 2);
  const count = Math.floor((steps * step) / grain);
  const shifts = Array.from({ length: 2 * count + 1 }, (_, i) => (i - count) * grain);
  const scored = shifts.flatMap((by) => {
    const off = disagreement(carried, traffic, by);
    return off === undefined ? [] : [{ by, off }];
  });
  const none = scored.find(({ by }) => by === 0)?.off ?? Number.POSITIVE_INFINITY;
  const least = Math.min(...scored.map(({ off }) => off));
  const best = scored.findLast(({ off }) => off <= least + alike);
  if (!best || least > same || least > believable * none || Math.abs(best.by) <= traffic.interval) return undefined;
  return { by: best.by, isTooFar: Math.abs(best.by) > correctable * step };
}

/** Mean absolute log ratio of what the target answered to what we counted; undefined where too few windows can be read. */
function disagreement(windows: readonly LoadWindow[], traffic: Traffic, by: number): number | undefined {
  const offs = windows.flatMap(({ span, throughput }) => {
    const seen = sumOf(traffic.completions, 'counter', span.from + by, span.to + by, traffic.interval)?.value;
    return seen === undefined || seen <= 0 || throughput <= 0 ? [] : [Math.abs(Math.log(seen / throughput))];
  });
  if (offs.length < fewestWindows) return undefined;
  return offs.reduce((sum, off) => sum + off, 0) / offs.length;
}

/** The record in the clock of the samples. */
export const shifted = (record: LoadRecord, by: number): LoadRecord => ({
  ...record,
  windows: record.windows.map((window) => ({
    ...window,
    span: { from: epoch(window.span.from + by), to: epoch(window.span.to + by) },
  })),
});
