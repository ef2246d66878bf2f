import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../src/model/clock.ts';
import { type Epoch, epoch, seconds } from '../../src/model/units.ts';

type Sleeper = { readonly at: number; readonly wake: () => void };

/** A clock that stands still until it is told to go on, and then wakes every sleeper at its own time. */
export function virtualClock(start: number) {
  let now = start;
  let sleepers: readonly Sleeper[] = [];
  const clock: Clock = {
    now: () => epoch(now),
    monotonic: () => seconds(now - start),
    sleep: (duration, stop) =>
      new Promise((resolve) => {
        if (stop?.aborted) return resolve();
        sleepers = [...sleepers, { at: now + duration, wake: resolve }];
        stop?.addEventListener('abort', () => resolve(), { once: true });
      }),
  };
  const next = (until: number) => sleepers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
  return {
    clock,
    /** Lets everybody who is awake finish what they do. */
    settle: () => setImmediate(),
    async goTo(time: number): Promise<Epoch> {
      await setImmediate();
      for (let sleeper = next(time); sleeper !== undefined; sleeper = next(time)) {
        now = Math.max(now, sleeper.at);
        const woken = sleeper;
        sleepers = sleepers.filter((one) => one !== woken);
        woken.wake();
        await setImmediate();
      }
      now = time;
      return epoch(now);
    },
    /** Sets the time of day without waking anybody, as a machine that slept. */
    jumpTo(time: number): void {
      now = time;
    },
  };
}
