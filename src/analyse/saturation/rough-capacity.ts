import type { Line } from '../../stats/line.ts';
import { median } from '../../stats/median.ts';
import { nonNegativeLine } from '../../stats/non-negative-line.ts';
import { studentTQuantile } from '../../stats/student-t-quantile.ts';
import { type Case, known } from '../seen/cases.ts';
import type { View } from '../seen/view.ts';

/**
 * What a resource alone would carry, only to order two that began in the same window: a hold its size ÷ the hold time of low load,
 * a leaf where the line through the windows before the onset meets its ceiling (what it uses anyway is not this load's cost).
 */
export function roughCapacity(one: Case, view: View, onset: number): number {
  const ceiling = known(one.ceiling, [onset])[0] ?? Math.max(...known(one.usage, [onset]), 0);
  const points = pointsBefore(one, view, onset);
  const through = one.resource.layer === 'hold' ? undefined : lineThrough(points);
  if (through === undefined) {
    return points.length === 0 ? Number.POSITIVE_INFINITY : ceiling / median(points.map(({ x, y }) => y / x));
  }
  const { slope, intercept } = through;
  return slope > 0 ? (ceiling - intercept) / slope : Number.POSITIVE_INFINITY;
}

/**
 * How much of a leaf the load of a window would use by the line through the windows before (or before another), and what one reading there would exceed by chance in one case of twenty
 * (Draper & Smith, 3rd ed., 1.4); undefined where these are too few for a line.
 */
export function usedByLine(
  one: Case,
  view: View,
  at: number,
  before = at,
): { readonly value: number; readonly high: number } | undefined {
  const through = lineThrough(pointsBefore(one, view, before));
  if (through === undefined) return undefined;
  const { intercept, slope, residualSd, df, weight, spread, center } = through;
  const load = view.windows[at]?.load ?? 0;
  const error = residualSd * Math.sqrt(1 + 1 / weight + (load - center) ** 2 / spread);
  const value = intercept + slope * load;
  return { value, high: value + studentTQuantile(byChance, df) * error };
}

type Point = { readonly x: number; readonly y: number };

const pointsBefore = (one: Case, view: View, at: number): readonly Point[] =>
  view.windows.flatMap((window, i) => {
    const usage = one.usage[i];
    return i < at && usage !== undefined && window.goodput > 0 ? [{ x: window.goodput, y: usage }] : [];
  });

const fewestPoints = 3;
const byChance = 0.95;

function lineThrough(points: readonly Point[]): Line | undefined {
  if (new Set(points.map(({ x }) => x)).size < fewestPoints) return undefined;
  return nonNegativeLine(
    points.map(({ x }) => x),
    points.map(({ y }) => y),
  );
}
