import { sum as compensated } from 'simple-statistics';

/**
 * The sum of numbers, by Kahan's compensated summation; of none it is 0.
 *
 * @example sum([0.1, 0.2, 0.3]) // => 0.6
 */
export const sum = (values: readonly number[]): number => compensated(values);
