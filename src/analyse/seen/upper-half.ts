import { type Curvature, curvature } from '../../stats/curvature.ts';
import { levelled, type Point } from './points.ts';

/** A bend is believed at this level and where the upper half is steeper by this factor (analysis 3.5, shape check); a line needs this many points. */
const significant = 0.05;
const steeper = 1.1;
const leastUpper = 3;

/** The points of the upper half of the loads, where they plainly bend upwards and the upper half is enough for a line; else undefined. */
export function upperHalf(points: readonly Point[]): readonly Point[] | undefined {
  const levels = levelled(points);
  const bend = curvature(
    levels.map(({ x }) => x),
    levels.map(({ y }) => y),
  );
  const bendsUp = bend !== undefined && bend.p < significant && isSteeper(bend);
  const upper = levels.slice(Math.floor(levels.length / 2));
  if (!bendsUp || levels.length - upper.length < leastUpper) return undefined;
  return upper.every(({ level }) => level === undefined) ? upper : ofLevels(points, upper);
}

/** Where the lower half falls, the upper one that rises is the steeper. */
const isSteeper = ({ coefficient, slopeRatio = 1 }: Curvature): boolean =>
  slopeRatio > steeper || (slopeRatio < 0 && coefficient > 0);

/** The points of some levels. */
function ofLevels(points: readonly Point[], levels: readonly Point[]): readonly Point[] {
  const wanted = new Set(levels.map(({ level }) => level));
  return points.filter(({ level }) => wanted.has(level));
}
