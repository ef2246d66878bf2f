/**
 * The buckets of a log-linear histogram of microseconds: 1 µs wide up to 128 µs, then 128 to each doubling, up to 2^27 µs (134 s).
 * No value is further than 1/128 (0.8 %) from any other in its bucket. The layout is HdrHistogram's idea (Tene), with plain indices.
 */
const perDoubling = 128;
const linearBits = 7;
const highestBit = 26;

/** How many buckets there are; indices run from 0 to one less. */
export const bucketCount = perDoubling * (highestBit - linearBits + 2);

/** The bucket that a duration falls into; below 0 counts as 0, above 134 s as the last. @example bucketOf(0.001) // => 506: 1000 µs lies in [1000, 1004) */
export function bucketOf(duration: number): number {
  const micros = Math.floor(duration * 1e6 + 1e-3);
  if (micros < perDoubling) return Math.max(micros, 0);
  if (micros >= 2 ** (highestBit + 1)) return bucketCount - 1;
  const shift = 31 - Math.clz32(micros) - linearBits;
  return shift * perDoubling + (micros >>> shift);
}

/** The lowest duration in a bucket, in seconds. */
export const lowestIn = (bucket: number): number => floorOf(bucket) / 1e6;

/** The middle of a bucket, in seconds: what its values are taken for. */
export const middleOf = (bucket: number): number => (floorOf(bucket) + floorOf(bucket + 1)) / 2e6;

function floorOf(bucket: number): number {
  if (bucket < perDoubling) return bucket;
  const shift = Math.floor(bucket / perDoubling) - 1;
  return (bucket - shift * perDoubling) * 2 ** shift;
}
