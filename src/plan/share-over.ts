import { bucketOf } from '../model/buckets.ts';
import type { Histogram } from '../model/load-record.ts';
import type { Seconds } from '../model/units.ts';

/** How many of the durations in a histogram lie above `limit`, and how many there are; the bucket that holds the limit counts as within it. */
export function shareOver(histogram: Histogram, limit: Seconds): { readonly over: number; readonly of: number } {
  const holding = bucketOf(limit);
  let over = 0;
  let of = 0;
  for (const [bucket, count] of histogram.counts) {
    of += count;
    if (bucket > holding) over += count;
  }
  return { over, of };
}
