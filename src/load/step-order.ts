import type { Vitals } from './vitals-between.ts';

/** One step as a worker is told it; times on the monotonic clock that all threads share. */
export type StepOrder = {
  /** Counts up from 1. */
  readonly number: number;
  readonly kind: 'step' | 'watch';
  readonly start: number;
  readonly rate: number;
  readonly settle: number;
  readonly measure: number;
  /** How many connections to have open before the measure phase. */
  readonly connections: number;
  /** Which of how many workers this one is in the step. */
  readonly worker: number;
  readonly workers: number;
};

/** Why a worker ended a step early. */
export type Halt = 'asked' | 'control-lost' | 'requests' | 'duration';

/** What a worker tells when all requests of a step have ended. */
export type StepEnd = {
  readonly number: number;
  readonly halt: Halt | undefined;
  /** When the measure phase ended: as ordered, or when the step was halted. */
  readonly until: number;
  /** Requests in flight over the measure phase: their mean, and how many more each second. */
  readonly inFlight: { readonly mean: number; readonly growth: number } | undefined;
  /** How the worker fared over the measure phase. */
  readonly vitals: Vitals | undefined;
};

/** What a worker is given when it starts. `spent` counts the requests of all workers; each may have `limit` connections. */
export type WorkerOrder = {
  readonly script: import('../model/script.ts').Script;
  readonly limit: number;
  readonly tally: SharedArrayBuffer;
  readonly spent: SharedArrayBuffer;
};

export type ToWorker = { readonly kind: 'step'; readonly order: StepOrder } | { readonly kind: 'close' };

export type FromWorker = { readonly kind: 'ready' } | { readonly kind: 'ended'; readonly end: StepEnd };
