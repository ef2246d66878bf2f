import type { Cut, Stage } from '../model/plan.ts';
import type { Script } from '../model/script.ts';
import type { Outcome } from './outcome.ts';
import type { Slow } from './trace.ts';
import type { Share } from './walks.ts';
import type { WindowEnd } from './window-watch.ts';

/** One step as a worker is told it; times on the monotonic clock that all threads share. */
export type StepOrder = {
  /** Counts up from 1. */
  readonly number: number;
  /** `login` opens the sessions, one after the other; it ends when all are open, or one is refused. */
  readonly kind: 'step' | 'watch' | 'login';
  readonly start: number;
  /** How the rate moves, from the start to the end of the step. */
  readonly stages: readonly Stage[];
  /** Of how many users at most the stages tell; without it they tell the rate. */
  readonly users?: number;
  /** What is measured, counted from the start. */
  readonly windows: readonly Cut[];
  /** How many connections to have open before the first window. */
  readonly connections: number;
  /** Which of how many workers this one is in the step. */
  readonly worker: number;
  readonly workers: number;
};

/** Why a worker ended a step early. */
export type Halt = 'asked' | 'control-lost' | 'requests' | 'duration' | 'rows' | 'login-failed';

/** How a login failed: at which of the script's requests, how that ended, and the status of its answer if there was one. */
export type LoginFailure = { readonly request: number; readonly outcome: Outcome; readonly status: number | undefined };

/** What a worker tells when all requests of a step have ended. */
export type StepEnd = {
  readonly number: number;
  readonly halt: Halt | undefined;
  /** When the step ended: as ordered, or when it was halted. */
  readonly until: number;
  /** The windows that began before that, in order. */
  readonly windows: readonly WindowEnd[];
  /** Arrivals of users that were held back by the limit on the rate. */
  readonly held: number;
  /** The slowest traced requests that were due in each window of the order. */
  readonly slowest: readonly (readonly Slow[])[];
  readonly loginFailed: LoginFailure | undefined;
};

/** What a worker is given when it starts. `counters` are those of all workers; each may have `limit` connections. */
export type WorkerOrder = {
  readonly script: Script;
  readonly share: Share;
  readonly limit: number;
  readonly tally: SharedArrayBuffer;
  readonly counters: SharedArrayBuffer;
};

export type ToWorker = { readonly kind: 'step'; readonly order: StepOrder } | { readonly kind: 'close' };

export type FromWorker = { readonly kind: 'ready' } | { readonly kind: 'ended'; readonly end: StepEnd };
