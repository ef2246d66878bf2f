import type { Interval } from './interval.ts';
import type { PerSecond } from './units.ts';

/** How much more load fits, against a reference load: ratio = max(0, 1 − load ÷ capacity), multiplier = capacity ÷ load, spare = capacity − load. */
export type Headroom = {
  readonly load: PerSecond;
  readonly reference: 'expected' | 'history' | 'current';
  readonly ratio: Interval;
  readonly multiplier: Interval;
  readonly spare: Interval;
};
