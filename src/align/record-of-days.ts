import type { Change, Traffic } from '../model/collected.ts';
import type { LoadRecord } from '../model/load-record.ts';
import type { Span } from '../model/span.ts';
import { isByPeople } from './asides.ts';
import { cellsOf } from './cells.ts';
import { byOthers } from './record-of-traffic.ts';
import { slotsOf } from './slots.ts';
import { windowOf } from './traffic-window.ts';

/**
 * Makes a load record of a day or more from the target's own account of its traffic: load is told by level and day (analysis 3.9), so that a peak of some minutes each
 * evening has windows of its own, and the replicates are days and not scrapes. A rollout or a changed configuration ends a day early.
 */
export function recordOfDays(traffic: Traffic, span: Span, changes: readonly Change[]): LoadRecord {
  const breaks = changes.filter(isByPeople).map(({ at }) => at);
  const windows = cellsOf(slotsOf(traffic, span), span.from, breaks).map((placed) => windowOf(traffic, placed));
  return {
    axis: traffic.arrivals ? 'arrivals' : 'throughput',
    span,
    windows,
    stopped: undefined,
    recovery: undefined,
    notes: [byOthers(traffic)],
  };
}
