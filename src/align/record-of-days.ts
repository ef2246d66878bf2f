import type { Collected, Traffic } from '../model/collected.ts';
import type { LoadRecord } from '../model/load-record.ts';
import type { Signal } from '../model/signal.ts';
import type { Span } from '../model/span.ts';
import { isByPeople } from './asides.ts';
import { cellsOf, day } from './cells.ts';
import { kindsBySlot } from './kinds-of-request.ts';
import { byOthers } from './record-of-traffic.ts';
import { recurringNote } from './recurring-in-words.ts';
import { type Recurring, recurringWork } from './recurring-work.ts';
import { shiftsOf } from './shifts.ts';
import { type Slot, slotsOf } from './slots.ts';
import { windowOf } from './traffic-window.ts';
import { usageBySlot } from './usage-by-slot.ts';

/**
 * Makes a load record of a day or more from the target's own account of its traffic: load is told by level and day (analysis 3.9), so that a peak of some minutes each
 * evening has windows of its own, and the replicates are days and not scrapes. A rollout or a changed configuration ends a day early; work that recurs at fixed hours
 * whatever the load is left out and told, and so is where a request began to cost something else. What recurs with a kind of request is traffic, told and not left out.
 */
export function recordOfDays(traffic: Traffic, span: Span, { signals, changes }: Collected): LoadRecord {
  const known = changes.filter(isByPeople).map(({ at }) => at);
  const slots = slotsOf(traffic, span, slowestOf(traffic, signals));
  const jobs = recurringWork(slots, usageBySlot(signals, slots), kindsBySlot(traffic, slots));
  const isIn = (some: readonly Recurring[], slot: Slot): boolean =>
    some.some(({ times }) => times.some((time) => meet(time, slot)));
  const own = slots.filter((slot) => !isIn(jobs.filter(isJob), slot));
  const now = own.filter(
    (slot) => !slot.strained && !isIn(jobs, slot) && slot.from > Math.max(span.from - 1, ...known),
  );
  const shifts = shiftsOf(now, usageBySlot(signals, now), usageBySlot(signals, now, 'completions'));
  const breaks = [...known, ...shifts.breaks.map(({ at }) => at)];
  const windows = cellsOf(own, span.from, breaks).map((placed) => windowOf(traffic, placed));
  const seen = ((slots.at(-1)?.to ?? 0) - (slots[0]?.from ?? 0)) / day;
  const errorsIn = (time: Span): number => windowOf(traffic, { span: time }).errors;
  return {
    axis: traffic.arrivals ? 'arrivals' : 'throughput',
    span,
    windows,
    stopped: undefined,
    recovery: undefined,
    shifts: shifts.breaks,
    notes: [...jobs.map((job) => recurringNote(job, seen, errorsIn)), ...shifts.notes, byOthers(traffic)],
  };
}

const isJob = ({ broughtBy }: Recurring): boolean => broughtBy === undefined;

const meet = (time: Span, slot: Slot): boolean => time.from < slot.to && slot.from < time.to;

/** Sources that tell less often than this (s) do not decide how long a slot is. */
const coarsest = 1800;

function slowestOf(traffic: Traffic, signals: readonly Signal[]): number {
  const used = signals.filter(({ role, interval }) => role === 'usage' && interval <= coarsest);
  return Math.max(traffic.interval, ...used.map(({ interval }) => interval));
}
