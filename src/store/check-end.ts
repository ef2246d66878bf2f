import { fault } from '../faults.ts';
import type { Report } from '../model/report.ts';

/** Refuses an end that would show a run as something it is not: complete without a report of its own, or with a partial one. */
export function checkEnd(id: string, state: 'complete' | 'aborted' | 'failed', report: Report | undefined): void {
  if (report !== undefined && report.run.id !== id) {
    throw fault('INTERNAL', [`run ${id} was to be ended with the report of run ${report.run.id}`]);
  }
  if (state === 'complete' && report?.run.state !== 'complete') {
    throw fault('INTERNAL', [`run ${id} was to be ended as complete without a complete report`]);
  }
}
