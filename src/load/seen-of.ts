import type { Cut } from '../model/plan.ts';
import type { Dated } from './live.ts';
import type { Snapshot } from './tally.ts';

/** What is there of a step to tell its windows by; times on the clock of the copies. */
export type Counted = {
  readonly start: number;
  /** When it ended: as ordered, or when it was halted. */
  readonly until: number;
  readonly before: Snapshot;
  /** Copies of where windows meet, by when they were to be made, counted from the start; none of a step with one window. */
  readonly between: ReadonlyMap<number, Dated>;
  readonly after: Snapshot;
};

/** Where a window begins and ends, and what was counted until then. Of several windows that is when the copies were made, of one that is the only one whenever its requests ended. */
export function seenOf(window: Cut, { start, until, before, between, after }: Counted) {
  const [first, last] = [between.get(window.from), between.get(window.to)];
  const from = first?.at ?? start + window.from;
  const to = last?.at ?? Math.max(from, Math.min(start + window.to, until));
  return { from, to, before: first?.snapshot ?? before, after: last?.snapshot ?? after };
}
