import type { Stage } from '../model/plan.ts';
import { lengthOf, levelAt, stageAt, timeOf } from '../model/stages.ts';
import { draw } from './draw.ts';

/** A stream of arrivals, of which worker `worker` of `workers` sends every one whose index leaves that remainder. Times in seconds. */
export type Pace = {
  /** How the rate (1/s) moves, from `start` on. */
  readonly stages: readonly Stage[];
  readonly start: number;
  readonly arrivals: 'uniform' | 'poisson';
  readonly seed: number;
  readonly worker: number;
  readonly workers: number;
};

/** One request that is to be sent: its place in the whole stream, and when it was due. */
export type Arrival = { readonly index: number; readonly due: number };

/** An arrival that has yet to come, with the area under the rate at which it is due. */
type Coming = Arrival & { readonly area: number };

/** Where the pacer stands: the next arrival of this worker, those that came late and wait to be sent, how many of them may go, and when it last woke and caught up. */
export type Pacer = {
  readonly pace: Pace;
  readonly next: Coming;
  readonly late: readonly Arrival[];
  readonly credit: number;
  readonly woken: number;
  readonly caughtUp: number;
};

/** What one wake comes to. `wakeAt` is Infinity once nothing is left. */
export type Released = {
  readonly pacer: Pacer;
  readonly send: readonly Arrival[];
  /** Arrivals given up because the generator was too late for them. */
  readonly shed: readonly Arrival[];
  readonly wakeAt: number;
};

/** What is up to this late goes out at once, and so much (s of the rate) of what is later follows at a time: the grain of timers and of a busy event loop. */
const grain = 0.02;
/** Catching up happens at most so often (s). */
const breath = 0.01;
/** What is later than this is given up and counted; sent now it would be a load that nobody asked for. */
const longest = 0.25;
/** What goes out late comes on top of what is due: 80 ms worth of it and a tenth of the rate, with the grain at most 1.2 times the rate in any second. */
const reserve = 0.08;
const refill = 0.1;

/** A pacer before its first arrival. */
export function pacerOf(pace: Pace): Pacer {
  const { start } = pace;
  return {
    pace,
    next: advance(pace, before(pace)),
    late: [],
    credit: most(pace, start),
    woken: start,
    caughtUp: start,
  };
}

/**
 * Which requests are to be sent now. Reads no clock: it is woken at `now`, tells what goes out and when it wants to be woken again.
 * Arrival k is due when the area under the rate, which is the number of arrivals N(t), reaches about k + 1/2 for uniform arrivals, and for Poisson arrivals the sum of
 * k + 1 exponential draws of mean 1; both depend on nothing but seed and index, however the rate moves.
 * After a stall what is due now goes first; what is late follows in parts, never above 1.2 times the rate in a second, and is shed once 250 ms late.
 */
export function release(pacer: Pacer, now: number): Released {
  const { pace } = pacer;
  const { send, late, shed, next } = due(pacer, now);
  const credit = Math.min(most(pace, now), pacer.credit + (now - pacer.woken) * refill * own(pace, now));
  const isNew = pacer.late.length === 0;
  const mayCatchUp = !isNew && now - pacer.caughtUp >= breath;
  const part = mayCatchUp ? Math.min(Math.floor(credit), Math.ceil(grain * own(pace, now))) : 0;
  const repaid = late.slice(0, part);
  const after = {
    pace,
    next,
    late: late.slice(repaid.length),
    credit: credit - repaid.length,
    woken: now,
    caughtUp: isNew || repaid.length > 0 ? now : pacer.caughtUp,
  };
  return { pacer: after, send: [...send, ...repaid], shed, wakeAt: wakeAt(after, now) };
}

/** Everything that is due at `now`, by how late it is. */
function due({ pace, late: waiting, next: first }: Pacer, now: number) {
  const send: Arrival[] = [];
  const late: Arrival[] = [];
  const shed: Arrival[] = [];
  for (const arrival of waiting) (now - arrival.due > longest ? shed : late).push(arrival);
  let next = first;
  const end = endOf(pace);
  for (; next.due <= now && next.due < end; next = advance(pace, next)) {
    const lateness = now - next.due;
    if (lateness <= grain) send.push(next);
    else (lateness <= longest ? late : shed).push(next);
  }
  return { send, late, shed, next };
}

/** One request more or less is no burst, however low the rate. */
const most = (pace: Pace, now: number): number => Math.max(1, reserve * own(pace, now));

function wakeAt(pacer: Pacer, now: number): number {
  const { pace, next, late, credit, caughtUp } = pacer;
  const due = next.due < endOf(pace) ? next.due : Number.POSITIVE_INFINITY;
  if (late.length === 0) return due;
  const earned = now + Math.max(0, 1 - credit) / (refill * own(pace, now));
  return Math.min(due, Math.max(caughtUp + breath, Math.min(earned, now + grain)));
}

/** Nothing is due from here on. */
const endOf = (pace: Pace): number => pace.start + lengthOf(pace.stages);

/** What this worker sends a second, where the rate is now. */
const own = (pace: Pace, now: number): number => levelAt(pace.stages, now - pace.start) / pace.workers;

const before = (pace: Pace): Coming => ({ index: pace.worker - pace.workers, due: pace.start, area: 0 });

/** The arrival of this worker that follows. */
function advance(pace: Pace, last: Coming): Coming {
  const index = last.index + pace.workers;
  const area = pace.arrivals === 'uniform' ? evenly(pace, index) : last.area + drawn(pace.seed, last.index + 1, index);
  return { index, area, due: pace.start + timeOf(pace.stages, area) };
}

/**
 * How far even arrivals of a steady rate sway about the middle of their slots (of a slot), and how long they take for it (s): no divisor of a usual scrape interval. At 20/s and a scrape every 2 s each look would else find the same moment
 * of the same number of arrivals, and of a pool always as many in use, or none. Spacing changes by a sixth of an arrival a second, and the number of arrivals not at all.
 */
const sway = 0.45;
const turn = 11.3;
/** Below this rate (1/s) one might overtake another; and a rate that moves finds no moment twice. */
const seldom = 1.6;

/** The area at which an even arrival is due. */
function evenly({ stages }: Pace, index: number): number {
  const middle = index + 0.5;
  const at = timeOf(stages, middle);
  const { from, to, since } = stageAt(stages, at);
  return from === to && from >= seldom ? middle + sway * triangle(since / turn) : middle;
}

/** 0, 1, 0, −1 and 0 again within 1, on straight lines. */
const triangle = (x: number): number => 1 - 4 * Math.abs(((x + 0.75) % 1) - 0.5);

/** The sum of the exponential gaps of mean 1 that belong to some arrivals in a row. */
function drawn(seed: number, first: number, last: number): number {
  let sum = 0;
  for (let index = Math.max(0, first); index <= last; index++) sum -= Math.log(1 - draw(seed, index, 0));
  return sum;
}
