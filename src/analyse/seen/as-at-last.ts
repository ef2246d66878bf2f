import type { Interval } from '../../model/interval.ts';
import { line } from '../../stats/line.ts';
import { studentTQuantile } from '../../stats/student-t-quantile.ts';
import { levelled, type Point, through } from './points.ts';
import { upperHalf } from './upper-half.ts';

/**
 * Where use meets a height if each request costs what it does at the highest load: use ÷ requests along a line of its own (through the upper half where it bends), which is known better there than any one reading. How far they went on changing
 * within that last step is left open, on both sides.
 */
export function asAtLast(points: readonly Point[], height: number): Interval | undefined {
  const [before, top] = levelled(points).slice(-2);
  const each = points.map((point) => ({ ...point, y: point.y / point.x }));
  const costs = through(upperHalf(each) ?? each, line);
  const last = top && costs.intercept + costs.slope * top.x;
  if (!before || !top || !last || last <= 0) return undefined;
  const error = Math.hypot(costs.residualSd / Math.sqrt(costs.weight), costs.slopeError * (top.x - costs.center));
  const within = (costs.slope * (top.x - before.x)) / 2;
  const half = Math.hypot(studentTQuantile(0.975, costs.df) * error, within);
  const most = height / Math.max(last / 2, last - half);
  return { kind: 'interval', value: height / last, low: height / (last + half), high: most };
}
