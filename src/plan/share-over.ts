import { bucketOf, middleOf } from '../model/buckets.ts';
import type { Histogram, LoadWindow } from '../model/load-record.ts';
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

/**
 * How many answers of a window count as one, 1 or more: whoever comes in a busy moment waits, and so do the next, so that slow answers come together and say less than
 * as many that are independent. By Little's law in-flight is rate times response time, so the relative error of its mean (from parts of the window) is that of the mean
 * response time; what it is more than σ ÷ (mean · √n), squared, is that factor (the variance inflation of batch means).
 */
export function answersAlike(histogram: Histogram, inFlight: LoadWindow['inFlight']): number {
  if (inFlight?.error === undefined || inFlight.mean <= 0) return 1;
  let [of, sum, squares] = [0, 0, 0];
  for (const [bucket, count] of histogram.counts) {
    const took = middleOf(bucket);
    of += count;
    sum += count * took;
    squares += count * took ** 2;
  }
  const variance = squares / of - (sum / of) ** 2;
  if (!(variance > 0)) return 1;
  return Math.max(1, ((inFlight.error / inFlight.mean) ** 2 * of * (sum / of) ** 2) / variance);
}
