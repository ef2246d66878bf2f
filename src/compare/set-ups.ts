import type { Report } from '../model/report.ts';

/** The runs of one set-up: repeats of the same target with the same configuration and the same ceilings. */
export type SetUp = readonly Report[];

/**
 * Puts repeats together, in the order in which their set-ups first come. Where the fingerprint tells no two set-ups apart
 * (what differs is not among the ceilings, such as the code), each run is its own.
 */
export function setUps(reports: readonly Report[]): readonly SetUp[] {
  const groups = [...Map.groupBy(reports, keyOf).values()];
  return groups.length > 1 ? groups : reports.map((report) => [report]);
}

/** A run without a capacity has no fingerprint, and is no repeat of any other. */
function keyOf({ run, config, capacity }: Report): string {
  return JSON.stringify([run.target, config, capacity?.fingerprint ?? run.id]);
}

/** Two set-ups, one before the other, and what their runs are called in sentences. */
export type Pair = {
  readonly earlier: SetUp;
  readonly later: SetUp;
  readonly called: (runs: readonly Report[]) => string;
};
