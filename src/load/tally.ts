import { bucketCount } from '../model/buckets.ts';
import { type Counts, minus, noCounts, plus } from './histogram.ts';
import { type Outcome, outcomeNames, outcomes, type ShedReason, shedReasons } from './outcome.ts';

/** Requests count for the phase in which they were due; `watch` is after the load. */
export const phases = ['settle', 'measure', 'watch'] as const;
export type Phase = (typeof phases)[number];

const clocks = ['response', 'service', 'lag'] as const;
/** response: from when it was due; service: from when it was on a connection; lag: how late the generator itself was. */
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
const numbers = wholeCounters.length + phases.length * phaseCounters.length;
const numberBytes = numbers * Float64Array.BYTES_PER_ELEMENT;
const bytes = numberBytes + phases.length * clocks.length * bucketCount * Uint32Array.BYTES_PER_ELEMENT;

function indexOf<K extends string>(names: readonly K[]): (name: K) => number {
  const places = new Map(names.map((name, index) => [name, index]));
  return (name) => places.get(name) ?? names.length;
}

/**
 * What one worker and the control thread share: counters, histograms, the two heartbeats and the order to halt.
 * All counts only ever rise, so a step is the difference of two copies. Each number has one writer (the control thread writes `controlBeat` and `halt`,
 * the worker the rest), and a double is written whole on 64-bit machines, so nothing needs a lock.
 */
export type Tally = {
  readonly buffer: SharedArrayBuffer;
  readonly read: (name: WholeCounter) => number;
  readonly write: (name: WholeCounter, value: number) => void;
  readonly add: (name: WholeCounter, amount: number) => void;
  readonly count: (phase: Phase, name: PhaseCounter, amount: number) => void;
  readonly counted: (phase: Phase, name: PhaseCounter) => number;
  readonly histogram: (phase: Phase, of: Measured) => Counts;
};

/** A new tally, or a view of one that another thread opened. */
export function tallyOf(buffer: SharedArrayBuffer = new SharedArrayBuffer(bytes)): Tally {
  const values = new Float64Array(buffer, 0, numbers);
  const place = (phase: Phase, name: PhaseCounter): number =>
    wholeCounters.length + phases.indexOf(phase) * phaseCounters.length + phaseIndex(name);
  const histograms = phases.map((_, phase) =>
    clocks.map(
      (_, clock) =>
        new Uint32Array(buffer, numberBytes + (phase * clocks.length + clock) * bucketCount * 4, bucketCount),
    ),
  );
  const increase = (index: number, amount: number): void => {
    values[index] = (values[index] ?? 0) + amount;
  };
  return {
    buffer,
    read: (name) => values[wholeIndex(name)] ?? 0,
    write(name, value) {
      values[wholeIndex(name)] = value;
    },
    add: (name, amount) => increase(wholeIndex(name), amount),
    count: (phase, name, amount) => increase(place(phase, name), amount),
    counted: (phase, name) => values[place(phase, name)] ?? 0,
    histogram: (phase, of) => histograms[phases.indexOf(phase)]?.[clocks.indexOf(of)] ?? noCounts(),
  };
}

/** What was counted of the requests that were due in one phase. */
export type PhaseCounts = {
  readonly intended: number;
  readonly sent: number;
  readonly connectFailures: number;
  readonly responseSum: number;
  readonly outcomes: ReadonlyMap<Outcome, number>;
  readonly shed: ReadonlyMap<ShedReason, number>;
  readonly response: Counts;
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
  const sum = (name: PhaseCounter): number => tallies.reduce((all, tally) => all + tally.counted(phase, name), 0);
  const merged = (of: Measured): Counts =>
    tallies.reduce((all, tally) => plus(all, tally.histogram(phase, of)), noCounts());
  return {
    intended: sum('intended'),
    sent: sum('sent'),
    connectFailures: sum('connectFailures'),
    responseSum: sum('responseSum'),
    outcomes: byName(outcomeNames, sum),
    shed: byName(shedReasons, (reason) => sum(`shed_${reason}`)),
    response: merged('response'),
    service: merged('service'),
    lag: merged('lag'),
  };
}

function byName<K extends string>(names: readonly K[], value: (name: K) => number): ReadonlyMap<K, number> {
  return new Map(names.map((name) => [name, value(name)]));
}

/** What was counted of one phase since `before`. */
export function since(now: PhaseCounts, before: PhaseCounts): PhaseCounts {
  return {
    intended: now.intended - before.intended,
    sent: now.sent - before.sent,
    connectFailures: now.connectFailures - before.connectFailures,
    responseSum: now.responseSum - before.responseSum,
    outcomes: byName(outcomeNames, (name) => of(now.outcomes, name) - of(before.outcomes, name)),
    shed: byName(shedReasons, (name) => of(now.shed, name) - of(before.shed, name)),
    response: minus(now.response, before.response),
    service: minus(now.service, before.service),
    lag: minus(now.lag, before.lag),
  };
}

/** How many requests ended, in whatever way; how many well; how many by the target's doing. */
export function endedOf(counts: PhaseCounts): {
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
    answered: sum((name) => answered.includes(name)),
  };
}

const answered: readonly Outcome[] = ['good', 'http_4xx', 'http_5xx'];

function of<K>(counts: ReadonlyMap<K, number>, name: K): number {
  return counts.get(name) ?? 0;
}
