import type { Leak } from '../model/finding.ts';
import type { Sheet, Window } from '../model/sheet.ts';
import { lengthOf } from '../model/span.ts';
import { seconds } from '../model/units.ts';
import { line } from '../stats/line.ts';
import { meanInterval } from '../stats/mean-interval.ts';
import { type Case, fillOf } from './cases.ts';
import type { View } from './view.ts';

/** A window that is fuller than this no longer shows growth: there is nothing left to take. */
const full = 0.95;
const fewestWindows = 3;
const fewestBlocks = 3;
/** A hundred healthy holds are looked at in one run: growth has to be that sure. */
const sure = 0.999;
/** Growth at constant load must make this share of what is in use at the end. */
const ofUsage = 0.5;

/**
 * A leak is growth with time at constant load (analysis 4, trap 18): the slope inside windows, whose load does not change, over all windows in which the hold
 * was not yet full, by Student's t over windows; and what grew so must be most of what is in use, so that throughput × hold time explains little of it.
 */
export function leakOf(one: Case, view: View, sheet: Sheet): Leak | undefined {
  if (one.resource.layer !== 'hold') return undefined;
  const steps = growing(one, view, sheet);
  const [first, last] = [steps[0], steps.at(-1)];
  const slopes = steps.map(({ slope }) => slope);
  if (slopes.length < fewestWindows || !first || !last) return undefined;
  const [grows, told] = [meanInterval(slopes, sure), meanInterval(slopes)];
  if (!grows || !told || grows.low <= 0) return undefined;
  const grown = grows.value * (last.window.span.to - first.window.span.from);
  if (grown < ofUsage * last.usage) return undefined;
  const atItsEnd = last.usage + (grows.value * lengthOf(last.window.span)) / 2;
  const room = (last.ceiling ?? Number.POSITIVE_INFINITY) - atItsEnd;
  return {
    perSecond: { kind: 'interval', value: told.value, low: Math.max(0, told.low), high: told.high },
    unexplained: Math.min(grown, last.usage),
    fillsIn: Number.isFinite(room) ? seconds(Math.max(0, room) / told.value) : undefined,
  };
}

type Growing = {
  readonly window: Window;
  readonly usage: number;
  readonly ceiling: number | undefined;
  readonly slope: number;
};

/** The windows in which there was room, in the order of time, each with the slope inside it. */
function growing(one: Case, view: View, sheet: Sheet): readonly Growing[] {
  const row = sheet.rows[one.rows.usage ?? -1];
  return view.windows
    .flatMap((window, i): readonly Growing[] => {
      const reading = row?.readings[view.index[i] ?? -1];
      if (reading?.kind !== 'value' || reading.blocks.length < fewestBlocks || (fillOf(one, i) ?? 0) >= full) return [];
      return [{ window, usage: reading.value, ceiling: one.ceiling[i], slope: slopeIn(window, reading.blocks) }];
    })
    .toSorted((a, b) => a.window.span.from - b.window.span.from);
}

/** Units a second, by least squares through consecutive parts of a window. */
function slopeIn({ span }: Window, blocks: readonly number[]): number {
  const width = lengthOf(span) / blocks.length;
  const times = blocks.map((_, i) => i * width);
  return line(times, blocks).slope;
}
