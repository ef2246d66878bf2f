import type { Epoch, PerSecond, Ratio, Seconds } from './units.ts';

/** One beat of a running load: progress, events, live metrics and stop rules read this stream; nothing it says enters a claim. */
export type Beat = {
  readonly at: Epoch;
  readonly step: {
    readonly index: number;
    readonly of: number;
    /** There may be fewer. */
    readonly atMost?: true;
    readonly phase: 'settle' | 'measure' | 'watch';
  };
  readonly offered: PerSecond;
  readonly achieved: PerSecond;
  readonly p50: Seconds | undefined;
  readonly p95?: Seconds | undefined;
  readonly p99: Seconds | undefined;
  readonly errors: Ratio;
  readonly inFlight: number;
  readonly fullest: { readonly component: string; readonly resource: string; readonly ratio: number } | undefined;
  /** Cumulative counts, for sliding windows. */
  readonly counts: { readonly completed: number; readonly failed: number; readonly connectFailures: number };
  /** When Prometheus last answered; undefined before the first answer. */
  readonly prometheusSeen: Epoch | undefined;
  readonly guards: Readonly<Record<string, boolean>>;
  /** When each guard was last answered, or should first have been. */
  readonly guardsSeen?: Readonly<Record<string, Epoch>>;
};
