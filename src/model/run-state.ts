import type { Epoch } from './units.ts';
import { answers, type VerdictKind } from './verdict.ts';

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

/** What an ended run came to, for counters: ok gave an answer, inconclusive is complete without one, error failed. */
export const runOutcomes = ['ok', 'inconclusive', 'aborted', 'error'] as const;
export type RunOutcome = (typeof runOutcomes)[number];

/** The outcome of a run that ended in a state with a verdict, if it came to one. */
export function outcomeOf(state: 'complete' | 'aborted' | 'failed', verdict: VerdictKind | undefined): RunOutcome {
  if (state === 'aborted') return 'aborted';
  if (state === 'failed') return 'error';
  return verdict !== undefined && answers.includes(verdict) ? 'ok' : 'inconclusive';
}
