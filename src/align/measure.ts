import type { SampleSeries, Signal } from '../model/signal.ts';

/** Index of the first sample at or after `time`. */
export function firstAtOrAfter(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? Number.POSITIVE_INFINITY) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

const firstAfter = (times: Float64Array, time: number): number => firstAtOrAfter(times, time + 1e-6);

/** A mean and how many samples it rests on. */
export type Mean = { readonly value: number; readonly samples: number; readonly covered: number };

/**
 * Increase per second between the first and the last sample inside [from, to]: ΔC/Δt between sample times, exact and without extrapolation.
 * A fall is a reset: that gap between two samples counts neither in increase nor in time.
 */
export function increasePerSecond(series: SampleSeries, from: number, to: number): Mean | undefined {
  const start = firstAtOrAfter(series.times, from);
  const times = series.times.subarray(start, firstAfter(series.times, to));
  const values = series.values.subarray(start, start + times.length);
  let increase = 0;
  let time = 0;
  for (let i = 1; i < times.length; i += 1) {
    const step = (values[i] ?? 0) - (values[i - 1] ?? 0);
    if (step < 0) continue;
    increase += step;
    time += (times[i] ?? 0) - (times[i - 1] ?? 0);
  }
  if (time <= 0) return undefined;
  return { value: increase / time, samples: times.length, covered: (times.at(-1) ?? 0) - (times[0] ?? 0) };
}

/** Mean of the samples inside [from, to]. */
export function meanOfSamples(series: SampleSeries, from: number, to: number, interval: number): Mean | undefined {
  const inside = series.values.subarray(firstAtOrAfter(series.times, from), firstAfter(series.times, to));
  if (inside.length === 0) return undefined;
  const sum = inside.reduce((total, value) => total + value, 0);
  return { value: sum / inside.length, samples: inside.length, covered: inside.length * interval };
}

/** Adds up what a list of series shows in [from, to]; series without samples there are left out. */
export function sumOf(
  list: readonly SampleSeries[],
  form: Signal['form'],
  from: number,
  to: number,
  interval: number,
): Mean | undefined {
  const means = list
    .map((series) =>
      form === 'counter' ? increasePerSecond(series, from, to) : meanOfSamples(series, from, to, interval),
    )
    .filter((mean) => mean !== undefined);
  if (means.length === 0) return undefined;
  return {
    value: form === 'count' ? means.length : means.reduce((sum, mean) => sum + mean.value, 0),
    samples: Math.min(...means.map((mean) => mean.samples)),
    covered: Math.max(...means.map((mean) => mean.covered)),
  };
}
