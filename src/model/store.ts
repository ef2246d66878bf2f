import type { Report } from './report.ts';
import type { Run, RunOutcome } from './run-state.ts';
import type { Epoch } from './units.ts';

/** Runs and reports, kept over restarts. Every method is durable when it resolves. */
export interface Store extends AsyncDisposable {
  /**
   * Enters a run as running and takes its locks (resolved addresses, shared components); rejects with RUN_BUSY naming the run that holds one.
   * A holder whose process is dead does not hold: its run is marked aborted first.
   */
  readonly begin: (run: {
    readonly id: string;
    readonly target: string;
    readonly kind: 'probe' | 'observe';
    readonly locks: readonly string[];
    readonly at: Epoch;
  }) => Promise<void>;
  /** Tells that the process still works on the run; returns whether someone asked to stop it. */
  readonly beat: (id: string, at: Epoch) => Promise<{ readonly stopRequested: boolean }>;
  /** Keeps the report and ends the run in one transaction. */
  readonly finish: (
    id: string,
    end: { readonly state: 'complete' | 'aborted' | 'failed'; readonly why: string | undefined; readonly at: Epoch },
    report: Report | undefined,
  ) => Promise<void>;
  /** Asks running runs to stop (all of them without an id); tells how many were asked. */
  readonly requestStop: (id: string | undefined) => Promise<number>;
  /** Marks running runs whose process is dead as aborted; tells which. */
  readonly sweep: (at: Epoch) => Promise<readonly string[]>;
  readonly run: (id: string) => Promise<Run | undefined>;
  /** Newest first. */
  readonly runs: (filter: {
    readonly target: string | undefined;
    readonly limit: number;
    readonly before: string | undefined;
  }) => Promise<readonly Run[]>;
  readonly report: (id: string) => Promise<Report | undefined>;
  /** The newest complete report of a target, answer or not. */
  readonly latest: (target: string) => Promise<Report | undefined>;
  /** The newest complete report of a target whose verdict answers the question. */
  readonly latestAnswer: (target: string) => Promise<Report | undefined>;
  /** Ended runs by target and outcome, for counters. */
  readonly counts: () => Promise<
    readonly { readonly target: string; readonly outcome: RunOutcome; readonly count: number }[]
  >;
}
