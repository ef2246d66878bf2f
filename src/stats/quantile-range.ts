import type { Interval } from '../model/interval.ts';
import { normalQuantile } from './normal-quantile.ts';

/** How many lie at or below a bound: one line of a cumulative histogram. The last bound may be infinite. */
export type Bound = { readonly upTo: number; readonly count: number };

/**
 * What a histogram says of a quantile: a range between two of its bounds, wider where chance could have put the quantile into a neighbouring bucket
 * (the order statistics that bracket it with 95 %, by the normal approximation; David & Nagaraja, Order Statistics, 7.1). The point is linear inside
 * the bucket, as Prometheus has it. Where the range reaches the bucket that has no upper bound, it is "at least"; undefined where nothing was counted.
 *
 * @param bounds by rising bound, counts never falling
 * @example quantileRange([{ upTo: 0.1, count: 9800 }, { upTo: 0.5, count: 10000 }], 0.99) // => 0.3, from 0.1 to 0.5
 */
export function quantileRange(bounds: readonly Bound[], quantile: number, level = 0.95): Interval | undefined {
  const total = bounds.at(-1)?.count ?? 0;
  if (total <= 0) return undefined;
  const reach = normalQuantile((1 + level) / 2) * Math.sqrt((quantile * (1 - quantile)) / total);
  const [lowest, middle, highest] = [quantile - reach, quantile, quantile + reach].map((share) =>
    bucketAt(bounds, share * total),
  );
  const low = lowest === undefined ? 0 : floorOf(bounds, lowest);
  if (middle === undefined || highest === undefined || !Number.isFinite(bounds[highest]?.upTo))
    return { kind: 'at-least', low };
  return { kind: 'interval', value: inside(bounds, middle, quantile * total), low, high: bounds[highest]?.upTo ?? low };
}

/** The bucket in which so many have been counted; undefined where there are not so many. */
function bucketAt(bounds: readonly Bound[], rank: number): number | undefined {
  const found = bounds.findIndex(({ count }) => count >= rank);
  return found < 0 ? undefined : found;
}

const floorOf = (bounds: readonly Bound[], bucket: number): number => bounds[bucket - 1]?.upTo ?? 0;

function inside(bounds: readonly Bound[], bucket: number, rank: number): number {
  const [below, here] = [bounds[bucket - 1] ?? { upTo: 0, count: 0 }, bounds[bucket]];
  if (!here || here.count <= below.count) return here?.upTo ?? below.upTo;
  return below.upTo + ((here.upTo - below.upTo) * (rank - below.count)) / (here.count - below.count);
}
