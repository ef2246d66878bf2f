import { Cron } from 'croner';
import { fault } from '../faults.ts';
import { type Epoch, epoch, type Seconds } from '../model/units.ts';

/** When something is due: every so many seconds, or by a cron pattern, whose hours are those of `timezone`. */
export type Rhythm =
  | { readonly kind: 'every'; readonly duration: Seconds; readonly phase: Seconds }
  | { readonly kind: 'cron'; readonly pattern: string; readonly timezone: string };

/**
 * The first time after `now` at which a rhythm is due; undefined where it never is again.
 * "Every" counts from 1970, not from the start of the process: a restart moves nothing.
 *
 * @example every 300 s with phase 10 s, at 900 s: 910 s
 */
export function nextTick(rhythm: Rhythm, now: Epoch): Epoch | undefined {
  if (rhythm.kind === 'every') {
    const { duration, phase } = rhythm;
    return epoch((Math.floor((now - phase) / duration) + 1) * duration + phase);
  }
  const next = cron(rhythm).nextRun(new Date(now * 1000));
  return next === null ? undefined : epoch(next.getTime() / 1000);
}

/** Refuses with CONFIG_INVALID what can never be kept; `where` says whose rhythm it is. */
export function checkRhythm(rhythm: Rhythm, where: string): void {
  if (rhythm.kind === 'cron') {
    attempt(() => cron(rhythm).nextRun(new Date(0)), where);
    return;
  }
  if (!(rhythm.duration >= 1)) throw fault('CONFIG_INVALID', [where, 'it must be at least 1s, as in "5m"']);
}

const cron = ({ pattern, timezone }: { readonly pattern: string; readonly timezone: string }): Cron =>
  new Cron(pattern, { timezone, paused: true, mode: '5-part' });

function attempt(read: () => unknown, where: string): void {
  try {
    read();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const right = 'right would be five fields, as in "0 4 * * 2" for Tuesdays at 4';
    throw fault('CONFIG_INVALID', [where, `not a time table: ${why}; ${right}`], error);
  }
}
