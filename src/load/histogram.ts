import { bucketCount, bucketOf, lowestIn, middleOf } from '../model/buckets.ts';
import type { Histogram } from '../model/load-record.ts';
import { type Seconds, seconds } from '../model/units.ts';
import type { Bound } from '../stats/quantile-range.ts';

/** Counts by bucket (see model/buckets): a view of shared memory that one thread writes, or a copy of one. */
export type Counts = Uint32Array;

export const noCounts = (): Counts => new Uint32Array(bucketCount);

/** Counts one duration (s). The hot path: no allocation, a few nanoseconds. */
export function record(counts: Counts, duration: number): void {
  const bucket = bucketOf(duration);
  counts[bucket] = (counts[bucket] ?? 0) + 1;
}

/** The histogram of everything in both; merging loses nothing. */
export const plus = (some: Counts, more: Counts): Counts => some.map((count, bucket) => count + (more[bucket] ?? 0));

/** What was counted since `before`, an earlier copy of the same histogram. */
export const minus = (now: Counts, before: Counts): Counts => now.map((count, bucket) => count - (before[bucket] ?? 0));

export const totalOf = (counts: Counts): number => counts.reduce((sum, count) => sum + count, 0);

/**
 * The duration (s) below which a share of `share` lies, within 0.4 %; undefined where nothing was counted, or less than `least` durations.
 * `least` is 10 ÷ (1 − share) unless told otherwise: with fewer than ten values beyond it, a quantile is an anecdote.
 */
export function quantile(counts: Counts, share: number, least: number = 10 / (1 - share)): Seconds | undefined {
  const total = totalOf(counts);
  if (total === 0 || total < least - 1e-6) return undefined;
  const rank = Math.max(1, Math.ceil(share * total - 1e-9));
  let seen = 0;
  const bucket = counts.findIndex((count) => {
    seen += count;
    return seen >= rank;
  });
  return seconds(middleOf(bucket));
}

/** How many lie below the upper end of each bucket that counted any, and of the one before it: a duration there is known to 0.8 %. The last bucket has no end. */
export function boundsOf(counts: Counts): readonly Bound[] {
  const filled = sparse(counts).counts;
  let seen = 0;
  return filled.flatMap(([bucket, count]) => {
    const below = { upTo: lowestIn(bucket), count: seen };
    seen += count;
    return [below, { upTo: bucket === bucketCount - 1 ? Number.POSITIVE_INFINITY : lowestIn(bucket + 1), count: seen }];
  });
}

/** The histogram as plain data, without its empty buckets. */
export function sparse(counts: Counts): Histogram {
  const filled: [number, number][] = [];
  for (const [bucket, count] of counts.entries()) if (count > 0) filled.push([bucket, count]);
  return { unit: 'us', counts: filled };
}

/** The same histogram from plain data. */
export function dense(histogram: Histogram): Counts {
  const counts = noCounts();
  for (const [bucket, count] of histogram.counts) counts[bucket] = count;
  return counts;
}
