import type { Epoch } from './units.ts';

/** Where a run stands. Only `complete` has a report that may be taken for an answer; an aborted run may keep one, marked so. */
export type RunState = 'queued' | 'running' | 'complete' | 'aborted' | 'failed';

/** A run as the store keeps it. */
export type Run = {
  readonly id: string;
  readonly target: string;
  readonly kind: 'probe' | 'observe';
  readonly state: RunState;
  readonly started: Epoch;
  readonly ended: Epoch | undefined;
  /** Why it was aborted or failed. */
  readonly why: string | undefined;
  readonly stopRequested: boolean;
};
