import { erlangB } from '../stats/erlang-b.ts';
import { type Case, fillOf } from './cases.ts';
import type { View } from './view.ts';

/** Fewer failing answers at the door than these are not looked into. */
const worthAsking = 0.02;
/** What is turned away here must be this share of what fails at the door. */
const explains = 0.7;
/** How near the mean use must come to what chance leaves of a limit. */
const nearly = 0.95;
/** No limit without refusals of its own is blamed below this. */
const leastFill = 0.8;

/**
 * Whether a resource is full at moments that its mean does not show: what is lent at once or refused at once is taken on average only as far as chance allows
 * (Erlang's B), 86 % of 22 where 6 % are turned away. Its own refusals must be what fails at the door; one that counts none must be as full as those failures say.
 */
export function turnsAway(one: Case, view: View, i: number): boolean {
  const failing = view.windows[i]?.errors ?? 0;
  if (failing < worthAsking) return false;
  const [refused, done] = [one.refusals?.[i], one.completions?.[i]];
  if (one.refusals)
    return refused !== undefined && done !== undefined && refused >= explains * failing * (refused + done);
  if (!one.resource.hard || one.resource.kind !== 'pool') return false;
  const [fill, ceiling] = [fillOf(one, i), one.ceiling[i]];
  return fill !== undefined && fill >= Math.max(leastFill, nearly * usedOf(Math.floor(ceiling ?? 0), failing));
}

/** The share of so many that is in use on average where this share is turned away; found by halving. */
function usedOf(servers: number, away: number): number {
  if (servers < 1 || away >= 1) return 1;
  let [low, high] = [0, servers / (1 - away)];
  for (let step = 0; step < 40; step += 1) {
    const middle = (low + high) / 2;
    if (erlangB(servers, middle) < away) low = middle;
    else high = middle;
  }
  return (low * (1 - away)) / servers;
}
