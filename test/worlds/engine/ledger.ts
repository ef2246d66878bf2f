import type { Door } from '../engine.ts';

/** What one side of the front door counts. */
export type Ledger = {
  since: number;
  arrivals: number;
  answers: number;
  good: number;
  inside: number;
  insideTime: number;
  durationSum: number;
  /** Answers by the first bound that they kept; the last for those that kept none. */
  readonly buckets: number[];
};

export const makeLedger = (bounds: readonly number[], now: number): Ledger => ({
  since: now,
  arrivals: 0,
  answers: 0,
  good: 0,
  inside: 0,
  insideTime: 0,
  durationSum: 0,
  buckets: new Array<number>(bounds.length + 1).fill(0),
});

export function noteArrival(ledger: Ledger, now: number): void {
  settleLedger(ledger, now);
  ledger.arrivals += 1;
  ledger.inside += 1;
}

export function noteAnswer(
  ledger: Ledger,
  now: number,
  duration: number,
  isGood: boolean,
  bounds: readonly number[],
): void {
  settleLedger(ledger, now);
  ledger.inside -= 1;
  ledger.answers += 1;
  if (isGood) ledger.good += 1;
  ledger.durationSum += duration;
  let bucket = 0;
  while (duration > (bounds[bucket] ?? Number.POSITIVE_INFINITY)) bucket += 1;
  ledger.buckets[bucket] = (ledger.buckets[bucket] ?? 0) + 1;
}

function settleLedger(ledger: Ledger, now: number): void {
  ledger.insideTime += ledger.inside * (now - ledger.since);
  ledger.since = now;
}

export function doorOf(ledger: Ledger, now: number): Door {
  let sum = 0;
  const cumulative = ledger.buckets.map((count) => {
    sum += count;
    return sum;
  });
  return {
    arrivals: ledger.arrivals,
    answers: ledger.answers,
    good: ledger.good,
    errors: ledger.answers - ledger.good,
    inside: ledger.inside,
    insideTime: ledger.insideTime + ledger.inside * (now - ledger.since),
    durationSum: ledger.durationSum,
    buckets: cumulative.slice(0, -1),
  };
}
