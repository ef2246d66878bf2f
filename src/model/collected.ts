import type { BlindSpot } from './blind-spot.ts';
import type { Evidence } from './evidence.ts';
import type { Labels } from './labels.ts';
import type { Note } from './note.ts';
import type { Resource } from './resource.ts';
import type { SampleSeries, Signal } from './signal.ts';
import type { Term } from './term.ts';
import type { Twin } from './twin.ts';
import type { Epoch, Seconds } from './units.ts';

/** The target's own account of its traffic; every list is added up over its series. Histogram buckets are cumulative, `le` in seconds. */
export type Traffic = {
  /** All that was due, whether it was sent or not; absent where nobody counts it. */
  readonly arrivals?: readonly SampleSeries[];
  readonly completions: readonly SampleSeries[];
  readonly errors: readonly SampleSeries[];
  readonly durations: readonly SampleSeries[];
  readonly buckets: readonly { readonly le: number; readonly series: SampleSeries }[];
  readonly inFlight: readonly SampleSeries[];
  readonly interval: Seconds;
  /** Labels that tell what was asked for; absent where none do. */
  readonly kinds?: readonly string[];
  readonly promql: string;
};

/** Something that happened to a component inside the window. */
export type Change = {
  readonly at: Epoch;
  readonly component: string;
  /** `shift`: a request began to cost something else, and nothing tells why. */
  readonly what: 'restart' | 'out-of-memory' | 'autoscaled' | 'replicas' | 'rollout' | 'configuration' | 'shift';
  readonly labels: Labels;
  readonly text: string;
  /** A request costs less of something since, and more of nothing. */
  readonly isCheaper?: true;
  /** The resource of the component that was at its limit, where that is why it happened, and what shows it. */
  readonly refusedBy?: { readonly resource: Resource; readonly evidence: Evidence };
};

/** Everything Prometheus told about one span. */
export type Collected = {
  readonly signals: readonly Signal[];
  /** Of space that nothing is known to limit: read for whether it grows, and for nothing else. */
  readonly unlimited?: readonly Signal[];
  readonly traffic: Traffic | undefined;
  readonly changes: readonly Change[];
  /** What limits are counted from; absent where it was not asked for. */
  readonly terms?: readonly Term[];
  readonly blind: readonly BlindSpot[];
  /** What two components name, and is one thing. */
  readonly twins?: readonly Twin[];
  readonly notes: readonly Note[];
};

/** The fullest resource right now, for progress only; nothing here enters a claim. */
export type LiveReadings = {
  readonly at: Epoch;
  readonly fullest: { readonly component: string; readonly resource: string; readonly ratio: number } | undefined;
  /** Guard queries (name → whether it is true now). */
  readonly guards: Readonly<Record<string, boolean>>;
};
