import type { PerSecond, Ratio, Seconds } from './units.ts';

/** What "still good" means at the front door. */
export type Objectives = {
  readonly latency: readonly { readonly quantile: Ratio; readonly limit: Seconds }[];
  readonly errors: Ratio | undefined;
  readonly throughput: PerSecond | undefined;
};
