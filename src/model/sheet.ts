import type { Cell } from './cell.ts';
import type { Evidence } from './evidence.ts';
import type { Interval } from './interval.ts';
import type { Labels } from './labels.ts';
import type { GeneratorHealth, Latency } from './load-record.ts';
import type { Note } from './note.ts';
import type { Reading } from './reading.ts';
import type { Resource, Role } from './resource.ts';
import type { Span } from './span.ts';
import type { PerSecond, Ratio, Seconds } from './units.ts';

/** Why a window supports no claim. */
export type Aside = {
  readonly kind: 'data-invalid' | 'generator-limited' | 'unstable-config';
  readonly because: string;
  /** It ended before its time: what was due in it was not all sent. */
  readonly cut?: true;
  /** Too little of the resources was read in it; what was answered is known all the same. */
  readonly unread?: true;
  /** A request costs less since: what was carried in it is carried now as well. */
  readonly dearer?: true;
  /** Much failed in it of a load that was carried on other days. */
  readonly incident?: true;
};

/** One steady stretch of load, with everything that is known of the load in it. */
export type Window = {
  readonly span: Span;
  /** Where load is told by day and level; absent for one steady stretch. */
  readonly cell?: Cell;
  /** All arrivals at the front door, own and foreign; on a `throughput` axis the completions. */
  readonly load: PerSecond;
  readonly throughput: PerSecond;
  readonly goodput: PerSecond;
  /** What the target itself says that it answered, whoever still waited for it; undefined where it tells nothing. */
  readonly answered?: PerSecond;
  readonly errors: Ratio;
  /** Answers a second of each kind of request, where the target tells them apart. */
  readonly mix?: Readonly<Record<string, number>> | undefined;
  readonly latency: Latency;
  readonly inFlight: { readonly mean: number; readonly growth: number } | undefined;
  readonly health: GeneratorHealth;
  /** What of the target was away in it, where it fell short of its load and requests got no answer: started anew, or gone. */
  readonly away?: string;
  readonly aside: Aside | undefined;
};

/** Space that fills from each time that it was emptied (as by a restart) to the next: with time at any load, or with each request that was served since. */
export type FilledInTime = {
  readonly goesWith: 'time' | 'requests';
  /** How much comes each second, or with each request. */
  readonly each: Interval & { readonly kind: 'interval' };
  /** How much comes a second, day and night together. */
  readonly pace: number;
  /** What is in use just after it was emptied, and what was in use at last. */
  readonly empty: number;
  readonly last: number;
};

/** One signal of one resource in every window; `readings[i]` belongs to `windows[i]`. */
export type Row = {
  readonly resource: Resource;
  readonly at: Labels;
  readonly role: Role;
  readonly readings: readonly Reading[];
  readonly interval: Seconds;
  /** For a wait signal: what counts as nothing, in its own unit. */
  readonly floor: number;
  /** Of time in use: booked when a unit is given back, all of it. */
  readonly whole?: true;
  /** Refusals that happen at the limit itself and nowhere else, whatever usage was read around them. */
  readonly atLimit?: true;
  /** Of space over days, where it fills with time. */
  readonly inTime?: FilledInTime;
  readonly evidence: Evidence;
};

/** All windows × all readings: what every claim is made from. */
export type Sheet = {
  readonly axis: 'arrivals' | 'throughput';
  readonly windows: readonly Window[];
  readonly rows: readonly Row[];
  /** Of space that nothing is known to limit: whether it grows is asked, and nothing else. */
  readonly unlimited?: readonly Row[];
  readonly notes: readonly Note[];
};
