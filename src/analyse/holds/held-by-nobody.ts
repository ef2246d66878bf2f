import type { Leak } from '../../model/finding.ts';
import { atCeiling } from '../../model/full.ts';
import type { Window } from '../../model/sheet.ts';
import { sum } from '../../stats/sum.ts';
import { type Case, fillOf } from '../seen/cases.ts';
import type { View } from '../seen/view.ts';

const waiting = 1;
const fewestWindows = 3;
/** So many units one request may hold at a time, where nobody counts how many it takes. */
const each = 3;
/** Those that take more may stay longer than most: by so much more than the mean of what they take and the mean of how long they stay come to. */
const together = 1.5;
/** What nobody inside holds must be this share of what is in use, in nearly all windows, and of the ceiling in the fullest. */
const ofUsage = 0.5;
const ofCeiling = 0.25;
const nearlyAll = 0.75;
/** Where it grows from window to window two of them are enough, each beyond what its sampling may show, and less of the ceiling. */
const growing = 2;
const deviations = 2;
const ofCeilingGrowing = 0.15;
/** An instance that does less than this share of what others do while it is full does nothing with what it keeps; one of them has this much room. */
const nothingDone = 0.1;
const withRoom = 0.9;

/** One window: what is in use in all instances, how far off sampling may be there, and what the requests inside cannot hold of it. */
type Seen = { readonly usage: number; readonly error: number; readonly ceiling: number; readonly beyond: number };

/**
 * Units in use beyond what the requests inside can hold: work explains no more than throughput × response time of them (Little 1961), and each of those what it takes. What is not given back
 * when its request ends shows so, also where a time-out takes it back after a while and it no longer grows. Pools alone: who holds a lock or a thread works.
 *
 * @param alike all instances of one pool: requests are not told by which of them they use
 * @param isBusy whether something else in the same component is busy in a window, and so may keep what it works with
 */
export function heldByNobody(
  alike: readonly Case[],
  view: View,
  isBusy: (i: number) => boolean = () => true,
): Leak | undefined {
  const [one] = alike;
  if (one?.resource.layer !== 'hold' || one.resource.kind !== 'pool' || one.resource.hard) return undefined;
  const seen = view.windows
    .map((window, i) => ({ window, i }))
    .toSorted((a, b) => a.window.span.from - b.window.span.from)
    .flatMap(({ window, i }) => seenIn(alike, window, i) ?? []);
  return always(seen) ?? moreAndMore(seen) ?? stuck(alike, view, isBusy);
}

function seenIn(alike: readonly Case[], window: Window, i: number): Seen | undefined {
  const inside = insideIn(window);
  const usages = alike.flatMap((one) => one.usage[i] ?? []);
  const ceilings = alike.flatMap((one) => one.ceiling[i] ?? []);
  const isShort = alike.some((one) => (fillOf(one, i) ?? 0) >= atCeiling || isAskedFor(one, i));
  if (inside === undefined || isShort || usages.length < alike.length || ceilings.length < alike.length)
    return undefined;
  const usage = sum(usages);
  const taken = takenBy(alike, window, i);
  return {
    usage,
    error: Math.hypot(...alike.map((one) => one.usageError[i] ?? 0)),
    ceiling: sum(ceilings),
    beyond: usage - inside * (taken === undefined ? each : Math.min(each, Math.max(1, together * taken))),
  };
}

/** Told as a number that waits; of a time nobody knows how many. */
const isAskedFor = ({ queue, queueReads = '$number' }: Case, i: number): boolean =>
  queueReads.startsWith('$number') && (queue?.[i] ?? 0) >= waiting;

/** How many units a request takes one after the other: it cannot hold more at a time. */
function takenBy(alike: readonly Case[], { throughput }: Window, i: number): number | undefined {
  const done = alike.flatMap((one) => one.completions?.[i] ?? []);
  return done.length < alike.length ? undefined : sum(done) / throughput;
}

function always(seen: readonly Seen[]): Leak | undefined {
  const beyond = seen.filter((at) => at.beyond >= ofUsage * at.usage);
  const most = beyond.toSorted((a, b) => b.beyond - a.beyond)[0];
  if (seen.length < fewestWindows || beyond.length < nearlyAll * seen.length || !most) return undefined;
  return most.beyond < ofCeiling * most.ceiling ? undefined : { unexplained: most.beyond, fillsIn: undefined };
}

/** More of them in each of the last windows than in the first. */
function moreAndMore(seen: readonly Seen[]): Leak | undefined {
  const [first, ...rest] = seen;
  const late = rest.slice(-growing);
  const last = late.at(-1);
  if (!first || !last || seen.length < growing) return undefined;
  const asked = rest.length < growing ? seen : late;
  const isBeyond = asked.every(({ beyond, error }) => beyond > deviations * error);
  const isMore = late.every(({ beyond }) => beyond > Math.max(0, first.beyond));
  return isBeyond && isMore && last.beyond >= ofCeilingGrowing * last.ceiling
    ? { unexplained: last.beyond, fillsIn: undefined }
    : undefined;
}

/**
 * All that one instance has is in use, and hardly any work passes there, while it does at another that calls the same: what keeps it is not below. Neither is what keeps most of it, where the
 * other is held so much shorter and nothing beside the pool is busy.
 */
function stuck(alike: readonly Case[], view: View, isBusy: (i: number) => boolean): Leak | undefined {
  const kept = view.windows.flatMap((_, i) => alike.flatMap((one) => keptBy(one, alike, i, isBusy) ?? []));
  return kept.length === 0 ? undefined : { unexplained: Math.max(...kept), fillsIn: undefined };
}

function keptBy(one: Case, alike: readonly Case[], i: number, isBusy: (i: number) => boolean): number | undefined {
  const used = one.usage[i];
  if (used === undefined || (fillOf(one, i) ?? 0) < atCeiling) return undefined;
  const others = alike.filter((other) => other !== one && (fillOf(other, i) ?? 1) < withRoom);
  if (passesLittle(one, others, i)) return used;
  const beyond = used - (one.completions?.[i] ?? Number.POSITIVE_INFINITY) * longest(others, i);
  return !isBusy(i) && beyond >= ofUsage * used ? beyond : undefined;
}

function passesLittle(one: Case, others: readonly Case[], i: number): boolean {
  const done = others.flatMap((other) => other.completions?.[i] ?? []);
  return done.length > 0 && (one.completions?.[i] ?? 1) < nothingDone * Math.min(...done);
}

/** How long the others hold a unit at most, by Little's law (s). */
function longest(others: readonly Case[], i: number): number {
  const times = others.flatMap(({ usage, completions }) => {
    const [used, done] = [usage[i], completions?.[i]];
    return used === undefined || !done ? [] : [used / done];
  });
  return times.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...times);
}

/** Of the requests inside those of others too, which are no fewer for each that is answered than our own. */
function insideIn({ inFlight, load, throughput }: Window): number | undefined {
  if (inFlight === undefined || throughput <= 0) return undefined;
  return inFlight.mean * Math.max(1, load / throughput);
}
