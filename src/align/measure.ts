import { type Cell, partsOf } from '../model/cell.ts';
import type { SampleSeries, Signal } from '../model/signal.ts';
import { lengthOf, type Span } from '../model/span.ts';
import { epoch } from '../model/units.ts';

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

/** A mean, how many samples it rests on, how much time they cover, and its standard error: a counter misses nothing between two samples, a gauge does. */
export type Mean = {
  readonly value: number;
  readonly samples: number;
  readonly covered: number;
  readonly error: number;
};

/**
 * Increase per second between the first and the last sample inside [from, to]: ΔC/Δt between sample times, exact and without extrapolation.
 * A fall is a reset: that gap between two samples counts neither in increase nor in time.
 */
export function increasePerSecond(series: SampleSeries, from: number, to: number): Mean | undefined {
  const { times, values } = series;
  const [start, end] = [firstAtOrAfter(times, from), firstAfter(times, to)];
  let increase = 0;
  let time = 0;
  for (let i = start + 1; i < end; i += 1) {
    const step = (values[i] ?? 0) - (values[i - 1] ?? 0);
    if (step < 0) continue;
    increase += step;
    time += (times[i] ?? 0) - (times[i - 1] ?? 0);
  }
  if (time <= 0) return undefined;
  const covered = (times[end - 1] ?? 0) - (times[start] ?? 0);
  return { value: increase / time, samples: end - start, covered, error: 0 };
}

/** Mean of the samples inside [from, to]. */
export function meanOfSamples(series: SampleSeries, from: number, to: number, interval: number): Mean | undefined {
  const { times, values } = series;
  const [start, end] = [firstAtOrAfter(times, from), firstAfter(times, to)];
  const n = end - start;
  if (n <= 0) return undefined;
  let total = 0;
  for (let i = start; i < end; i += 1) total += values[i] ?? 0;
  const mean = total / n;
  let squares = 0;
  for (let i = start; i < end; i += 1) squares += ((values[i] ?? 0) - mean) ** 2;
  const error = n > 1 ? Math.sqrt(squares / (n - 1) / n) : Math.abs(mean);
  return { value: mean, samples: n, covered: n * interval, error };
}

/** Later than so many scrapes a series is not merely out of step with the others: it began inside the window; gone for so many it has ended. */
const begunAfter = 1.5;
const goneFor = 5;

/**
 * Adds up what a list of series shows in [from, to]; series without samples there are left out. One that began or ended inside (a status that is answered for the first time, a pod that is
 * new) was nothing for the rest of the time: it counts for the share of the time that it was there. Where each began or ended inside, as pods that follow one another do, that is the share of the time in which any was there.
 */
export function sumOf(
  list: readonly SampleSeries[],
  form: Signal['form'],
  from: number,
  to: number,
  interval: number,
): Mean | undefined {
  const means: (Mean & { readonly isWhole: boolean })[] = [];
  for (const series of list) {
    const mean = form === 'counter' ? increasePerSecond(series, from, to) : meanOfSamples(series, from, to, interval);
    if (mean) means.push({ ...mean, isWhole: isThereThroughout(series, from, to, interval) });
  }
  if (means.length === 0) return undefined;
  const whole = means.filter((mean) => mean.isWhole);
  const covered = Math.max(...means.map((mean) => mean.covered));
  const time = whole.length > 0 ? covered : Math.max(covered, timeOfAll(list, form, { from, to }, interval));
  const parts = means.map((mean) => ({ ...mean, share: mean.isWhole ? 1 : mean.covered / time }));
  return {
    value: form === 'count' ? means.length : parts.reduce((sum, { value, share }) => sum + value * share, 0),
    samples: Math.min(...(whole.length > 0 ? whole : means).map((mean) => mean.samples)),
    covered,
    error: form === 'count' ? 0 : Math.hypot(...parts.map(({ error, share }) => error * share)),
  };
}

type Between = { readonly from: number; readonly to: number };

/** From the first sample of any of them inside [from, to] to the last. */
function timeOfAll(
  list: readonly SampleSeries[],
  form: Signal['form'],
  { from, to }: Between,
  interval: number,
): number {
  const ends = list.flatMap(({ times }) => {
    const [first, last] = [times[firstAtOrAfter(times, from)], times[firstAfter(times, to) - 1]];
    return first !== undefined && last !== undefined && first <= last ? [{ first, last }] : [];
  });
  if (ends.length === 0) return 0;
  const time = Math.max(...ends.map(({ last }) => last)) - Math.min(...ends.map(({ first }) => first));
  return form === 'counter' ? time : time + interval;
}

/**
 * How fast counters rise in [from, to] of which there may be none before something happens for the first time (a status, an error), beside others that are there throughout: of the time that these cover, and from nought
 * on where one begins inside. Undefined where none of the others is.
 */
export function countedBeside(
  list: readonly SampleSeries[],
  others: readonly SampleSeries[],
  { from, to }: Span,
  interval: number,
): number | undefined {
  const there = others.filter((series) => isThereThroughout(series, from, to, interval));
  const covered = Math.max(0, ...there.flatMap((series) => increasePerSecond(series, from, to)?.covered ?? []));
  if (covered <= 0) return undefined;
  const counts = list.map((series) => {
    const first = series.times[0] ?? Number.POSITIVE_INFINITY;
    const isBorn = first > from + begunAfter * interval && first <= to;
    const rise = increasePerSecond(series, from, to);
    return (rise ? rise.value * rise.covered : 0) + (isBorn ? (series.values[0] ?? 0) : 0);
  });
  return counts.reduce((sum, count) => sum + count, 0) / covered;
}

function isThereThroughout({ times }: SampleSeries, from: number, to: number, interval: number): boolean {
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  return first <= from + begunAfter * interval && last >= to - goneFor * interval;
}

/** How far before a stretch the last point of a counter is looked for that is told every so many seconds: not so far that there could be two. */
export const reachBack = (interval: number): number => 0.99 * interval;

/** The mean over several stretches, each weighing as much as its time; those without samples are left out. */
export function overParts(parts: readonly Span[], mean: (part: Span) => Mean | undefined): Mean | undefined {
  const known = parts.flatMap((part) => {
    const found = mean(part);
    return found ? [{ found, time: lengthOf(part) }] : [];
  });
  const time = known.reduce((sum, each) => sum + each.time, 0);
  const [only, second] = known;
  if (!only || !second) return only?.found;
  return {
    value: known.reduce((sum, each) => sum + each.found.value * each.time, 0) / time,
    samples: known.reduce((sum, { found }) => sum + found.samples, 0),
    covered: known.reduce((sum, { found }) => sum + found.covered, 0),
    error: Math.hypot(...known.map((each) => each.found.error * each.time)) / time,
  };
}

/** How fast counters rise in a window, all together (1/s); in the short stretches of a cell from the last sample before each on. */
export function countedIn(
  { interval }: { readonly interval: number },
  list: readonly SampleSeries[],
  where: { readonly span: Span; readonly cell?: Cell },
): number | undefined {
  const edge = where.cell ? reachBack(interval) : 0;
  return overParts(partsOf(where), ({ from, to }) => sumOf(list, 'counter', from - edge, to, interval))?.value;
}

/** Stretches cut into so many groups of equal time, one after the other. */
export function cutEvenly(parts: readonly Span[], count: number): readonly (readonly Span[])[] {
  const total = parts.reduce((sum, part) => sum + lengthOf(part), 0);
  return Array.from({ length: count }, (_, i) => between(parts, (i * total) / count, ((i + 1) * total) / count));
}

/** What lies between two moments on a clock that runs only inside the stretches. */
function between(parts: readonly Span[], from: number, to: number): readonly Span[] {
  let passed = 0;
  return parts.flatMap((part) => {
    const begins = passed;
    passed += lengthOf(part);
    const [start, end] = [Math.max(from, begins), Math.min(to, passed)];
    return end > start ? [{ from: epoch(part.from + start - begins), to: epoch(part.from + end - begins) }] : [];
  });
}
