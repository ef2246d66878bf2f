import type { OwnCapacity } from '../../model/finding.ts';
import type { Interval } from '../../model/interval.ts';
import { inversePrediction } from '../../stats/inverse-prediction.ts';
import { type Line, line } from '../../stats/line.ts';
import { nonNegativeLine } from '../../stats/non-negative-line.ts';
import { studentTQuantile } from '../../stats/student-t-quantile.ts';
import { sum } from '../../stats/sum.ts';
import { killing } from '../saturation/killing.ts';
import { asAtLast } from '../seen/as-at-last.ts';
import { type Case, fillOf } from '../seen/cases.ts';
import { isStarved } from '../seen/is-starved.ts';
import type { Growth } from '../seen/may-grow.ts';
import { isEnough, levelled, type Point, through } from '../seen/points.ts';
import { boundReaches, reach } from '../seen/reach.ts';
import { evenly, type Unevenness, unevennessOf } from '../seen/unevenness.ts';
import { upperHalf } from '../seen/upper-half.ts';
import type { View } from '../seen/view.ts';
import { borrows } from './borrows.ts';
import type { Cost } from './cost.ts';
import { type Below, costOfHold } from './hold-cost.ts';
import { endOf } from './line-end.ts';
import type { Others } from './others-on.ts';
import { usableOf } from './usable.ts';

/** All instances of the same resource, this one among them; for a hold also the leaves that it waits for; for space whether load fills it. */
type Around = {
  readonly alike?: readonly Case[];
  readonly below?: readonly Below[];
  readonly byLoad?: boolean;
  /** What machines do for others, where that is known. */
  readonly others?: Others | undefined;
  /** How many instances there may be, where an autoscaler may add some. */
  readonly growth?: Growth | undefined;
  /** Whether a cache lets the rest pass by. */
  readonly fed?: boolean;
  /** Whether requests became others on the way up. */
  readonly drifts?: boolean;
};

/**
 * Usage = background + demand × throughput, one point a window, before the onset and below the clamp; Fieller's interval where it meets the ceiling.
 * Instances are taken together, since what each has of the work varies by chance: the sum is known best. What time fills rather than load (space) has no cost a request.
 */
export function costOf(one: Case, view: View, sustained: readonly boolean[], around: Around = {}): Cost {
  const { alike = [one], below = [], byLoad = false, others, growth, fed, drifts } = around;
  if (one.resource.kind === 'space' && !byLoad) return { demand: undefined, capacity: undefined };
  return one.resource.layer === 'hold'
    ? costOfHold(one, view, sustained, { alike, below })
    : costOfLeaf(one, { alike, view, sustained, others, growth, fed, drifts });
}

type Run = {
  readonly alike: readonly Case[];
  readonly view: View;
  readonly sustained: readonly boolean[];
  readonly others?: Others | undefined;
  readonly growth?: Growth | undefined;
  readonly fed?: boolean | undefined;
  readonly drifts?: boolean | undefined;
};

function costOfLeaf(one: Case, run: Run): Cost {
  const alone: Run = run.alike.length > 1 && !run.growth ? { ...run, alike: [one], others: undefined } : run;
  const points = calmPoints(alone);
  const own = isEnough(levelled(points)) ? lineThrough(points) : undefined;
  return {
    demand: own && {
      perRequest: slopeInterval(own),
      background: Math.max(0, own.intercept) + (alone.others?.atTop ?? 0),
      method: 'utilisation-law',
    },
    capacity: together(run) ?? (own && capacityFrom(points, alone, evenly)),
  };
}

/** Where the line of all instances meets the sum of their ceilings, the sooner the less evenly they share the work. */
function together(run: Run): OwnCapacity | undefined {
  const { alike, view, sustained } = run;
  if (alike.length < 2 || run.growth) return undefined;
  const points = calmPoints(run);
  if (!isEnough(levelled(points))) return undefined;
  const fitted = lineThrough(points);
  const ceiling = ceilingOf(run);
  if (ceiling === undefined || fitted.slope <= 0) return undefined;
  const end = (ceiling - fitted.intercept) / fitted.slope;
  const parts = alike.flatMap((one) => {
    const alone = { alike: [one], view, sustained };
    const [own, most] = [calmPoints(alone), ceilingOf(alone)];
    return most === undefined || !isEnough(levelled(own)) ? [] : [fillAt(end, lineThrough(own), most)];
  });
  return parts.length === alike.length
    ? capacityFrom(points, run, unevennessOf(parts, alike.length * (levelled(points).length - 2)))
    : undefined;
}

/** How full a line says one is at a load, and the standard error of that. */
function fillAt(load: number, { intercept, slope, residualSd, weight, slopeError, center }: Line, ceiling: number) {
  const error = Math.hypot(residualSd / Math.sqrt(weight), slopeError * (load - center));
  return { value: (intercept + slope * load) / ceiling, error: error / ceiling, size: ceiling };
}

/** The ceiling of all at the highest load that was read (one that was lifted before carries nothing), less what others take of it there. */
function ceilingOf({ alike, others, growth }: Pick<Run, 'alike' | 'others' | 'growth'>): number | undefined {
  const each = alike.flatMap((one) => one.ceiling[one.usage.findLastIndex((usage) => usage !== undefined)] ?? []);
  const isKnown = growth ? each.length > 0 : each.length === alike.length;
  const times = growth ? growth.most / each.length : 1;
  return isKnown ? times * sum(each) - (others?.atTop ?? 0) : undefined;
}

/** Usage over throughput where the target kept up and no instance was near its ceiling or kept from running. */
function calmPoints(run: Run): readonly Point[] {
  const { alike, view, sustained } = run;
  return view.windows.flatMap((window, i) => {
    const isCalm = alike.every((one) => (fillOf(one, i) ?? 0) < reach.full && !isStarved(one, i));
    const y = sustained[i] && isCalm ? usedIn(run, i) : undefined;
    const { cell } = window;
    return y === undefined ? [] : [{ x: window.throughput, y, ...(cell && { block: cell.block, level: cell.level }) }];
  });
}

/** What all instances used that there were, less what others did there; undefined where one of them was not seen. */
function usedIn({ alike, others, growth }: Run, i: number): number | undefined {
  const usages = alike.flatMap((one) => one.usage[i] ?? []);
  const [foreign, count] = [others ? others.track[i] : 0, growth ? growth.count[i] : usages.length];
  if (foreign === undefined || count === undefined || usages.length === 0) return undefined;
  if (!growth && usages.length < alike.length) return undefined;
  return (count / usages.length) * sum(usages) - foreign;
}

/**
 * The line to go on with. Where usage bends upwards (shared cores, garbage collection) that is the last slope: through the upper half of the points
 * if they are enough, and then it may well meet the axis below nothing; else demand and background are both at least 0.
 */
function lineThrough(points: readonly Point[]): Line {
  const upper = upperHalf(points);
  return upper ? through(upper, line) : through(points, nonNegativeLine);
}

/** Where they meet a height: on from the last slope where they bend; else with background and demand at least 0. Where requests became others, each costs what it does at last. */
function endThrough(points: readonly Point[], height: number, error: number, drifts = false): Interval | undefined {
  if (drifts) return widened(asAtLast(points, height), error);
  const upper = upperHalf(points);
  if (upper) return orAlike(widened(inversePrediction(through(upper, line), height), error), points, height);
  const possible = endOf(through(points, line), height, error);
  return possible ?? widened(inversePrediction(through(points, nonNegativeLine), height), error);
}

/**
 * Usage that bends upwards may do so because requests cost more the fuller it is (then it goes on from the last slope), or because those of the last windows were of another kind (then each costs what it cost
 * there). The first is taken, and the upper side allows for the second.
 */
function orAlike(rate: Interval | undefined, points: readonly Point[], height: number): Interval | undefined {
  const top = levelled(points).at(-1);
  if (rate?.kind !== 'interval' || !top) return rate;
  const alike = (top.x * height) / top.y;
  return { ...rate, high: Math.max(rate.high, alike) };
}

function slopeInterval(fitted: Line): Interval {
  const half = fitted.df > 0 ? studentTQuantile(0.975, fitted.df) * fitted.slopeError : 0;
  return { kind: 'interval', value: fitted.slope, low: Math.max(0, fitted.slope - half), high: fitted.slope + half };
}

/** What is known of the end: all of it near enough, else a bound; what is lent ends where it ends, whatever was carried. */
function capacityFrom(points: readonly Point[], run: Run, uneven: Unevenness): OwnCapacity | undefined {
  const { alike, view, sustained } = run;
  const ceiling = ceilingOf(run);
  const straight = lineThrough(points);
  if (ceiling === undefined || straight.slope <= 0) return undefined;
  const top = Math.max(...view.windows.map((window) => window.goodput));
  const rate = endOfLine(points, run, uneven, ceiling);
  const nothingBeyond = { rate: { kind: 'at-least', low: top }, provenance: 'extrapolated', extrapolation: 1 } as const;
  if (!rate) return nothingBeyond;
  const point = rate.kind === 'interval' ? rate.value : (ceiling / uneven.factor - straight.intercept) / straight.slope;
  const extrapolation = point / top;
  if (rate.kind === 'interval' && alike.some((one) => borrows(one, sustained)))
    return { rate, provenance: 'extrapolated', extrapolation };
  if (point < top && !run.fed) return nothingBeyond;
  if (rate.kind === 'interval' && mostUsed(run) >= reach.barelyUsed && extrapolation <= reach.farthest)
    return { rate, provenance: 'extrapolated', extrapolation };
  const low = Math.min(rate.kind === 'at-most' ? top : rate.low, boundReaches * top);
  return {
    rate: { kind: 'at-least', low: Math.max(top, low) },
    provenance: 'extrapolated',
    extrapolation: Math.min(extrapolation, reach.farthest),
    ...(Number.isFinite(point) ? { indicative: point } : {}),
  };
}

const mostUsed = ({ alike, view }: Run): number =>
  Math.max(0, ...alike.flatMap((one) => view.windows.map((_, i) => fillOf(one, i) ?? 0)));

/** Where the line meets the ceiling, with everything that makes it less sure than the line is. */
function endOfLine(
  points: readonly Point[],
  run: Run,
  { factor, error }: Unevenness,
  ceiling: number,
): Interval | undefined {
  const { alike, others } = run;
  const unsure = Math.hypot(error, (others?.spread ?? 0) / ceiling);
  const met = perhapsShared(bent(endThrough(points, ceiling / factor, unsure / factor, run.drifts), points), run);
  return killing(refusing(others ? givingWay(met, points, (ceiling + others.atTop) / factor) : met, alike), alike, run);
}

/** Two hardware threads of a core do so much together of what two cores would: 1.3 times what one does alone. That a machine has such shows only beyond half of them, where the second of each core begins to work. */
const twoThreads = 1.3 / 2;
const halfUsed = 0.55;

/** What is known of a machine only up to half of its processors leaves open whether they are threads that share cores: the lower side allows for that. Exporters do not tell. */
function perhapsShared(rate: Interval | undefined, run: Run): Interval | undefined {
  const isMachine = run.alike.every(
    ({ resource, ceiling }) =>
      resource.kind === 'servers' && resource.unit === 'cores' && Math.max(...ceiling.map((each) => each ?? 0)) >= 2,
  );
  if (rate?.kind !== 'interval' || !isMachine || mostUsed(run) > halfUsed) return rate;
  return { ...rate, low: Math.min(rate.low, twoThreads * rate.value) };
}

/** A bend that the points cannot show makes a line's end the less sure the further away it is: the slope may change by this share over a range as long as that seen. */
const unseenBend = 0.03;

function bent(rate: Interval | undefined, points: readonly Point[]): Interval | undefined {
  if (rate?.kind !== 'interval') return rate;
  const xs = points.map(({ x }) => x);
  const [center, range] = [sum(xs) / xs.length, Math.max(...xs) - Math.min(...xs)];
  return widened(rate, (unseenBend * (rate.value - center) ** 2) / (2 * range * rate.value));
}

/** Whether others on a machine give way when it is full is not known: the upper side allows for that. */
function givingWay(rate: Interval | undefined, points: readonly Point[], height: number): Interval | undefined {
  const most = endThrough(points, height, 0);
  if (rate?.kind !== 'interval' || most?.kind !== 'interval') return rate;
  return { ...rate, high: Math.max(rate.high, most.high) };
}

/** What refuses instead of letting wait does so at the peaks already. */
function refusing(rate: Interval | undefined, alike: readonly Case[]): Interval | undefined {
  const size = ceilingOf({ alike });
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
