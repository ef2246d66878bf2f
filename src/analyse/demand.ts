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
/** Extrapolating further than this is refused: then only the side is told that the data carry. */
const farthest = 2;
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
 */
export function costOf(one: Case, view: View, sustained: readonly boolean[]): Cost {
  if (one.resource.kind === 'space') return { demand: undefined, capacity: undefined };
  return one.resource.layer === 'hold' ? costOfHold(one, view, sustained) : costOfLeaf(one, view, sustained);
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
  const low = Math.min(rate.kind === 'at-most' ? top : rate.low, farthest * top);
  return {
    rate: { kind: 'at-least', low: Math.max(top, low) },
    provenance: 'extrapolated',
    extrapolation: Math.min(extrapolation, farthest),
    ...(Number.isFinite(point) ? { indicative: point } : {}),
  };
}

/**
 * (Size − what is kept open anyway) ÷ hold time. The line through the calm windows is only an upper bound, since holding takes longer as load grows;
 * a hold whose use does not rise with load (connections kept open, idle) ends nowhere that its use could tell.
 */
function costOfHold(one: Case, view: View, sustained: readonly boolean[]): Cost {
  const nothing: Cost = { demand: undefined, capacity: undefined };
  const points = calmPoints(one, view, sustained);
  const low = lowHoldTime(one, view);
  if (low === undefined || points.length < leastUpper || !varies(points)) return nothing;
  const fitted = nonNegativeLine(
    points.map((point) => point.x),
    points.map((point) => point.y),
  );
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
  if (ceiling === undefined) return { demand, capacity: undefined };
  const top = Math.max(...view.windows.map((window) => window.throughput));
  const most = (ceiling - fitted.intercept) / fitted.slope;
  return {
    demand,
    capacity: { rate: { kind: 'at-most', high: most }, provenance: 'upper-bound', extrapolation: most / top },
  };
}
