import type { SampleSeries } from '../model/signal.ts';

/** Gauges that tell something a second, as a recording rule of a rate does, as counters: each sample stands for the time since the one before. */
export function summedUp(series: readonly SampleSeries[]): readonly SampleSeries[] {
  return series.map((one) => {
    const values = new Float64Array(one.values.length);
    let total = 0;
    for (const [i, rate] of one.values.entries()) {
      // A ratio of nothing to nothing is no number.
      total += (rate > 0 ? rate : 0) * ((one.times[i] ?? 0) - (one.times[i - 1] ?? one.times[i] ?? 0));
      values[i] = total;
    }
    return { ...one, values };
  });
}
