/**
 * The middle of some numbers, and of an even count the lower of the two in the middle: one that was really there; 0 of none.
 *
 * @example lowerMedian([4, 1, 3, 2]) // => 2
 */
export const lowerMedian = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
