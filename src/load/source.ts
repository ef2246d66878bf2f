import { type Arrival, type Pace, pacerOf, release } from './release.ts';

/** Where requests come from, turned on a clock that it is told. `wakeAt` is Infinity while nothing is to come. */
export type Source = {
  /** What is to be sent now, and what is given up because the generator was too late for it. */
  readonly release: (now: number) => {
    readonly send: readonly Arrival[];
    readonly shed: readonly Arrival[];
    readonly wakeAt: number;
  };
  /** An arrival has come to its end, well or not: when something is due because of that, if anything is. */
  readonly ended: (index: number, now: number) => number;
  /** How many arrivals were held back because they would have exceeded the rate that is allowed. */
  readonly held: () => number;
};

/** Arrivals that wait for nothing. */
export function arrivalsOf(pace: Pace): Source {
  let pacer = pacerOf(pace);
  return {
    release(now) {
      const released = release(pacer, now);
      pacer = released.pacer;
      return released;
    },
    ended: () => Number.POSITIVE_INFINITY,
    held: () => 0,
  };
}
