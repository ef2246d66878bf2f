import type { Clock } from '../model/clock.ts';
import { type Epoch, type Seconds, seconds } from '../model/units.ts';
import { checkRhythm, nextTick, type Rhythm } from './next-tick.ts';

export type Watched = {
  readonly target: string;
  /** How often a fresh verdict on whatever traffic there is. */
  readonly observe: Seconds | undefined;
  /** Five fields of cron for runs with load of our own. */
  readonly probe: string | undefined;
};

type Kind = 'observe' | 'probe';

/** What schedules are handed. */
export interface Handed {
  readonly clock: Clock;
  /** Whose hours a cron pattern means, as in "Europe/Berlin". */
  readonly timezone: string;
  /** Observes or probes a target; resolves when that is over. `due` is when it was to begin. */
  readonly start: (kind: Kind, target: string, due: Epoch, stop: AbortSignal) => Promise<void>;
  /** A tick was left out: the target was still at work, or the machine had slept through it. */
  readonly skipped: (kind: Kind, target: string) => void;
  /** A start failed; the schedule goes on. */
  readonly failed: (kind: Kind, target: string, cause: unknown) => void;
}

/** No timer sleeps longer than this: a clock that was set is noticed. */
const nap = seconds(600);
/** What a machine slept through is left out: load that was meant for the night does not come in the morning. */
const latest = seconds(300);

/**
 * Starts what is due for each target until it is closed; closing aborts what runs and waits for it. Never two at once for one target.
 * Observations of several targets are spread over their interval. Refuses a pattern that is none with CONFIG_INVALID.
 */
export function openSchedules(watched: readonly Watched[], handed: Handed): AsyncDisposable {
  const stop = new AbortController();
  const lines = watched.flatMap((one, index) => linesOf(one, index / watched.length, handed.timezone));
  for (const { rhythm, target, kind } of lines) checkRhythm(rhythm, `targets.${target}.watch.${kind}`);
  const busy = new Map<string, Promise<void>>();
  const loops = lines.map((line) => keep(line, { ...handed, busy, stop: stop.signal }));
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await Promise.all(loops);
      await Promise.all(busy.values());
    },
  };
}

type Line = { readonly target: string; readonly kind: Kind; readonly rhythm: Rhythm };

function linesOf({ target, observe, probe }: Watched, share: number, timezone: string): readonly Line[] {
  const every = (duration: Seconds): Rhythm => ({
    kind: 'every',
    duration,
    phase: seconds(Math.floor(duration * share)),
  });
  return [
    ...(observe === undefined ? [] : [{ target, kind: 'observe', rhythm: every(observe) } as const]),
    ...(probe === undefined
      ? []
      : [{ target, kind: 'probe', rhythm: { kind: 'cron', pattern: probe, timezone } } as const]),
  ];
}

type Keeping = Handed & { readonly busy: Map<string, Promise<void>>; readonly stop: AbortSignal };

async function keep({ target, kind, rhythm }: Line, keeping: Keeping): Promise<void> {
  const { clock, stop } = keeping;
  for (let due = nextTick(rhythm, clock.now()); due !== undefined; due = nextTick(rhythm, later(due, clock.now()))) {
    await until(due, keeping);
    if (stop.aborted) return;
    tick(kind, target, due, keeping);
  }
}

/** A clock that was set back does not bring a tick twice. */
const later = (due: Epoch, now: Epoch): Epoch => (now > due ? now : due);

async function until(due: Epoch, { clock, stop }: Keeping): Promise<void> {
  for (let left = due - clock.now(); left > 0 && !stop.aborted; left = due - clock.now()) {
    await clock.sleep(left < nap ? seconds(left) : nap, stop);
  }
}

function tick(kind: Kind, target: string, due: Epoch, { busy, clock, start, skipped, failed, stop }: Keeping): void {
  if (busy.has(target) || clock.now() - due > latest) {
    skipped(kind, target);
    return;
  }
  const work = (async () => start(kind, target, due, stop))()
    .catch((cause: unknown) => failed(kind, target, cause))
    .finally(() => busy.delete(target));
  busy.set(target, work);
}
