import { type Ratio, ratio, type Seconds, seconds } from './units.ts';

/** When a running load is ended for safety. Windows slide; `least` is how many requests must have ended in the window. */
export type StopLimits = {
  readonly failing: { readonly share: Ratio; readonly over: Seconds; readonly least: number };
  /** So many windows in a row whose 95th percentile, from the intended start, is above `p95`; without it latency stops nothing. */
  readonly slow: { readonly p95: Seconds | undefined; readonly over: Seconds; readonly windows: number };
  readonly connecting: { readonly over: Seconds; readonly least: number };
  readonly prometheusLost: Seconds;
};

/** The limits of every run; what a user writes can only tighten them. */
export const stopLimits: StopLimits = {
  failing: { share: ratio(0.5), over: seconds(10), least: 50 },
  slow: { p95: undefined, over: seconds(5), windows: 3 },
  connecting: { over: seconds(5), least: 5 },
  prometheusLost: seconds(30),
};

/** What a target's load may say of its own. */
export type OwnStopLimits = { readonly errors: Ratio | undefined; readonly p95: Seconds | undefined };

/** The usual limits, tightened. */
export const tightened = ({ errors, p95 }: OwnStopLimits): StopLimits => ({
  ...stopLimits,
  failing: { ...stopLimits.failing, share: ratio(Math.min(stopLimits.failing.share, errors ?? 1)) },
  slow: { ...stopLimits.slow, p95 },
});
