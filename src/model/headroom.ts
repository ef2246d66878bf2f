import { number, rate } from './in-words.ts';
import type { Interval } from './interval.ts';
import type { PerSecond } from './units.ts';

/** How much more load fits, against a reference load: ratio = max(0, 1 − load ÷ capacity), multiplier = capacity ÷ load, spare = capacity − load. */
export type Headroom = {
  readonly load: PerSecond;
  readonly reference: 'expected' | 'history' | 'current';
  readonly ratio: Interval;
  readonly multiplier: Interval;
  readonly spare: Interval;
  /** Why nothing is left, or how much is cannot be told, where that is not told by a capacity. */
  readonly because?: string;
};

/** Whether a part of the load, or just all of it as people read the number, is all that is known to be carried: nobody can tell then whether anything is left. */
export const isOpen = ({ multiplier }: { readonly multiplier: Interval }): boolean =>
  multiplier.kind === 'at-least' && Number(number(multiplier.low)) <= 1;

/** Whether it is known that nothing is left. */
export const isNone = ({ ratio }: { readonly ratio: Interval }): boolean =>
  (ratio.kind === 'interval' && ratio.value <= 0) || (ratio.kind === 'at-most' && ratio.high <= 0);

/** Whether a load is at or below the one that headroom is stated against, as people read the numbers: what is offered sways by a request or two. */
export const isWithin = (load: number, { load: reference }: { readonly load: number }): boolean =>
  Number(number(load)) <= Number(number(reference));

/** Whether a resource would end, by all that is known of it, below what the target carries already: such an end says nothing. */
export const endsBelow = (
  end: Interval,
  { rate: carried, provenance }: { readonly rate: Interval; readonly provenance: string },
): boolean =>
  end.kind !== 'at-least' &&
  carried.kind !== 'at-most' &&
  provenance !== 'extrapolated' &&
  end.high < (carried.kind === 'interval' ? carried.value : carried.low);

/** Why it is open: "no more than 86.6/s is known to be carried". */
export function knownCarried({ load, spare }: { readonly load: number; readonly spare: Interval }): string {
  const carried = load + (spare.kind === 'at-least' ? spare.low : 0);
  return `no more than ${rate(carried)} is known to be carried`;
}
