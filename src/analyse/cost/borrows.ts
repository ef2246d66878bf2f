import { type Case, fillOf } from '../seen/cases.ts';
import { reach } from '../seen/reach.ts';

/** Mean use this far above its own ceiling is no error of reading. */
const beyond = 1.05;

/**
 * Whether more was taken of something than it gives for good, and the target kept up: a disk or a processor that saves what is not used at rest, and lends it until it is spent.
 * What was carried so is no capacity. (Or its ceiling is stated too low.)
 */
export const borrows = (one: Case, sustained: readonly boolean[]): boolean =>
  one.resource.layer === 'leaf' &&
  one.resource.kind === 'rate' &&
  sustained.some((kept, i) => kept && (fillOf(one, i) ?? 0) >= beyond);

/** The first window in which it gave all that it gives for good: from there on it is lent. */
export const spentFrom = (one: Case): number => one.usage.findIndex((_, i) => (fillOf(one, i) ?? 0) >= reach.full);
