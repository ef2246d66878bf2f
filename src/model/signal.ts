import type { Evidence } from './evidence.ts';
import type { Labels } from './labels.ts';
import type { Resource, Role } from './resource.ts';
import type { Seconds } from './units.ts';

/** Raw samples of one series: times are the sample's own (epoch seconds), strictly rising; values keep ±Infinity, stale marks are left out. */
export type SampleSeries = {
  readonly labels: Labels;
  readonly times: Float64Array;
  readonly values: Float64Array;
};

/** So far a scrape comes early or late on a busy machine, as a share of the interval that is set. */
export const scrapeJitter = 0.1;

/**
 * One signal of one resource, as raw samples.
 * Its reading is scale × (sum of `parts` − sum of `less`) ÷ (sum of `over`, if any); differences of counters are taken per series before adding up.
 * gauge: the mean of the samples; counter: the increase per second; count: how many series there are.
 */
export type Signal = {
  readonly resource: Resource;
  readonly at: Labels;
  /** Which labels of `at` tell replicas apart; others tell parts of one (a database, a device). */
  readonly replicas?: readonly string[];
  readonly role: Role;
  readonly form: 'gauge' | 'counter' | 'count';
  readonly parts: readonly SampleSeries[];
  readonly less: readonly SampleSeries[];
  readonly over: readonly SampleSeries[];
  readonly scale: number;
  /** How far apart samples usually lie. */
  readonly interval: Seconds;
  /** Of time in use: booked when a unit is given back, all of it. */
  readonly whole?: true;
  /** For a wait signal: what counts as nothing, in its own unit. */
  readonly floor?: number;
  readonly evidence: Evidence;
};

/** Whether a number that is told as a ceiling limits anything: 0, −1 and infinity are how exporters tell that nothing does. */
export const limits = (ceiling: number): boolean => ceiling > 0 && Number.isFinite(ceiling);
