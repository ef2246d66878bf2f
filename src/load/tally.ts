import { bucketCount } from '../model/buckets.ts';
import { type Counts, minus, noCounts, plus } from './histogram.ts';
import { answers, type Outcome, outcomeNames, outcomes, type ShedReason, shedReasons } from './outcome.ts';

/** Requests count for the phase in which they were due; `watch` is after the load. */
export const phases = ['settle', 'measure', 'watch'] as const;
export type Phase = (typeof phases)[number];

const clocks = ['service', 'lag'] as const;
/** service: from when a request was on a connection; lag: how late the generator itself was. Responses, from when it was due, are kept by request. */
export type Measured = (typeof clocks)[number];

const phaseCounters = [
  'intended',
  'sent',
  'connectFailures',
  'responseSum',
  ...outcomeNames,
  ...shedReasons.map((reason) => `shed_${reason}` as const),
] as const;
type PhaseCounter = (typeof phaseCounters)[number];

/** `answersInTime` and `goodInTime` are answers that came while the measure phase lasted, whenever their requests were due. */
const wholeCounters = [
  'controlBeat',
  'workerBeat',
  'halt',
  'inFlight',
  'waiting',
  'localErrors',
  'answersInTime',
  'goodInTime',
] as const;
export type WholeCounter = (typeof wholeCounters)[number];

const wholeIndex = indexOf(wholeCounters);
const phaseIndex = indexOf(phaseCounters);

function indexOf<K extends string>(names: readonly K[]): (name: K) => number {
  const places = new Map(names.map((name, index) => [name, index]));
  return (name) => places.get(name) ?? names.length;
}

/**
 * What one worker and the control thread share: counters, histograms, the two heartbeats and the order to halt.
 * All counts only ever rise, so a step is the difference of two copies. Each number has one writer (the control thread writes `controlBeat` and `halt`,
 * the worker the rest), and a double is written whole on 64-bit machines, so nothing needs a lock. Requests are told apart by their place in the script while the
 * measure phase lasts; in the other phases all are one.
 */
export type Tally = {
  readonly buffer: SharedArrayBuffer;
  readonly requests: number;
  readonly read: (name: WholeCounter) => number;
  readonly write: (name: WholeCounter, value: number) => void;
  readonly add: (name: WholeCounter, amount: number) => void;
  readonly count: (phase: Phase, request: number, name: PhaseCounter, amount: number) => void;
  readonly counted: (phase: Phase, request: number, name: PhaseCounter) => number;
  readonly responses: (phase: Phase, request: number) => Counts;
  readonly histogram: (phase: Phase, of: Measured) => Counts;
};

/** Where things lie for so many requests: each phase has a slot, and the measure phase one for each request. */
function layoutOf(requests: number) {
  const slots = phases.length - 1 + requests;
  const numbers = wholeCounters.length + slots * phaseCounters.length;
  const histogramsAt = numbers * Float64Array.BYTES_PER_ELEMENT;
  const histograms = slots + phases.length * clocks.length;
  const bytes = histogramsAt + histograms * bucketCount * Uint32Array.BYTES_PER_ELEMENT;
  const slotOf = (phase: Phase, request: number): number =>
    phase === 'measure' ? phases.length - 1 + request : phase === 'settle' ? 0 : 1;
  const clockAt = (phase: Phase, of: Measured): number =>
    slots + phases.indexOf(phase) * clocks.length + clocks.indexOf(of);
  return { numbers, histogramsAt, histograms, bytes, slotOf, clockAt };
}

/** A new tally for so many requests, or a view of one that another thread opened. */
export function tallyOf(requests: number, opened?: SharedArrayBuffer): Tally {
  const { numbers, histogramsAt, histograms, bytes, slotOf, clockAt } = layoutOf(requests);
  const buffer = opened ?? new SharedArrayBuffer(bytes);
  const values = new Float64Array(buffer, 0, numbers);
  const place = (phase: Phase, request: number, name: PhaseCounter): number =>
    wholeCounters.length + slotOf(phase, request) * phaseCounters.length + phaseIndex(name);
  const counts = Array.from(
    { length: histograms },
    (_, at) => new Uint32Array(buffer, histogramsAt + at * bucketCount * Uint32Array.BYTES_PER_ELEMENT, bucketCount),
  );
  const increase = (index: number, amount: number): void => {
    values[index] = (values[index] ?? 0) + amount;
  };
  return {
    buffer,
    requests,
    read: (name) => values[wholeIndex(name)] ?? 0,
    write(name, value) {
      values[wholeIndex(name)] = value;
    },
    add: (name, amount) => increase(wholeIndex(name), amount),
    count: (phase, request, name, amount) => increase(place(phase, request, name), amount),
    counted: (phase, request, name) => values[place(phase, request, name)] ?? 0,
    responses: (phase, request) => counts[slotOf(phase, request)] ?? noCounts(),
    histogram: (phase, of) => counts[clockAt(phase, of)] ?? noCounts(),
  };
}

/** What was counted of some requests. */
export type RequestCounts = {
  readonly intended: number;
  readonly sent: number;
  readonly connectFailures: number;
  readonly responseSum: number;
  readonly outcomes: ReadonlyMap<Outcome, number>;
  readonly shed: ReadonlyMap<ShedReason, number>;
  readonly response: Counts;
};

/** What was counted of the requests that were due in one phase: all together, and (in the measure phase) each of the script's by itself. */
export type PhaseCounts = RequestCounts & {
  readonly requests: readonly RequestCounts[];
  readonly service: Counts;
  readonly lag: Counts;
};

/** A copy of all workers' tallies, added up. */
export type Snapshot = {
  readonly phases: Readonly<Record<Phase, PhaseCounts>>;
  readonly inFlight: number;
  readonly waiting: number;
  readonly localErrors: number;
  readonly answersInTime: number;
  readonly goodInTime: number;
};

/** Copies and adds up the tallies as they are now; may be done while they are written. */
export function snapshotOf(tallies: readonly Tally[]): Snapshot {
  const sum = (name: WholeCounter): number => tallies.reduce((all, tally) => all + tally.read(name), 0);
  return {
    phases: {
      settle: phaseOf(tallies, 'settle'),
      measure: phaseOf(tallies, 'measure'),
      watch: phaseOf(tallies, 'watch'),
    },
    inFlight: sum('inFlight'),
    waiting: sum('waiting'),
    localErrors: sum('localErrors'),
    answersInTime: sum('answersInTime'),
    goodInTime: sum('goodInTime'),
  };
}

function phaseOf(tallies: readonly Tally[], phase: Phase): PhaseCounts {
  const requests = Array.from({ length: phase === 'measure' ? (tallies[0]?.requests ?? 0) : 1 }, (_, request) =>
    requestOf(tallies, phase, request),
  );
  const merged = (of: Measured): Counts => together(tallies.map((tally) => tally.histogram(phase, of)));
  return { ...allOf(requests), requests, service: merged('service'), lag: merged('lag') };
}

function requestOf(tallies: readonly Tally[], phase: Phase, request: number): RequestCounts {
  const sum = (name: PhaseCounter): number =>
    tallies.reduce((all, tally) => all + tally.counted(phase, request, name), 0);
  return {
    intended: sum('intended'),
    sent: sum('sent'),
    connectFailures: sum('connectFailures'),
    responseSum: sum('responseSum'),
    outcomes: byName(outcomeNames, sum),
    shed: byName(shedReasons, (reason) => sum(`shed_${reason}`)),
    response: together(tallies.map((tally) => tally.responses(phase, request))),
  };
}

/** All requests together. */
function allOf(requests: readonly RequestCounts[]): RequestCounts {
  const sum = (read: (counts: RequestCounts) => number): number => requests.reduce((all, one) => all + read(one), 0);
  return {
    intended: sum(({ intended }) => intended),
    sent: sum(({ sent }) => sent),
    connectFailures: sum(({ connectFailures }) => connectFailures),
    responseSum: sum(({ responseSum }) => responseSum),
    outcomes: byName(outcomeNames, (name) => sum((one) => of(one.outcomes, name))),
    shed: byName(shedReasons, (name) => sum((one) => of(one.shed, name))),
    response: together(requests.map(({ response }) => response)),
  };
}

/** A histogram of everything in several, which nobody else writes. */
function together([first, ...others]: readonly Counts[]): Counts {
  return others.reduce(plus, first?.slice() ?? noCounts());
}

function byName<K extends string>(names: readonly K[], value: (name: K) => number): ReadonlyMap<K, number> {
  return new Map(names.map((name) => [name, value(name)]));
}

/** What was counted of one phase since `before`. */
export function since(now: PhaseCounts, before: PhaseCounts): PhaseCounts {
  const requests = now.requests.map((counts, at) => {
    const earlier = before.requests[at];
    return earlier === undefined ? counts : requestSince(counts, earlier);
  });
  return {
    ...requestSince(now, before),
    requests,
    service: minus(now.service, before.service),
    lag: minus(now.lag, before.lag),
  };
}

function requestSince(now: RequestCounts, before: RequestCounts): RequestCounts {
  return {
    intended: now.intended - before.intended,
    sent: now.sent - before.sent,
    connectFailures: now.connectFailures - before.connectFailures,
    responseSum: now.responseSum - before.responseSum,
    outcomes: byName(outcomeNames, (name) => of(now.outcomes, name) - of(before.outcomes, name)),
    shed: byName(shedReasons, (name) => of(now.shed, name) - of(before.shed, name)),
    response: minus(now.response, before.response),
  };
}

/** How many requests ended, in whatever way; how many well; how many by the target's doing. */
export function endedOf(counts: RequestCounts): {
  readonly completed: number;
  readonly good: number;
  readonly failed: number;
  readonly answered: number;
} {
  const sum = (wanted: (name: Outcome) => boolean): number =>
    outcomeNames.reduce((all, name) => all + (wanted(name) ? of(counts.outcomes, name) : 0), 0);
  return {
    completed: sum(() => true),
    good: of(counts.outcomes, 'good'),
    failed: sum((name) => outcomes[name] === 'target'),
    answered: sum((name) => answers.includes(name)),
  };
}

function of<K>(counts: ReadonlyMap<K, number>, name: K): number {
  return counts.get(name) ?? 0;
}
