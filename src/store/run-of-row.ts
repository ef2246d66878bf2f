import type { SQLOutputValue } from 'node:sqlite';
import { type Run, type RunOutcome, type RunState, runOutcomes } from '../model/run-state.ts';
import { epoch } from '../model/units.ts';
import type { Owner } from './owner.ts';

/** A row as SQLite hands it out. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

const states: readonly RunState[] = ['queued', 'running', 'complete', 'aborted', 'failed'];

/** A run from its row; the table's own checks keep other words out. */
export function runOfRow(row: Row): Run {
  return {
    id: String(row.id),
    target: String(row.target),
    kind: row.kind === 'probe' ? 'probe' : 'observe',
    state: states.find((state) => state === row.state) ?? 'failed',
    started: epoch(Number(row.started)),
    ended: row.ended === null ? undefined : epoch(Number(row.ended)),
    why: row.why === null ? undefined : String(row.why),
    stopRequested: row.stop_requested === 1,
  };
}

/** Who works on the run of a row. */
export const ownerOfRow = (row: Row): Owner => ({
  place: String(row.place),
  pid: Number(row.pid),
  born: String(row.born),
});

/** How many runs of a target ended so. */
export function countOfRow(row: Row): { target: string; outcome: RunOutcome; count: number } {
  return {
    target: String(row.target),
    outcome: runOutcomes.find((outcome) => outcome === row.outcome) ?? 'error',
    count: Number(row.count),
  };
}
