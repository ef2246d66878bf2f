import { median } from '../stats/median.ts';
import type { Slot } from './slots.ts';

/** Loads are looked at in so many even steps, each that has at least so many slots. */
const steps = 12;
const leastSlots = 4;

/** What a load explains of a usage: background and cost of a request. */
export type Explained = { readonly background: number; readonly each: number };

/**
 * The line through the medians of the steps of load, its slope the median of the slopes between any two of them (Theil 1950, Sen 1968): up to a quarter of the steps may be
 * full of something else. Undefined where there are too few steps.
 */
export function explainedBy(slots: readonly Slot[], used: readonly (number | undefined)[]): Explained | undefined {
  const seen = slots.flatMap(({ rate }, i) => (used[i] === undefined ? [] : [{ x: rate, y: used[i] }]));
  const [low, high] = [Math.min(...seen.map(({ x }) => x)), Math.max(...seen.map(({ x }) => x))];
  const groups = Map.groupBy(seen, ({ x }) => Math.min(steps - 1, Math.floor(((x - low) / (high - low || 1)) * steps)));
  const points = [...groups.values()]
    .filter((group) => group.length >= leastSlots)
    .map((group) => ({ x: median(group.map(({ x }) => x)), y: median(group.map(({ y }) => y)) }));
  const slopes = points.flatMap((a, i) => points.slice(i + 1).map((b) => (b.y - a.y) / (b.x - a.x)));
  if (points.length < 3) return undefined;
  const each = median(slopes);
  return { each, background: median(points.map(({ x, y }) => y - each * x)) };
}
