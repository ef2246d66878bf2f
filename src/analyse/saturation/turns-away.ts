import { erlangBLoad } from '../../stats/erlang-b.ts';
import { sum } from '../../stats/sum.ts';
import { type Case, fillOf } from '../seen/cases.ts';
import type { View } from '../seen/view.ts';

/** Fewer failing answers at the door than these are not looked into. */
const worthAsking = 0.03;
/** What is turned away here must be this share of what fails at the door. */
const explains = 0.7;
/** How near the mean use must come to what chance leaves of a limit, and by how many standard errors of its sampling it may miss that. */
const nearly = 0.95;
const bySampling = 2;
/** No limit without refusals of its own is blamed that never came to this while answers failed. */
const leastFill = 0.8;

/**
 * Whether a resource is full at moments that its mean does not show: what is lent at once or refused at once is taken on average only as far as chance allows
 * (Erlang's B), 86 % of 22 where 6 % are turned away. Its own refusals must be what fails at the door; one that counts none must be as full as those failures say,
 * as far as a few samples of its use show that, and come near its end at the highest. One that counts what it refuses and not what it lets in must be both.
 *
 * @param alike all its instances: of what fails at the door each refuses a part
 */
export function turnsAway(one: Case, view: View, i: number, alike: readonly Case[] = [one]): boolean {
  const { errors: failing = 0, load = 0 } = view.windows[i] ?? {};
  if (failing < worthAsking) return false;
  const [refused, done] = [one.refusals?.[i], one.completions?.[i]];
  if (one.refusals && one.completions)
    return refused !== undefined && done !== undefined && refused >= explains * failing * (refused + done);
  if (one.refusals) {
    const all = sum(alike.map(({ refusals }) => refusals?.[i] ?? 0));
    return one.resource.hard && (refused ?? 0) > 0 && all >= explains * failing * load && isAsFullAs(failing, one, i);
  }
  if (!one.resource.hard || one.resource.kind !== 'pool') return false;
  return mostWhileFailing(one, view) >= leastFill && isAsFullAs(failing, one, i);
}

const mostWhileFailing = (one: Case, view: View): number =>
  Math.max(0, ...view.windows.map(({ errors }, i) => (errors < worthAsking ? 0 : (fillOf(one, i) ?? 0))));

function isAsFullAs(failing: number, one: Case, i: number): boolean {
  const [fill, ceiling] = [fillOf(one, i), one.ceiling[i]];
  if (fill === undefined || ceiling === undefined) return false;
  const chance = (bySampling * (one.usageError[i] ?? 0)) / ceiling;
  return fill >= nearly * usedOf(Math.floor(ceiling), failing) - chance;
}

/** The share of so many that is in use on average where this share is turned away. */
const usedOf = (servers: number, away: number): number =>
  servers < 1 || away >= 1 ? 1 : (loadOf(servers, away) * (1 - away)) / servers;

/** Loads that were found; kept, because one window is asked for again and again. */
const kept = new Map<string, number>();
const mostKept = 10_000;
function loadOf(servers: number, away: number): number {
  const key = `${servers} ${away}`;
  const found = kept.get(key) ?? erlangBLoad(servers, away);
  if (kept.size < mostKept) kept.set(key, found);
  return found;
}
