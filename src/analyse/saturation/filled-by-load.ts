import type { Reading } from '../../model/reading.ts';
import type { Sheet } from '../../model/sheet.ts';
import { lengthOf } from '../../model/span.ts';
import { line } from '../../stats/line.ts';
import { meanInterval } from '../../stats/mean-interval.ts';
import { sum } from '../../stats/sum.ts';
import type { Case } from '../seen/cases.ts';
import type { View } from '../seen/view.ts';

const fewestWindows = 3;
const fewestBlocks = 3;
/** Of the rise from low to high load at most this share may look like growth with time. */
const byTime = 0.5;

/**
 * Whether space fills with load (entries that are kept for a while after each request, memory for requests under way) and not with time (what stays behind): inside windows, whose load
 * does not change and in which the target keeps up, it grows by less than half of what it rose by from the first window to the last, and surely (Student's t over windows) by less than all of it. False where that cannot be told.
 *
 * @param all the instances that are looked at together: which of them a request goes to is chance, and no growth
 */
export function isFilledByLoad(
  all: readonly Case[],
  view: View,
  sheet: Sheet,
  sustained: readonly boolean[] = view.windows.map(() => true),
): boolean {
  const rows = all.map(({ rows: { usage } }) => sheet.rows[usage ?? -1]);
  if (rows.some((row) => row?.inTime)) return false;
  const inside = view.windows.flatMap(({ span }, i) => {
    const readings = rows.flatMap((row) => cutReading(row?.readings[view.index[i] ?? -1]) ?? []);
    if (!sustained[i] || readings.length === 0 || readings.length < rows.length) return [];
    const blocks = (readings[0]?.blocks ?? []).map((_, at) => sum(readings.map((one) => one.blocks[at] ?? 0)));
    return [{ span, usage: sum(readings.map(({ value }) => value)), growth: slopeIn(blocks, lengthOf(span)) }];
  });
  const [first, last] = [inside.at(0), inside.at(-1)];
  // What chance made of one window it did not make of the next: other requests came in that.
  const growth = meanInterval(
    inside.map((each) => each.growth),
    0.95,
    'apart',
  );
  if (inside.length < fewestWindows || !first || !last || !growth) return false;
  const time = Math.abs(last.span.from - first.span.from);
  const rise = last.usage - first.usage;
  // What was killed at its limit and is no leak is more likely full of load: that need not be sure.
  return (all.some((one) => one.refusedAtLimit) || growth.high * time < rise) && growth.value * time < byTime * rise;
}

/** A reading that tells of parts of its window. */
const cutReading = (reading: Reading | undefined): (Reading & { readonly kind: 'value' }) | undefined =>
  reading?.kind === 'value' && reading.blocks.length >= fewestBlocks ? reading : undefined;

/** Units a second, by least squares through consecutive parts of so many seconds. */
const slopeIn = (blocks: readonly number[], time: number): number =>
  line(
    blocks.map((_, i) => (i * time) / blocks.length),
    blocks,
  ).slope;
