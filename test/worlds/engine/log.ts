import type { Ended } from '../engine.ts';

/** How a request ended at the client. */
export type Outcome = 'good' | 'error' | 'given up' | 'no port';

const codes = { good: 0, error: 1, 'given up': 2, 'no port': 3 } as const satisfies Record<Outcome, number>;

/** Requests that ended, in the order of their end, since each of the two views of them was last taken. */
export type Log = {
  due: Float64Array;
  took: Float64Array;
  outcome: Uint8Array;
  ended: number;
  latencies: Float64Array;
  seen: number;
};

export const makeLog = (): Log => ({
  due: new Float64Array(1024),
  took: new Float64Array(1024),
  outcome: new Uint8Array(1024),
  ended: 0,
  latencies: new Float64Array(1024),
  seen: 0,
});

export function write(log: Log, due: number, took: number, outcome: Outcome): void {
  if (log.ended === log.due.length) {
    log.due = longer(log.due);
    log.took = longer(log.took);
    const outcomes = new Uint8Array(2 * log.ended);
    outcomes.set(log.outcome);
    log.outcome = outcomes;
  }
  if (log.seen === log.latencies.length) log.latencies = longer(log.latencies);
  log.due[log.ended] = due;
  log.took[log.ended] = took;
  log.outcome[log.ended] = codes[outcome];
  log.ended += 1;
  log.latencies[log.seen] = took;
  log.seen += 1;
}

function longer(numbers: Float64Array): Float64Array<ArrayBuffer> {
  const twice = new Float64Array(2 * numbers.length);
  twice.set(numbers);
  return twice;
}

export function takeLatencies(log: Log): Float64Array {
  const taken = log.latencies.slice(0, log.seen);
  log.seen = 0;
  return taken;
}

export function takeEnded(log: Log): Ended {
  const { due, took, outcome, ended } = log;
  log.ended = 0;
  return { due: due.slice(0, ended), took: took.slice(0, ended), outcome: outcome.slice(0, ended) };
}
