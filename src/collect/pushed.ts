import type { SampleSeries } from '../model/signal.ts';

/** Samples within this share of the usual gap were pushed together. */
const together = 0.5;

/** Most gaps are the usual one; a few are shorter, where a series ends, and some longer, where it did not change. */
const usual = 0.4;

/** When something was pushed: of the samples that lie together, the time of the last. */
export function pushTimes(series: readonly SampleSeries[]): Float64Array {
  const times = series.flatMap((one) => [...one.times]).toSorted((a, b) => a - b);
  const width = together * usualGap(series);
  const pushes: number[] = [];
  let first = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    if (time - first > width) {
      pushes.push(time);
      first = time;
    } else pushes[pushes.length - 1] = time;
  }
  return Float64Array.from(pushes);
}

function usualGap(series: readonly SampleSeries[]): number {
  const gaps = series.flatMap(({ times }) =>
    [...times.subarray(1)].map((time, index) => time - (times[index] ?? time)),
  );
  return gaps.toSorted((a, b) => a - b)[Math.floor(usual * gaps.length)] ?? 0;
}

/**
 * Counters of which each is sent only when it changed, as one: at each time the sum of what each had counted until then. A counter is at nought before its first
 * sample, unless that belongs to the first push of all, when it may have counted before; a fall is a new beginning from nought.
 */
export function joined(series: readonly SampleSeries[], times: Float64Array): readonly SampleSeries[] {
  const [first] = times;
  if (series.length === 0 || first === undefined) return [];
  const total = new Float64Array(times.length);
  for (const one of series) addTo(total, one, times);
  return [{ labels: { __name__: series[0]?.labels.__name__ ?? '' }, times, values: total }];
}

function addTo(total: Float64Array, { times: own, values }: SampleSeries, times: Float64Array): void {
  let next = 0;
  let counted = 0;
  let last = 0;
  for (const [index, time] of times.entries()) {
    for (; next < own.length && (own[next] ?? 0) <= time; next += 1) {
      const value = values[next] ?? 0;
      counted += value >= last ? value - last : value;
      last = value;
    }
    total[index] = (total[index] ?? 0) + counted;
  }
}

/** A bucket that counts alone what lies above one bound (s) and not above the other; `above` is undefined where that is not told. */
export type BucketAlone = { readonly above: number | undefined; readonly le: number; readonly series: SampleSeries };

/** The same as buckets that count all below them too. Bounds in which nothing fell are there as well, as far as their neighbours tell them. */
export function cumulative(
  alone: readonly BucketAlone[],
): readonly { readonly le: number; readonly series: SampleSeries }[] {
  const times = pushTimes(alone.map(({ series }) => series));
  const told = alone.flatMap(({ above, le }) => (above === undefined || above <= 0 ? [le] : [above, le]));
  let below: Float64Array = new Float64Array(times.length);
  return [...new Set(told)]
    .toSorted((a, b) => a - b)
    .map((le) => {
      const own = alone.filter((one) => one.le === le).map(({ series }) => series);
      for (const { values } of joined(own, times)) below = below.map((count, index) => count + (values[index] ?? 0));
      return { le, series: { labels: {}, times, values: below } };
    });
}
