import { duration, number, percent } from '../model/in-words.ts';
import type { Beat } from '../model/pulse.ts';
import { type StopLimits, stopLimits } from '../model/stop-limits.ts';
import type { Seconds } from '../model/units.ts';

/** Why a load is stopped. */
export type Tripped = { readonly why: string; readonly safety: true };

/**
 * Whether the beats so far (oldest first) trip a stop rule: more than half of at least 50 requests failed in the last 10 s;
 * nothing but failed connections in the last 5 s, at least 5; where the target's load says so, a 95th percentile above its limit in three windows of 5 s in a row;
 * no answer from Prometheus for 30 s; a guard query is true, or could not be asked for as long.
 * A window that has not filled yet counts with what it holds: harm does not become less because it is young.
 */
export function tripped(beats: readonly Beat[], limits: StopLimits = stopLimits): Tripped | undefined {
  const last = beats.at(-1);
  if (last === undefined) return undefined;
  const why =
    guarding(last) ??
    connecting(beats, last, limits.connecting) ??
    failing(beats, last, limits.failing) ??
    slow(beats, last, limits.slow) ??
    blind(beats, last, limits.prometheusLost) ??
    unasked(last, limits.prometheusLost);
  return why === undefined ? undefined : { why, safety: true };
}

function guarding(last: Beat): string | undefined {
  const name = Object.keys(last.guards).find((guard) => last.guards[guard] === true);
  return name === undefined ? undefined : `the guard "${name}" turned true`;
}

function failing(beats: readonly Beat[], last: Beat, limit: StopLimits['failing']): string | undefined {
  const { completed, failed } = since(beats, last, limit.over);
  if (completed < limit.least || failed <= limit.share * completed) return undefined;
  return `${number(failed)} of ${number(completed)} requests (${percent(failed / completed)}) failed within ${duration(limit.over)}`;
}

function slow(beats: readonly Beat[], last: Beat, { p95, over, windows }: StopLimits['slow']): string | undefined {
  if (p95 === undefined) return undefined;
  const ends = Array.from({ length: windows }, (_, ago) => beats.findLast(({ at }) => at <= last.at - ago * over));
  if (!ends.every((end) => end?.p95 !== undefined && end.p95 > p95)) return undefined;
  return `the 95th percentile was above ${duration(p95)} in ${windows} windows of ${duration(over)} in a row, ${duration(last.p95 ?? 0)} in the last`;
}

/** A guard that cannot be asked guards nothing. */
function unasked({ at, guardsSeen = {} }: Beat, longest: Seconds): string | undefined {
  const name = Object.keys(guardsSeen).find((guard) => at - (guardsSeen[guard] ?? at) > longest);
  return name === undefined ? undefined : `the guard "${name}" could not be asked for ${duration(longest)}`;
}

function connecting(beats: readonly Beat[], last: Beat, limit: StopLimits['connecting']): string | undefined {
  const { completed, connectFailures } = since(beats, last, limit.over);
  if (connectFailures < limit.least || connectFailures < completed) return undefined;
  return `no connection could be made for ${duration(limit.over)}: ${number(connectFailures)} attempts failed and nothing was answered`;
}

function blind(beats: readonly Beat[], last: Beat, lost: Seconds): string | undefined {
  const seen = last.prometheusSeen ?? beats[0]?.at ?? last.at;
  if (last.at - seen <= lost) return undefined;
  return `Prometheus has not answered for ${duration(last.at - seen)}: the load would go on unseen`;
}

/** What was counted in the last `over` seconds: the difference to the youngest beat that is older, or to the first there is. */
function since(beats: readonly Beat[], last: Beat, over: Seconds): Beat['counts'] {
  const before = (beats.findLast((beat) => beat.at <= last.at - over) ?? beats[0] ?? last).counts;
  return {
    completed: last.counts.completed - before.completed,
    failed: last.counts.failed - before.failed,
    connectFailures: last.counts.connectFailures - before.connectFailures,
  };
}
