import { shortfall } from '../../model/shortfall.ts';
import { erlangBLoad } from '../../stats/erlang-b.ts';

/**
 * The share of a hard limit's units that are in use on average when it begins to refuse so much that goodput no longer follows the load: arrivals at random that
 * leave when all units are taken (Erlang's loss formula).
 *
 * @example usableOf(10) // => 0.537: 5.53 erlangs offered to 10 units lose 3 %
 */
export function usableOf(units: number): number {
  if (units < 1 || units > 1e6) return 1;
  const whole = Math.floor(units);
  return Math.min(1, (erlangBLoad(whole, shortfall) * (1 - shortfall)) / whole);
}
