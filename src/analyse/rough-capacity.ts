import { median } from '../stats/median.ts';
import { nonNegativeLine } from '../stats/non-negative-line.ts';
import { type Case, known } from './cases.ts';
import type { View } from './view.ts';

/**
 * What a resource alone would carry, only to order two that began in the same window: a hold its size ÷ the hold time of low load,
 * a leaf where the line through the windows before the onset meets its ceiling (what it uses anyway is not this load's cost).
 */
export function roughCapacity(one: Case, view: View, onset: number): number {
  const ceiling = known(one.ceiling, [onset])[0] ?? Math.max(...known(one.usage, [onset]), 0);
  const points = view.windows.flatMap((window, i) => {
    const usage = one.usage[i];
    return i < onset && usage !== undefined && window.goodput > 0 ? [{ x: window.goodput, y: usage }] : [];
  });
  const mean = points.length === 0 ? Number.POSITIVE_INFINITY : ceiling / median(points.map(({ x, y }) => y / x));
  if (one.resource.layer === 'hold' || new Set(points.map(({ x }) => x)).size < 3) return mean;
  const { slope, intercept } = nonNegativeLine(
    points.map(({ x }) => x),
    points.map(({ y }) => y),
  );
  return slope > 0 ? (ceiling - intercept) / slope : Number.POSITIVE_INFINITY;
}
