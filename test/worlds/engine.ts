import type { Ref, World } from './world.ts';

/**
 * Every instance of every part but external ones has, besides its resources, a look at itself with this id: `usedTime` is the CPU time that its
 * own work took (wherever it ran), `waitingTime` the time that pieces of it were ready to run and had no CPU, `completions` the pieces done.
 */
export const itself = '';

/** What one instance of one resource shows at a moment. Integrals are since its start, in seconds × units; what does not apply is 0. */
export type Look = {
  readonly of: Ref;
  readonly replica: number;
  /** Name of the instance: a new one after a rollout or a restart of a pod. */
  readonly instance: string;
  /** Since when it counts: its start. */
  readonly since: number;
  readonly size: number;
  /** In use now, waiting now. */
  readonly used: number;
  readonly waiting: number;
  /** ∫ used dt, ∫ waiting dt, ∫ (kept from running though it had work) dt. */
  readonly usedTime: number;
  readonly waitingTime: number;
  readonly stalledTime: number;
  /** Counts since its start. */
  readonly completions: number;
  readonly refusals: number;
  /**
   * Kind-specific counters and gauges. quota: periods, throttledPeriods, throttledTime; disk: operations, bytes, operationTime (of all that ended), busyTime (with any under way);
   * link: bytes; cache: hits, misses, evictions, entries; heap: collections, collectionTime, live; memory (`used`, `size` in bytes): kills;
   * pool: lingering (units of `used` that only linger), kept (∫ of the units that were given back, booked then); autoscaler: desired, pending.
   */
  readonly more: Readonly<Record<string, number>>;
};

/** What the front door counted since the start. `buckets[i]`: answers of any kind within `bounds[i]`, cumulative. */
export type Door = {
  readonly arrivals: number;
  readonly answers: number;
  readonly good: number;
  readonly errors: number;
  readonly inside: number;
  readonly insideTime: number;
  readonly durationSum: number;
  readonly buckets: readonly number[];
};

/** Requests that ended at the client, in order of their end: when each was due, how long it took from then, and how it ended (a timeout counts with what was waited). */
export type Ended = {
  readonly due: Float64Array;
  readonly took: Float64Array;
  /** 0 good, 1 an error, 2 given up by the client at its timeout, 3 never sent: the generator had no port left. */
  readonly outcome: Uint8Array;
};

/** A world in motion. Deterministic: the same world and seed give the same numbers; each kind of draw has a stream of its own, so that a changed size changes nothing that it need not. */
export interface Running {
  readonly now: number;
  /** Goes on to a moment; scrapes and happenings on the way take place. */
  advance(until: number): void;
  /** From now on so many arrivals a second (open), or so many users (closed). */
  offer(rate: number): void;
  /** Every instance of every resource now, of all parts or of one. */
  looks(part?: string): readonly Look[];
  /** What the service itself counted, for each instance of the front part (the first part of the world that is no node), and what the client saw (latency from the intended start). */
  doors(): readonly (Door & { readonly instance: string; readonly since: number })[];
  client(): Door;
  /** Latencies the client saw since the last call, seconds, in order of completion; for exact quantiles. */
  latencies(): Float64Array;
  /** The same with all that ended, since the last call of this. */
  ended(): Ended;
  /** Calls `scrape` at these moments of the world (used by exporters); returns what ends it. */
  every(moments: (after: number) => number, scrape: (now: number) => void): () => void;
}

/** Starts a world at 0 with no load. `seed` besides the world's own, for repetitions. */
export type Start = (world: World, repetition: number) => Running;
