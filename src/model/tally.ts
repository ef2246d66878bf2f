import type { PerSecond, Seconds } from './units.ts';

/** What the generator counted in the last second or so; read from shared memory, at any time. */
export type Tally = {
  /** Seconds since the load was opened. */
  readonly at: Seconds;
  readonly intended: number;
  readonly sent: number;
  readonly completed: number;
  readonly good: number;
  readonly failed: number;
  readonly connectFailures: number;
  readonly shed: number;
  readonly inFlight: number;
  /** Over the last second. */
  readonly offered: PerSecond;
  readonly achieved: PerSecond;
  readonly p50: Seconds | undefined;
  readonly p95?: Seconds | undefined;
  readonly p99: Seconds | undefined;
};
