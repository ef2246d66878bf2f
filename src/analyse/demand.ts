import type { Demand, OwnCapacity } from '../model/finding.ts';
import type { Interval } from '../model/interval.ts';
import { curvature } from '../stats/curvature.ts';
import { inversePrediction } from '../stats/inverse-prediction.ts';
import { type Line, line } from '../stats/line.ts';
import { nonNegativeLine } from '../stats/non-negative-line.ts';
import { studentTQuantile } from '../stats/student-t-quantile.ts';
import { type Case, fillOf, known } from './cases.ts';
import { holdTimes, lowHoldTime } from './hold-time.ts';
import type { View } from './view.ts';

/** Above this share of its ceiling usage is clamped and the slope biased (analysis 3.5). */
const clamped = 0.8;
const leastPoints = 4;
/** Extrapolating further than this is refused (analysis 3.8): then only the side is told that the data carry. */
const farthest = 3.4;
/** So far a bound may reach beyond what was seen, whatever the line says. */
const boundReaches = 2;
/** Below this share of its ceiling nothing is said about where a resource ends. */
const barelyUsed = 0.3;

/** A bend is believed at this level and where the upper half is steeper by this factor (analysis 3.5, shape check); a line needs this many points. */
const significant = 0.05;
const steeper = 1.1;
const leastUpper = 3;

/** What a resource costs per good answer, and how much it alone would carry. */
export type Cost = { readonly demand: Demand | undefined; readonly capacity: OwnCapacity | undefined };

/**
 * Usage = background + demand × throughput, one point a window, before the onset and below the clamp; Fieller's interval where it meets the ceiling.
 * What time fills rather than load (space) has no cost a request.
 *
 * @param below for a hold: the leaves that it waits for
 */
export function costOf(one: Case, view: View, sustained: readonly boolean[], below: readonly Below[] = []): Cost {
  if (one.resource.kind === 'space') return { demand: undefined, capacity: undefined };
  return one.resource.layer === 'hold' ? costOfHold(one, view, sustained, below) : costOfLeaf(one, view, sustained);
}

function costOfLeaf(one: Case, view: View, sustained: readonly boolean[]): Cost {
  const points = calmPoints(one, view, sustained);
  if (points.length < leastPoints || !varies(points)) return { demand: undefined, capacity: undefined };
  const fitted = lineThrough(points);
  return {
    demand: { perRequest: slopeInterval(fitted), background: Math.max(0, fitted.intercept), method: 'utilisation-law' },
    capacity: capacityFrom(fitted, one, view),
  };
}

/** The ceiling at the highest load that was read: one that was lifted before carries nothing. */
function ceilingNow(one: Case): number | undefined {
  return one.ceiling[one.usage.findLastIndex((usage) => usage !== undefined)];
}

type Point = { readonly x: number; readonly y: number };

/** Usage over throughput where the target kept up and the resource was not near its ceiling. */
function calmPoints(one: Case, view: View, sustained: readonly boolean[]): readonly Point[] {
  return view.windows.flatMap((window, i) => {
    const usage = one.usage[i];
    const usable = usage !== undefined && sustained[i] === true && (fillOf(one, i) ?? 0) < clamped;
    return usable ? [{ x: window.throughput, y: usage }] : [];
  });
}

const varies = (points: readonly Point[]): boolean => new Set(points.map((point) => point.x)).size > 2;

/**
 * The line to go on with. Where usage bends upwards (shared cores, garbage collection) that is the last slope: through the upper half of the points
 * if they are enough, and then it may well meet the axis below nothing; else demand and background are both at least 0.
 */
function lineThrough(points: readonly Point[]): Line {
  const [xs, ys] = [points.map((point) => point.x), points.map((point) => point.y)];
  const bend = curvature(xs, ys);
  const bendsUp = bend !== undefined && bend.p < significant && (bend.slopeRatio ?? 1) > steeper;
  const half = Math.floor(points.length / 2);
  return bendsUp && half >= leastUpper ? line(xs.slice(half), ys.slice(half)) : nonNegativeLine(xs, ys);
}

function slopeInterval(fitted: Line): Interval {
  const half = fitted.df > 0 ? studentTQuantile(0.975, fitted.df) * fitted.slopeError : 0;
  return { kind: 'interval', value: fitted.slope, low: Math.max(0, fitted.slope - half), high: fitted.slope + half };
}

function capacityFrom(fitted: Line, one: Case, view: View): OwnCapacity | undefined {
  const all = view.windows.map((_, i) => i);
  const ceiling = ceilingNow(one);
  if (ceiling === undefined || fitted.slope <= 0) return undefined;
  const top = Math.max(...view.windows.map((window) => window.throughput));
  const rate = inversePrediction(fitted, ceiling);
  const used = Math.max(0, ...all.map((i) => fillOf(one, i) ?? 0));
  if (!rate) return { rate: { kind: 'at-least', low: top }, provenance: 'extrapolated', extrapolation: 1 };
  const point = rate.kind === 'interval' ? rate.value : Number.POSITIVE_INFINITY;
  if (point < top) return { rate: { kind: 'at-least', low: top }, provenance: 'extrapolated', extrapolation: 1 };
  const extrapolation = point / top;
  if (used >= barelyUsed && extrapolation <= farthest) return { rate, provenance: 'extrapolated', extrapolation };
  const low = Math.min(rate.kind === 'at-most' ? top : rate.low, boundReaches * top);
  return {
    rate: { kind: 'at-least', low: Math.max(top, low) },
    provenance: 'extrapolated',
    extrapolation: Math.min(extrapolation, farthest),
    ...(Number.isFinite(point) ? { indicative: point } : {}),
  };
}

/**
 * Where (size − what is kept open anyway) ÷ hold time meets the load. The line through the calm windows is only an upper bound, since holding takes longer as load grows:
 * what the leaves that it waits for add on their way to their own ends is solved together with it. Too far away only the bound is told;
 * a hold whose use does not rise with load (connections kept open, idle) ends nowhere that its use could tell.
 */
function costOfHold(one: Case, view: View, sustained: readonly boolean[], below: readonly Below[]): Cost {
  const nothing: Cost = { demand: undefined, capacity: undefined };
  const points = calmPoints(one, view, sustained);
  const low = lowHoldTime(one, view);
  if (low === undefined || points.length < leastUpper || !varies(points)) return nothing;
  const fitted = lineThrough(points);
  const held = slopeInterval(fitted);
  if (held.kind !== 'interval' || held.low <= 0) return nothing;
  const all = view.windows.map((_, i) => i);
  const times = known(holdTimes(one, view), all);
  const demand: Demand = {
    perRequest: { kind: 'interval', value: low, low: Math.min(low, ...times), high: Math.max(low, ...times) },
    background: fitted.intercept,
    method: 'hold-time',
  };
  const ceiling = ceilingNow(one);
  return { demand, capacity: ceiling === undefined ? undefined : sizeOverHold(fitted, ceiling, below, { one, view }) };
}

function sizeOverHold(
  fitted: Line,
  size: number,
  below: readonly Below[],
  { one, view }: { readonly one: Case; readonly view: View },
): OwnCapacity {
  const top = Math.max(...view.windows.map((window) => window.throughput));
  const most = (size - fitted.intercept) / fitted.slope;
  const bound: OwnCapacity = {
    rate: { kind: 'at-most', high: most },
    provenance: 'upper-bound',
    extrapolation: most / top,
  };
  const line = inversePrediction(fitted, size);
  const used = Math.max(0, ...view.windows.map((_, i) => fillOf(one, i) ?? 0));
  if (line?.kind !== 'interval' || most < top || most > farthest * top || used < barelyUsed) return bound;
  const value = heldTogether(fitted, size, below);
  const low = value * (line.low / line.value);
  return {
    rate: { kind: 'interval', value, low, high: Math.max(value, line.high) },
    provenance: 'extrapolated',
    extrapolation: value / top,
  };
}

/** A leaf that a hold waits for: what a request costs there (s of one server), how many servers there are, and where it ends. */
export type Below = { readonly demand: number; readonly servers: number; readonly capacity: number };

/**
 * The load at which a hold is full when its leaves slow down on the way: N(λ) = kept + λ · (slope + Σ (R(λ) − R(λ̄))), with residence at a leaf of c servers
 * R(λ) = D ÷ (1 − (λ ÷ λ*)^c) (Seidmann's form of M/M/c). By bisection below the first leaf's end.
 */
function heldTogether(fitted: Line, size: number, below: readonly Below[]): number {
  const most = (size - fitted.intercept) / fitted.slope;
  const residence = (load: number): number =>
    below.reduce((sum, { demand, servers, capacity }) => sum + demand / (1 - (load / capacity) ** servers), 0);
  const usual = residence(fitted.center);
  const held = (load: number): number =>
    fitted.intercept + load * (fitted.slope + Math.max(0, residence(load) - usual));
  let [low, high] = [0, Math.min(most, ...below.map(({ capacity }) => capacity * (1 - 1e-9)))];
  if (held(high) <= size) return high;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (held(middle) < size) low = middle;
    else high = middle;
  }
  return low;
}
