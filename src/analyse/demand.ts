import type { Demand, OwnCapacity } from '../model/finding.ts';
import type { Interval } from '../model/interval.ts';
import { curvature } from '../stats/curvature.ts';
import { inversePrediction } from '../stats/inverse-prediction.ts';
import { type Line, line } from '../stats/line.ts';
import { nonNegativeLine } from '../stats/non-negative-line.ts';
import { studentTQuantile } from '../stats/student-t-quantile.ts';
import { borrows } from './borrows.ts';
import { type Case, fillOf } from './cases.ts';
import { type Below, costOfHold } from './hold-cost.ts';
import { isStarved } from './is-starved.ts';
import { endOf } from './line-end.ts';
import { isEnough, levelled, type Point, through } from './points.ts';
import { reach } from './reach.ts';
import { evenly, type Unevenness, unevennessOf } from './unevenness.ts';
import { usableOf } from './usable.ts';
import type { View } from './view.ts';

/** So far a bound may reach beyond what was seen, whatever the line says. */
const boundReaches = 2;

/** A bend is believed at this level and where the upper half is steeper by this factor (analysis 3.5, shape check); a line needs this many points. */
const significant = 0.05;
const steeper = 1.1;
const leastUpper = 3;

/** What a resource costs per good answer, and how much it alone would carry. */
export type Cost = { readonly demand: Demand | undefined; readonly capacity: OwnCapacity | undefined };

/** All instances of the same resource, this one among them; for a hold also the leaves that it waits for; for space whether load fills it. */
type Around = { readonly alike?: readonly Case[]; readonly below?: readonly Below[]; readonly byLoad?: boolean };

/**
 * Usage = background + demand × throughput, one point a window, before the onset and below the clamp; Fieller's interval where it meets the ceiling.
 * Instances are taken together, since what each has of the work varies by chance: the sum is known best. What time fills rather than load (space) has no cost a request.
 */
export function costOf(one: Case, view: View, sustained: readonly boolean[], around: Around = {}): Cost {
  const { alike = [one], below = [], byLoad = false } = around;
  if (one.resource.kind === 'space' && !byLoad) return { demand: undefined, capacity: undefined };
  return one.resource.layer === 'hold'
    ? costOfHold(one, view, sustained, { alike, below })
    : costOfLeaf(one, view, sustained, alike);
}

function costOfLeaf(one: Case, view: View, sustained: readonly boolean[], alike: readonly Case[]): Cost {
  const points = calmPoints([one], view, sustained);
  const own = isEnough(levelled(points)) ? lineThrough(points) : undefined;
  return {
    demand: own && {
      perRequest: slopeInterval(own),
      background: Math.max(0, own.intercept),
      method: 'utilisation-law',
    },
    capacity:
      together(alike, view, sustained) ?? (own && capacityFrom(points, { alike: [one], view, sustained }, evenly)),
  };
}

/** Where the line of all instances meets the sum of their ceilings, the sooner the less evenly they share the work. */
function together(alike: readonly Case[], view: View, sustained: readonly boolean[]): OwnCapacity | undefined {
  if (alike.length < 2) return undefined;
  const points = calmPoints(alike, view, sustained);
  if (!isEnough(levelled(points))) return undefined;
  const fitted = lineThrough(points);
  const ceiling = ceilingOf(alike);
  if (ceiling === undefined || fitted.slope <= 0) return undefined;
  const end = (ceiling - fitted.intercept) / fitted.slope;
  const parts = alike.flatMap((one) => {
    const [own, most] = [calmPoints([one], view, sustained), ceilingOf([one])];
    return most === undefined || !isEnough(levelled(own)) ? [] : [fillAt(end, lineThrough(own), most)];
  });
  return parts.length === alike.length
    ? capacityFrom(
        points,
        { alike, view, sustained },
        unevennessOf(parts, alike.length * (levelled(points).length - 2)),
      )
    : undefined;
}

/** How full a line says one is at a load, and the standard error of that. */
function fillAt(load: number, { intercept, slope, residualSd, weight, slopeError, center }: Line, ceiling: number) {
  const error = Math.hypot(residualSd / Math.sqrt(weight), slopeError * (load - center));
  return { value: (intercept + slope * load) / ceiling, error: error / ceiling };
}

/** The ceiling of all at the highest load that was read: one that was lifted before carries nothing. */
function ceilingOf(alike: readonly Case[]): number | undefined {
  const each = alike.map((one) => one.ceiling[one.usage.findLastIndex((usage) => usage !== undefined)]);
  return each.every((ceiling) => ceiling !== undefined) ? each.reduce((sum, ceiling) => sum + ceiling, 0) : undefined;
}

/** Usage over throughput where the target kept up and no instance was near its ceiling or kept from running. */
function calmPoints(alike: readonly Case[], view: View, sustained: readonly boolean[]): readonly Point[] {
  return view.windows.flatMap((window, i) => {
    const usages = alike.flatMap((one) => one.usage[i] ?? []);
    const usable =
      sustained[i] === true && alike.every((one) => (fillOf(one, i) ?? 0) < reach.full && !isStarved(one, i));
    const y = usages.reduce((sum, usage) => sum + usage, 0);
    const { cell } = window;
    const point = { x: window.throughput, y, ...(cell && { block: cell.block, level: cell.level }) };
    return usable && usages.length === alike.length ? [point] : [];
  });
}

/**
 * The line to go on with. Where usage bends upwards (shared cores, garbage collection) that is the last slope: through the upper half of the points
 * if they are enough, and then it may well meet the axis below nothing; else demand and background are both at least 0.
 */
function lineThrough(points: readonly Point[]): Line {
  return upperHalf(points) ?? through(points, nonNegativeLine);
}

function upperHalf(points: readonly Point[]): Line | undefined {
  const levels = levelled(points);
  const bend = curvature(
    levels.map(({ x }) => x),
    levels.map(({ y }) => y),
  );
  const bendsUp = bend !== undefined && bend.p < significant && (bend.slopeRatio ?? 1) > steeper;
  const upper = levels.slice(Math.floor(levels.length / 2));
  if (!bendsUp || levels.length - upper.length < leastUpper) return undefined;
  return through(upper.every(({ level }) => level === undefined) ? upper : ofLevels(points, upper), line);
}

/** The points of some levels. */
function ofLevels(points: readonly Point[], levels: readonly Point[]): readonly Point[] {
  const wanted = new Set(levels.map(({ level }) => level));
  return points.filter(({ level }) => wanted.has(level));
}

/** Where they meet a height: on from the last slope where they bend; else with background and demand at least 0. */
function endThrough(points: readonly Point[], height: number, error: number): Interval | undefined {
  const upper = upperHalf(points);
  if (upper) return widened(inversePrediction(upper, height), error);
  const possible = endOf(through(points, line), height, error);
  return possible ?? widened(inversePrediction(through(points, nonNegativeLine), height), error);
}

function slopeInterval(fitted: Line): Interval {
  const half = fitted.df > 0 ? studentTQuantile(0.975, fitted.df) * fitted.slopeError : 0;
  return { kind: 'interval', value: fitted.slope, low: Math.max(0, fitted.slope - half), high: fitted.slope + half };
}

type Run = { readonly alike: readonly Case[]; readonly view: View; readonly sustained: readonly boolean[] };

function capacityFrom(
  points: readonly Point[],
  { alike, view, sustained }: Run,
  { factor, error }: Unevenness,
): OwnCapacity | undefined {
  const all = view.windows.map((_, i) => i);
  const ceiling = ceilingOf(alike);
  if (ceiling === undefined || lineThrough(points).slope <= 0) return undefined;
  const top = Math.max(...view.windows.map((window) => window.goodput));
  const rate = refusing(bent(endThrough(points, ceiling / factor, error / factor), points), alike);
  const used = Math.max(0, ...alike.flatMap((one) => all.map((i) => fillOf(one, i) ?? 0)));
  if (!rate) return { rate: { kind: 'at-least', low: top }, provenance: 'extrapolated', extrapolation: 1 };
  const straight = lineThrough(points);
  const point = rate.kind === 'interval' ? rate.value : (ceiling / factor - straight.intercept) / straight.slope;
  if (rate.kind === 'interval' && alike.some((one) => borrows(one, sustained)))
    return { rate, provenance: 'extrapolated', extrapolation: point / top };
  if (point < top) return { rate: { kind: 'at-least', low: top }, provenance: 'extrapolated', extrapolation: 1 };
  const extrapolation = point / top;
  if (rate.kind === 'interval' && used >= reach.barelyUsed && extrapolation <= reach.farthest)
    return { rate, provenance: 'extrapolated', extrapolation };
  const low = Math.min(rate.kind === 'at-most' ? top : rate.low, boundReaches * top);
  return {
    rate: { kind: 'at-least', low: Math.max(top, low) },
    provenance: 'extrapolated',
    extrapolation: Math.min(extrapolation, reach.farthest),
    ...(Number.isFinite(point) ? { indicative: point } : {}),
  };
}

/** A bend that the points cannot show makes a line's end the less sure the further away it is: the slope may change by this share over a range as long as that seen. */
const unseenBend = 0.03;

function bent(rate: Interval | undefined, points: readonly Point[]): Interval | undefined {
  if (rate?.kind !== 'interval') return rate;
  const xs = points.map(({ x }) => x);
  const [center, range] = [xs.reduce((sum, x) => sum + x, 0) / xs.length, Math.max(...xs) - Math.min(...xs)];
  return widened(rate, (unseenBend * (rate.value - center) ** 2) / (2 * range * rate.value));
}

/** What refuses instead of letting wait does so at the peaks already. */
function refusing(rate: Interval | undefined, alike: readonly Case[]): Interval | undefined {
  const size = ceilingOf(alike);
  if (rate?.kind !== 'interval' || size === undefined || !alike.every(({ resource }) => resource.hard)) return rate;
  const share = usableOf(size / alike.length);
  const { value, low, high } = rate;
  return { kind: 'interval', value: (value * (1 + share)) / 2, low: low * share, high };
}

/** The interval with another error besides, as a share of the value and independent of it. */
export function widened<T extends Interval | undefined>(rate: T, error: number): T | Interval {
  if (rate?.kind !== 'interval') return rate;
  const { value, low, high } = rate;
  const more = 1.96 * error * value;
  return {
    kind: 'interval',
    value,
    low: value - Math.hypot(value - low, more),
    high: value + Math.hypot(high - value, more),
  };
}
