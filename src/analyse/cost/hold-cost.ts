import { timeIn } from '../../model/cell.ts';
import type { Demand, OwnCapacity } from '../../model/finding.ts';
import { line } from '../../stats/line.ts';
import { sum } from '../../stats/sum.ts';
import { carriedByTokens, type Station } from '../holds/carried-by-tokens.ts';
import { holdTimes } from '../holds/hold-time.ts';
import { type Case, fillOf, known, sumAt } from '../seen/cases.ts';
import { varies } from '../seen/points.ts';
import { reach } from '../seen/reach.ts';
import { selective } from '../seen/selective.ts';
import { refusesBeyond } from '../seen/turned-away.ts';
import { unevennessOf } from '../seen/unevenness.ts';
import type { View } from '../seen/view.ts';
import type { Cost } from './cost.ts';
import { usableOf } from './usable.ts';
import { waitsEarly } from './waits-early.ts';

const leastPoints = 3;
/** Low load is left for higher windows only until the hold time is known this well (relative). */
const wellKnown = 0.1;
/** From here on what is below keeps work longer than it takes. */
const busyBelow = 0.7;
/** Standard errors from which on what is kept without load is believed. */
const plainly = 3;
/** So much of the time that a request is held stays at least, whatever is lifted below. */
const leastLeft = 0.1;
const two = 1.96;

/** A leaf that a hold waits for: what a request costs there (s of one server), where it ends, and how full it is in each window. */
export type Below = {
  readonly demand: number;
  readonly capacity: number;
  readonly fill: readonly (number | undefined)[];
  /** How long a request waits there in each window (s), where that is known. */
  readonly waiting: readonly number[];
  /** How much shorter a request is there (s) once its limit is lifted. */
  readonly spared?: number;
};

type Around = { readonly alike: readonly Case[]; readonly below: readonly Below[] };

/**
 * Size less what is kept anyway ÷ the hold time of low load, all instances together. Where a leaf below ends before that, the hold is only its image: it fills because the leaf does,
 * and all that can be said of it is that bound. Else what the leaf adds on the way is solved together with it: what so many units carry in a closed network.
 * What refuses instead of letting wait, or already does at moments, refuses too much before it is full on average.
 * A hold whose use does not rise with load (connections kept open, idle) ends nowhere that its use could tell.
 */
export function costOfHold(one: Case, view: View, sustained: readonly boolean[], { alike, below }: Around): Cost {
  const nothing: Cost = { demand: undefined, capacity: undefined };
  const seen = calmWindows(alike, view, sustained, below);
  if (!varies(seen.map(({ done }) => done))) return nothing;
  const held = heldAt(seen);
  if (held.time <= 0 || held.time <= two * held.error) return nothing;
  const all = view.windows.map((_, i) => i);
  const times = known(holdTimes(one, view), all);
  const demand: Demand = {
    perRequest: {
      kind: 'interval',
      value: held.time,
      low: Math.min(held.time, ...times),
      high: Math.max(held.time, ...times),
    },
    background: held.kept,
    method: 'hold-time',
  };
  const refuses = alike.every(({ resource }) => resource.hard) || alike.some((hold) => waitsEarly(hold, sustained));
  const time = Math.max(leastLeft * held.time, held.time - sum(below.map(({ spared = 0 }) => spared)));
  return {
    demand,
    capacity: sizeOverHold({ ...held, time, refuses, refused: refusedBy(alike, view, sustained) }, alike, below, view),
  };
}

type Seen = { readonly done: number; readonly used: number; readonly variance: number };

/** What was in use, of all instances, while nothing was full and the target kept up: the lowest loads first, without those in which something below was busy, if that leaves enough. */
function calmWindows(
  alike: readonly Case[],
  view: View,
  sustained: readonly boolean[],
  below: readonly Below[],
): readonly Seen[] {
  const holdsAll = alike.every(({ resource }) => resource.kind === 'servers');
  const at = (i: number): readonly Seen[] => {
    const window = view.windows[i];
    const usages = alike.flatMap((one) => one.usage[i] ?? []);
    const isCalm = sustained[i] === true && alike.every((one) => (fillOf(one, i) ?? 0) < reach.clamped);
    if (!window || !isCalm || usages.length < alike.length || window.throughput <= 0) return [];
    const read = sum(usages);
    const used = holdsAll ? withoutWaiting(read, window.throughput, below, i) : read;
    const sampling = alike.reduce((sum, one) => sum + (one.usageError[i] ?? 0) ** 2, 0);
    return [
      {
        done: window.throughput,
        used,
        variance: sampling + (2 * used * used) / window.throughput / timeIn(window),
      },
    ];
  };
  const all = view.windows.map((_, i) => i);
  const unhurried = all.filter((i) => below.every(({ fill }) => (fill[i] ?? 0) < busyBelow)).flatMap(at);
  return unhurried.length >= leastPoints ? unhurried : all.flatMap(at);
}

/** Threads are held for all that is below: in use less what only waited there, and no less than what worked. */
function withoutWaiting(used: number, done: number, below: readonly Below[], i: number): number {
  const [waits, works] = [sum(below.map(({ waiting }) => waiting[i] ?? 0)), sum(below.map(({ demand }) => demand))];
  return Math.max(used - done * waits, Math.min(used, done * works));
}

type HeldAt = { readonly time: number; readonly kept: number; readonly error: number };

/** How long a request holds where load is low, from as many windows as it takes to know it well; and what is kept without any, if that is plain. */
function heldAt(seen: readonly Seen[]): HeldAt {
  const free = line(
    seen.map(({ done }) => done),
    seen.map(({ used }) => used),
  );
  const noise = Math.sqrt(seen.reduce((sum, { variance }) => sum + variance, 0) / seen.length / seen.length);
  if (free.intercept > plainly * Math.max(free.interceptError, noise))
    return { time: free.slope, kept: free.intercept, error: free.slopeError };
  let [used, done, variance] = [0, 0, 0];
  for (const [count, window] of seen.entries()) {
    if (count >= leastPoints && used > 0 && Math.sqrt(variance) <= wellKnown * used) break;
    used += window.used;
    done += window.done;
    variance += window.variance;
  }
  return { time: used / done, kept: 0, error: Math.sqrt(variance) / done };
}

function sizeOverHold(
  held: Held,
  alike: readonly Case[],
  below: readonly Below[],
  view: View,
): OwnCapacity | undefined {
  const sizes = alike.map((one) => one.ceiling[one.usage.findLastIndex((usage) => usage !== undefined)]);
  if (!sizes.every((size) => size !== undefined)) return undefined;
  const uneven = unevennessOf(sharesOf(alike, view), alike.length * (leastPoints - 1));
  const size = (sum(sizes) - held.kept) / uneven.factor;
  const top = Math.max(...view.windows.map((window) => window.goodput));
  const most = size / held.time;
  const error = Math.hypot(held.error / held.time, uneven.error / uneven.factor);
  const used = Math.max(0, ...alike.flatMap((one) => view.windows.map((_, i) => fillOf(one, i) ?? 0)));
  const first = Math.min(...below.map(({ capacity }) => capacity));
  if (most < top || most > first || most > reach.farthest * top || used < reach.barelyUsed)
    return {
      rate: { kind: 'at-most', high: most * (1 + two * error) },
      provenance: 'upper-bound',
      extrapolation: most / top,
      indicative: most,
    };
  const carried = (time: number): number => carriedByTokens(size, time, below.map(stationOf));
  const least = usableOf(size / alike.length);
  const whole = Math.min(most, carried(held.time));
  const turned = refusesBeyond(held.refused, { from: Math.max(top, least * whole), to: whole });
  if (turned) {
    // Goodput that rises no further than that beyond where some are turned away is sustained there as well.
    const isWhole = whole <= selective * turned.value;
    const high = whole <= selective * turned.high ? carried(held.time / (1 + two * error)) : turned.high;
    const value = isWhole ? whole : turned.value;
    const rate = { kind: 'interval', value, low: turned.low, high: Math.max(value, high) } as const;
    return { rate, provenance: 'extrapolated', extrapolation: value / top };
  }
  const usable = held.refuses ? least : 1;
  const value = Math.max(top, (whole * (1 + usable)) / 2);
  return {
    rate: {
      kind: 'interval',
      value,
      low: Math.min(value, usable * carried(held.time * (1 + two * error))),
      high: Math.max(value, carried(held.time / (1 + two * error))),
    },
    provenance: 'extrapolated',
    extrapolation: value / top,
  };
}

type Held = HeldAt & {
  /** Whether it refuses instead of letting wait, as far as anybody knows. */
  readonly refuses: boolean;
  readonly refused: ReturnType<typeof refusedBy>;
};

/** What all instances served and refused a second, in the windows in which the target kept up. */
function refusedBy(alike: readonly Case[], view: View, sustained: readonly boolean[]) {
  return view.windows.flatMap((window, i) => {
    const refused = sustained[i] === true ? sumAt(alike, 'refusals', i) : undefined;
    return refused === undefined
      ? []
      : [{ window, refused, served: sumAt(alike, 'completions', i) ?? window.throughput }];
  });
}

const stationOf = ({ demand, capacity }: Below): Station => ({
  residence: demand,
  servers: demand * capacity,
});

/** What each instance has of the work, relative to its size, over the windows; their completions tell it best. */
function sharesOf(alike: readonly Case[], view: View) {
  const track = (one: Case) => one.completions ?? one.usage;
  const windows = view.windows.map((_, i) => i).filter((i) => alike.every((one) => (track(one)[i] ?? 0) > 0));
  if (alike.length < 2 || windows.length < leastPoints) return [];
  const sizes = alike.map((one) => one.ceiling.findLast((size) => size !== undefined) ?? 1);
  return alike.map((one, at) => {
    const size = sizes[at] ?? 1;
    const shares = windows.map((i) => {
      const all = sum(alike.map((each) => track(each)[i] ?? 0));
      return ((track(one)[i] ?? 0) / all) * (sum(sizes) / size);
    });
    const value = sum(shares) / shares.length;
    const spread = shares.reduce((sum, share) => sum + (share - value) ** 2, 0) / (shares.length - 1);
    return { value, error: Math.sqrt(spread / shares.length), size };
  });
}
