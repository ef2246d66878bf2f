import type { Epoch, Seconds } from './units.ts';

/** The one place where time comes from. */
export interface Clock {
  /** Time of day in the clock of Prometheus. */
  readonly now: () => Epoch;
  /** Never goes back; for durations. */
  readonly monotonic: () => Seconds;
  /** Resolves after `duration`, or at once when `stop` is aborted; never rejects. */
  readonly sleep: (duration: Seconds, stop?: AbortSignal) => Promise<void>;
}
