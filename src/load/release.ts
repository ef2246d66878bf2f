import { draw } from './draw.ts';

/** A steady stream of arrivals, of which worker `worker` of `workers` sends every one whose index leaves that remainder. Times in seconds. */
export type Pace = {
  readonly rate: number;
  readonly start: number;
  /** Arrivals are due from `start` up to, not including, `start + duration`. */
  readonly duration: number;
  readonly arrivals: 'uniform' | 'poisson';
  readonly seed: number;
  readonly worker: number;
  readonly workers: number;
};

/** One request that is to be sent: its place in the whole stream, and when it was due. */
export type Arrival = { readonly index: number; readonly due: number };

/** Where the pacer stands: the next arrival of this worker, those that came late and wait to be sent, and how many of them may go. */
export type Pacer = {
  readonly pace: Pace;
  readonly next: Arrival;
  readonly late: readonly Arrival[];
  readonly credit: number;
  readonly woken: number;
};

/** What one wake comes to. `wakeAt` is Infinity once nothing is left. */
export type Released = {
  readonly pacer: Pacer;
  readonly send: readonly Arrival[];
  /** Arrivals given up because the generator was too late for them. */
  readonly shed: readonly Arrival[];
  readonly wakeAt: number;
};

/** What is up to this late goes out at once: the grain of timers and of a busy event loop. */
const grain = 0.02;
/** What is later than this is given up and counted; sent now it would be a load that nobody asked for. */
const longest = 0.25;
/** Beside what is due, late arrivals may go at this share of the rate: never more than 1.2 times the rate. */
const spareShare = 0.2;

/** A pacer before its first arrival. */
export function pacerOf(pace: Pace): Pacer {
  return { pace, next: advance(pace, before(pace)), late: [], credit: 0, woken: pace.start };
}

/**
 * Which requests are to be sent now. Reads no clock: it is woken at `now`, tells what goes out and when it wants to be woken again.
 * Uniform arrivals are due at (k + 1/2) ÷ rate, Poisson arrivals at sums of exponential gaps; both depend on nothing but seed and index.
 * After a stall what is due now goes first; what is late follows only as far as 1.2 times the rate allows, and is shed once 250 ms late.
 */
export function release(pacer: Pacer, now: number): Released {
  const { pace } = pacer;
  const send: Arrival[] = [];
  const shed: Arrival[] = [];
  const late: Arrival[] = [];
  for (const arrival of pacer.late) (now - arrival.due > longest ? shed : late).push(arrival);
  let next = pacer.next;
  while (next.due <= now && next.due < pace.start + pace.duration) {
    const lateness = now - next.due;
    if (lateness <= grain) send.push(next);
    else if (lateness <= longest) late.push(next);
    else shed.push(next);
    next = advance(pace, next);
  }
  const credit = creditAt(pacer, now, late.length, send.length);
  const repaid = late.splice(0, Math.max(0, Math.floor(credit)));
  send.push(...repaid);
  const after = { pace, next, late, credit: credit - repaid.length, woken: now };
  return { pacer: after, send, shed, wakeAt: wakeAt(after, now) };
}

/** A backlog that is new starts in debt for what goes out at once with it, so that no stretch of 100 ms is above 1.2 times the rate. */
function creditAt(pacer: Pacer, now: number, late: number, sent: number): number {
  if (late === 0) return 0;
  if (pacer.late.length === 0) return -sent;
  const earned = Math.min(now - pacer.woken, grain) * spareShare * own(pacer.pace);
  return Math.min(pacer.credit + earned, Math.max(1, grain * own(pacer.pace)));
}

function wakeAt(pacer: Pacer, now: number): number {
  const { pace, next, late, credit } = pacer;
  const due = next.due < pace.start + pace.duration ? next.due : Number.POSITIVE_INFINITY;
  if (late.length === 0) return due;
  return Math.min(due, now + (1 - credit) / (spareShare * own(pace)), now + grain);
}

const own = (pace: Pace): number => pace.rate / pace.workers;

const before = (pace: Pace): Arrival => ({ index: pace.worker - pace.workers, due: pace.start });

/** The arrival of this worker that follows. */
function advance(pace: Pace, last: Arrival): Arrival {
  const index = last.index + pace.workers;
  if (pace.arrivals === 'uniform') return { index, due: pace.start + (index + 0.5) / pace.rate };
  let due = last.due;
  for (let step = Math.max(0, last.index + 1); step <= index; step++) {
    due -= Math.log(1 - draw(pace.seed, step, 0)) / pace.rate;
  }
  return { index, due };
}
