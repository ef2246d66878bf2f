import type { Interval } from '../model/interval.ts';
import { fiellerRatio } from './fieller-ratio.ts';
import type { Line } from './line.ts';

/**
 * Where a fitted line reaches the height y: x = center + (y − height there) ÷ slope, with Fieller's interval by Student's t of the line's df
 * (Draper & Smith, 3rd ed., 3.2; the line itself, not a single new point).
 * Open to one side where the slope may be 0, taking its sign as known; undefined where the points exclude nothing, or the slope is 0.
 *
 * @example inversePrediction(line([1, 2, 3, 4], [1.1, 1.9, 3.2, 3.8]), 8) // => 8.351, from 6.593 to 12.537
 */
export function inversePrediction(line: Line, y: number, level = 0.95): Interval | undefined {
  const rise = {
    value: y - line.intercept - line.slope * line.center,
    error: line.residualSd / Math.sqrt(line.weight),
  };
  const slope = { value: line.slope, error: line.slopeError };
  const distance = fiellerRatio(rise, slope, { df: line.df, level });
  if (distance?.kind === 'at-least') return { kind: 'at-least', low: line.center + distance.low };
  if (distance?.kind === 'at-most') return { kind: 'at-most', high: line.center + distance.high };
  if (distance === undefined || line.slope === 0) return undefined;
  return {
    kind: 'interval',
    value: line.center + distance.value,
    low: line.center + distance.low,
    high: line.center + distance.high,
  };
}
