import { median as middle } from 'simple-statistics';

/**
 * The middle of a list (mean of the two middle ones for an even count); throws on an empty list.
 *
 * @example median([3, 1, 2]) // => 2
 */
export const median = (values: readonly number[]): number => middle([...values]);
