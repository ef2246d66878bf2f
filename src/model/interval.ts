/**
 * A number with what is known about it: a point and its 95 % interval, or only a side that it cannot cross.
 * `bounded` is for what holds on one side only, as a capacity that was not reached.
 */
export type Interval =
  | { readonly kind: 'interval'; readonly value: number; readonly low: number; readonly high: number }
  | { readonly kind: 'at-least'; readonly low: number }
  | { readonly kind: 'at-most'; readonly high: number };
