import type { Cell } from '../model/cell.ts';
import type { Span } from '../model/span.ts';
import { epoch } from '../model/units.ts';
import { median } from '../stats/median.ts';
import type { Slot } from './slots.ts';

/** A day: what replicates are made of (analysis 3.9). */
export const day = 24 * 3600;
/** At most so many levels of load, each at least by this factor above the one below. */
const mostLevels = 10;
const leastApart = 1.08;
/** Fewer slots than this of one day at one level are counted to the level next to it. */
const leastSlots = 4;
/** What is left out of the range of loads on either side. */
const tail = 0.005;

/** A cell, and from when to when. */
export type Placed = { readonly span: Span; readonly cell: Cell };

/**
 * Sorts slots by block (a day, or what is left of it between two breaks) and level of load. Blocks are the replicates; what a block spent at a level is one window,
 * however often it came there. What it spent under strain there is another: on an axis of answers an overload looks like a lower load.
 *
 * @param from where days begin (s)
 * @param breaks moments at which another set-up began; a slot that holds one, and those beside it, belong to neither
 */
export function cellsOf(slots: readonly Slot[], from: number, breaks: readonly number[]): readonly Placed[] {
  const steady = slots.filter(
    ({ from: begin, to }) => !breaks.some((at) => Math.abs(at - (begin + to) / 2) < 1.5 * (to - begin)),
  );
  const smooth = smoothed(steady);
  const levelOf = levels([...smooth.values()]);
  const startOf = (slot: Slot): number => {
    const today = from + day * Math.floor((slot.from - from) / day);
    return Math.max(today, ...breaks.filter((at) => at <= slot.from));
  };
  const blocks = [...Map.groupBy(steady, startOf)].toSorted(([a], [b]) => a - b);
  return blocks
    .flatMap(([, block], index) =>
      [false, true].flatMap((under) => {
        const own = block.filter(({ strained }) => strained === under);
        return filled(Map.groupBy(own, (slot) => levelOf(smooth.get(slot) ?? slot.rate))).map(([level, at]) =>
          placed(index, level, at),
        );
      }),
    )
    .toSorted((a, b) => a.span.to - b.span.to);
}

/**
 * The middle of three slots' loads: which level a slot belongs to is not decided by a scrape that was missed at its edge (sorting by a load that is partly noise would make
 * costs look smaller than they are).
 */
function smoothed(slots: readonly Slot[]): ReadonlyMap<Slot, number> {
  return new Map(
    slots.map((slot, i) => {
      const near = [slots[i - 1], slot, slots[i + 1]].flatMap((one) =>
        one && Math.abs(one.from - slot.from) < 1.5 * (slot.to - slot.from) ? [one.rate] : [],
      );
      return [slot, median(near)];
    }),
  );
}

/** The level of a load: even steps from the lowest to the highest, and fewer of them where these lie close. */
function levels(rates: readonly number[]): (rate: number) => number {
  const sorted = rates.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const [low, high] = [at(tail), at(1 - tail)];
  const apart = Math.log(high / Math.max(low, high / 1000)) / Math.log(leastApart);
  const count = high > 0 ? Math.max(1, Math.min(mostLevels, Math.floor(apart))) : 1;
  return (rate) => Math.max(0, Math.min(count - 1, Math.floor(((rate - low) / (high - low || 1)) * count)));
}

/** Levels with enough slots of their own; what is too little goes to the level below, or where there is none above. */
function filled(byLevel: ReadonlyMap<number, readonly Slot[]>): readonly (readonly [number, readonly Slot[]])[] {
  const done: (readonly [number, readonly Slot[]])[] = [];
  let over: readonly Slot[] = [];
  for (const [level, own] of [...byLevel].toSorted(([a], [b]) => b - a)) {
    const all = [...over, ...own];
    over = all.length >= leastSlots ? [] : all;
    if (over.length === 0) done.push([level, all]);
  }
  const last = done.pop();
  return last ? [...done, [last[0], [...last[1], ...over]]] : [];
}

function placed(block: number, level: number, slots: readonly Slot[]): Placed {
  const parts: Span[] = [];
  for (const { from, to } of slots.toSorted((a, b) => a.from - b.from)) {
    const last = parts.at(-1);
    if (last && Math.abs(last.to - from) < 1e-6) parts[parts.length - 1] = { from: last.from, to };
    else parts.push({ from, to });
  }
  const [first, last] = [parts[0], parts.at(-1)];
  return { span: { from: first?.from ?? epoch(0), to: last?.to ?? epoch(0) }, cell: { block, level, parts } };
}
