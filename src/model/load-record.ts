import type { Cell } from './cell.ts';
import type { Change } from './collected.ts';
import type { Interval } from './interval.ts';
import type { Note } from './note.ts';
import type { Step } from './plan.ts';
import type { SearchOutcome } from './search-outcome.ts';
import type { Span } from './span.ts';
import type { PerSecond, Ratio, Seconds } from './units.ts';

/** A quantile of latency as far as it is known, in seconds: between two bounds of a histogram, or above its last one. */
export type LatencyQuantile = { readonly quantile: Ratio; readonly range: Interval };

/** Latency at the front door, from the intended start; a quantile is undefined where there are too few answers for it. */
export type Latency = {
  readonly mean: Seconds | undefined;
  readonly p50: Seconds | undefined;
  readonly p90: Seconds | undefined;
  readonly p99: Seconds | undefined;
  /** What is known of each quantile that is told; absent where only the points above are known. */
  readonly quantiles?: readonly LatencyQuantile[];
};

/** How the generator itself fared in one step. `foreign`: the load was not ours. */
export type GeneratorHealth = {
  readonly verdict: 'ok' | 'suspect' | 'capped' | 'limited' | 'foreign';
  /** What made it less than ok, in words with numbers. */
  readonly because: readonly string[];
  /** The one of these that holds connections that did not come about against the way to the target; absent where all did. */
  readonly unconnected?: string;
  readonly sendRatio: Ratio;
  readonly lagP99: Seconds;
  readonly loopUtilisation: Ratio;
  readonly threadCpu: Ratio;
  readonly throttled: Ratio;
  readonly localErrors: number;
  /** Shares of the time in which a worker could run and was not let, and collected garbage, and of the speed of a network link; absent where nothing tells. */
  readonly runQueue?: Ratio;
  readonly garbage?: Ratio;
  readonly link?: Ratio;
};

/** One steady stretch of load, ours or others', as the front door saw it. */
export type LoadWindow = {
  /** The measured phase, in the clock of Prometheus. */
  readonly span: Span;
  /** Where load is told by day and level; absent for one steady stretch. */
  readonly cell?: Cell;
  /** Arrivals that were due, a second. */
  readonly offered: PerSecond;
  /** Answers of any kind, a second. */
  readonly throughput: PerSecond;
  /** Good answers, a second. */
  readonly goodput: PerSecond;
  readonly errors: Ratio;
  /** Answers a second of each kind of request, where the target tells them apart. */
  readonly mix?: Readonly<Record<string, number>>;
  readonly latency: Latency;
  /** Requests inside the target: mean over the window, growth a second, and where it is known the standard error of that mean. */
  readonly inFlight: { readonly mean: number; readonly growth: number; readonly error?: number } | undefined;
  readonly health: GeneratorHealth;
  /** False where the window was cut short. */
  readonly complete: boolean;
  /** Why what is seen in it does not belong to its load. */
  readonly unsteady?: string;
  /** By how much the rate rose from its beginning to its end (1/s); 0 where nothing is said. */
  readonly rise?: number;
};

/** What one request of the script came to in a window. Quantiles are undefined where it was answered too rarely for them. */
export type RequestRecord = {
  readonly name: string;
  readonly offered: PerSecond;
  readonly completed: number;
  readonly good: number;
  readonly errors: Ratio;
  readonly errorsByClass: Readonly<Record<string, number>>;
  readonly latency: Latency;
};

/** A traced request that took long, from when it was due. */
export type SlowRequest = { readonly name: string; readonly trace: string; readonly took: Seconds };

/** What one step of our own load came to. Histograms are sparse log-linear counts (see load/histogram), lossless. */
export type StepRecord = LoadWindow & {
  readonly step: Step;
  /** How many users there were on average; undefined where arrivals waited for nothing. */
  readonly users?: number;
  readonly sent: number;
  readonly completed: number;
  readonly good: number;
  readonly errorsByClass: Readonly<Record<string, number>>;
  readonly shed: Readonly<Record<string, number>>;
  /** Walks and single requests that began, a second; absent where every arrival is one request. */
  readonly arrivals?: PerSecond;
  /** Each request of the script by itself; those that were never due are left out. */
  readonly requests: readonly RequestRecord[];
  /** The slowest of the traced ones, slowest first. */
  readonly slowest: readonly SlowRequest[];
  readonly response: Histogram;
  readonly service: Histogram;
  readonly lag: Histogram;
  /** Why the load engine itself ended the step early: a lost control thread, a cap, a worker that died. A stop from outside is told by who asked for it. */
  readonly stopped?: { readonly why: string; readonly safety: boolean };
};

/** A lossless log-linear histogram: bucket index → count (microseconds, 128 sub-buckets an octave). */
export type Histogram = { readonly unit: 'us'; readonly counts: readonly (readonly [number, number])[] };

/** What happened after the load ended: how long until latency was back, that it did not come back, or that nothing shows whether it did. */
export type Recovery =
  | { readonly kind: 'recovered'; readonly after: Seconds }
  | { readonly kind: 'not-recovered' | 'untold'; readonly watched: Seconds; readonly because: string };

/** The load of a whole run. `axis` says what the load axis is: all arrivals, or completions where no arrivals are known. */
export type LoadRecord = {
  readonly axis: 'arrivals' | 'throughput';
  readonly span: Span;
  readonly windows: readonly LoadWindow[];
  readonly stopped: { readonly why: string; readonly safety: boolean } | undefined;
  readonly recovery: Recovery | undefined;
  /** What a search came to; absent for any other plan. */
  readonly search?: SearchOutcome;
  /** Where another set-up began that no metric tells of, found by what a request costs. */
  readonly shifts?: readonly Change[];
  readonly notes: readonly Note[];
};
