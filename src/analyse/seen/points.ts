import { betweenBlocks } from '../../stats/between-blocks.ts';
import type { Line } from '../../stats/line.ts';
import { sum } from '../../stats/sum.ts';

/** What was used (y) at a throughput (x); of days also which day, and at which level of load. */
export type Point = { readonly x: number; readonly y: number; readonly block?: number; readonly level?: number };

/** A line needs so many loads, the highest by this factor above the lowest: within less, what varies besides the load decides the slope. */
const leastPoints = 3;
const leastRange = 1.25;

/** One point a level of load, the mean of its blocks; windows of single stretches are a level each. */
export function levelled(points: readonly Point[]): readonly Point[] {
  if (points.some(({ level }) => level === undefined)) return points;
  return [...Map.groupBy(points, ({ level }) => level)]
    .map(([level = 0, own]) => ({ x: meanOf(own.map(({ x }) => x)), y: meanOf(own.map(({ y }) => y)), level }))
    .toSorted((a, b) => a.x - b.x);
}

/** A line through the levels, known no better than its blocks show: days are the replicates (analysis 3.9). */
export function through(points: readonly Point[], lay: (xs: readonly number[], ys: readonly number[]) => Line): Line {
  const along = (some: readonly Point[]): Line =>
    lay(
      some.map(({ x }) => x),
      some.map(({ y }) => y),
    );
  const blocks = [...new Set(points.map(({ block }) => block))].filter((block) => block !== undefined);
  const without = blocks
    .map((block) => levelled(points.filter((point) => point.block !== block)))
    .filter((rest) => isEnough(rest));
  return betweenBlocks(along(levelled(points)), without.map(along));
}

/** Whether a line can be laid through them. */
export const isEnough = (levels: readonly Point[]): boolean => varies(levels.map(({ x }) => x));

/** Whether loads differ enough to tell what one request costs from what is used anyway. */
export const varies = (loads: readonly number[]): boolean =>
  new Set(loads).size >= leastPoints && Math.max(...loads) >= leastRange * Math.min(...loads);

const meanOf = (values: readonly number[]): number => sum(values) / values.length;
