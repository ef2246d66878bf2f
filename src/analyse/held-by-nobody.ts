import type { Leak } from '../model/finding.ts';
import type { Window } from '../model/sheet.ts';
import { type Case, fillOf } from './cases.ts';
import type { View } from './view.ts';

/** From here on who waits holds nothing, and who holds waits: what is inside says no more about what is held. */
const full = 0.95;
const fewestWindows = 3;
/** So many units one request may hold at a time. */
const each = 3;
/** What nobody inside holds must be this share of what is in use, in nearly all windows, and of the ceiling in the fullest. */
const ofUsage = 0.5;
const ofCeiling = 0.25;
const nearlyAll = 0.75;

/**
 * Units in use beyond what the requests inside can hold: work explains no more than throughput × response time of them (Little 1961). What is not given back
 * when its request ends shows so, also where a time-out takes it back after a while and it no longer grows. Pools alone: who holds a lock or a thread works.
 */
export function heldByNobody(one: Case, view: View): Leak | undefined {
  const { layer, kind, hard } = one.resource;
  if (layer !== 'hold' || kind !== 'pool' || hard) return undefined;
  const seen = view.windows.flatMap((window, i) => {
    const [usage, ceiling, held] = [one.usage[i], one.ceiling[i], mostHeldIn(window)];
    if (usage === undefined || ceiling === undefined || held === undefined || (fillOf(one, i) ?? 0) >= full) return [];
    return [{ usage, ceiling, beyond: usage - held }];
  });
  const beyond = seen.filter((at) => at.beyond >= ofUsage * at.usage);
  const most = beyond.toSorted((a, b) => b.beyond - a.beyond)[0];
  if (seen.length < fewestWindows || beyond.length < nearlyAll * seen.length || !most) return undefined;
  return most.beyond < ofCeiling * most.ceiling ? undefined : { unexplained: most.beyond, fillsIn: undefined };
}

/** Of the requests inside those of others too, which are no fewer for each that is answered than our own. */
function mostHeldIn({ inFlight, load, throughput }: Window): number | undefined {
  if (inFlight === undefined || throughput <= 0) return undefined;
  return each * inFlight.mean * Math.max(1, load / throughput);
}
