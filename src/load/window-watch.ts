import type { Cut } from '../model/plan.ts';
import { type Level, type LevelRead, levelOf } from './level.ts';
import { type VitalSigns, type Vitals, vitalsBetween } from './vitals-between.ts';

/** What one worker tells of one window. */
export type WindowEnd = {
  /** Requests in flight. */
  readonly inFlight: LevelRead | undefined;
  /** How the worker itself fared. */
  readonly vitals: Vitals | undefined;
};

/** What a worker notes while the windows of a step pass, one after the other: what it has in flight, and its own vital signs at their ends. */
export type WindowWatch = {
  /** So many requests are in flight from now on. */
  readonly level: (now: number, inFlight: number) => void;
  /** Time has passed; `signs` are only read at the ends of windows. */
  readonly turn: (now: number, signs: () => VitalSigns) => void;
  /** The step ends here, before its time. */
  readonly cut: (now: number) => void;
  /** What was noted of the windows that began; asked for once the step is over. */
  readonly ends: () => readonly WindowEnd[];
};

type Watched = Cut & { readonly inFlight: Level; begun: VitalSigns | undefined; ended: VitalSigns | undefined };

/** @param start when the step began, on the clock that is told later; the windows count from it */
export function windowWatch(start: number, windows: readonly Cut[]): WindowWatch {
  const watched = windows.map(({ from, to }): Watched => {
    return { from, to, inFlight: levelOf(to - from), begun: undefined, ended: undefined };
  });
  let last = Number.POSITIVE_INFINITY;
  let current = 0;
  let signed = 0;
  let level = 0;
  const endOf = ({ to }: Watched): number => Math.min(to, last);

  /** The level stood until now: it is noted in the windows that ended meanwhile and in the one that lasts. */
  function pass(time: number): void {
    for (let window = watched[current]; window !== undefined; window = watched[current]) {
      window.inFlight.set(Math.max(0, Math.min(time, endOf(window)) - window.from), level);
      if (time < endOf(window)) return;
      current += 1;
      watched[current]?.inFlight.set(0, level);
    }
  }

  return {
    level(now, inFlight) {
      pass(now - start);
      level = inFlight;
      pass(now - start);
    },
    turn(now, signs) {
      const time = now - start;
      for (let window = watched[signed]; window !== undefined; window = watched[++signed]) {
        if (time < window.from) return;
        window.begun ??= signs();
        if (time < endOf(window)) return;
        window.ended ??= signs();
      }
    },
    cut(now) {
      last = Math.min(last, now - start);
    },
    ends() {
      pass(Number.POSITIVE_INFINITY);
      return watched
        .filter(({ from }) => from < last)
        .map(({ inFlight, begun, ended }) => ({
          inFlight: inFlight.read(),
          vitals: begun === undefined || ended === undefined ? undefined : vitalsBetween(begun, ended),
        }));
    },
  };
}
