import { textOf } from '../model/labels.ts';
import type { SampleSeries } from '../model/signal.ts';
import { intervalOf, without } from './samples.ts';

/** Of all counters that move and are told apart by one label only: whether each two of them agree. */
export function agreements(pool: readonly SampleSeries[], label: string): readonly boolean[] {
  const moving = pool.filter((series) => series.labels[label] !== undefined && isMoving(series));
  const groups = Map.groupBy(moving, ({ labels }) => textOf(without(labels, [label])));
  return [...groups.values()].flatMap(([first, ...others]) =>
    first ? others.flatMap((other) => agree(first, other) ?? []) : [],
  );
}

/** A counter without resets that rises in most of its gaps: one that stands still agrees with any other that does. */
export function isMoving({ values }: SampleSeries): boolean {
  const gaps = Array.from(values.subarray(1), (value, index) => value - (values[index] ?? 0));
  const rises = gaps.filter((gap) => gap > 0).length;
  return rises >= leastRises && gaps.every((gap) => gap >= 0) && 2 * rises > gaps.length;
}

const leastRises = 4;

/** Whether what the one counts at each moment is what the other counts about then: no less than a scrape before, no more than a scrape after; undefined where they never are there at once. */
function agree(one: SampleSeries, other: SampleSeries): boolean | undefined {
  const gap = intervalOf([other]) ?? 0;
  const judgedAt = Array.from(one.times).flatMap((time, index) => {
    const before = other.times.findLastIndex((at) => at <= time - gap);
    const after = other.times.findIndex((at) => at >= time + gap);
    if (before < 0 || after < 0) return [];
    const value = one.values[index] ?? Number.NaN;
    return [(other.values[before] ?? Number.NaN) <= value && value <= (other.values[after] ?? Number.NaN)];
  });
  return judgedAt.length > 0 ? judgedAt.every((fits) => fits) : undefined;
}
