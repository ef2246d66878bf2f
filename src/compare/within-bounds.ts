import type { Interval } from '../model/interval.ts';

/**
 * The readings of one side without the bounds that say nothing against what its other runs measured: a run that ended before the limit carried
 * at least so much, and its repeats say how much that is. A bound that the others contradict stays, and so do bounds where nothing was measured.
 *
 * @example withinBounds([{ kind: 'at-least', low: 50 }, about(99, 95, 104)]) // => [about(99, 95, 104)]
 */
export function withinBounds(side: readonly Interval[]): readonly Interval[] {
  const measured = side.filter((value) => value.kind === 'interval');
  if (measured.length === 0) return side;
  const low = Math.min(...measured.map((value) => value.low));
  const high = Math.max(...measured.map((value) => value.high));
  const saysNothing = (value: Interval): boolean =>
    (value.kind === 'at-least' && value.low <= high) || (value.kind === 'at-most' && value.high >= low);
  return side.filter((value) => !saysNothing(value));
}
