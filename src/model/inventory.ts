import type { PlimsollFault } from '../faults.ts';
import type { BlindSpot } from './blind-spot.ts';
import type { Note } from './note.ts';
import type { Signal } from './signal.ts';
import type { Term } from './term.ts';
import type { Seconds } from './units.ts';

/** A signal without its samples. `lag`: how long before now its newest sample lies. */
export type Sighting = Pick<Signal, 'resource' | 'at' | 'role' | 'interval' | 'evidence'> & { readonly lag: Seconds };

/** What there is to see of a target before anything is done to it. */
export type Inventory = {
  readonly sources: readonly SourceState[];
  /** The slowest scrape that a run has to wait for; undefined where nothing is seen. */
  readonly scrape: Seconds | undefined;
  readonly signals: readonly Sighting[];
  /** How far apart the samples of its own traffic lie; undefined where none is seen. */
  readonly traffic: Seconds | undefined;
  readonly terms: readonly Term[];
  readonly blind: readonly BlindSpot[];
  readonly notes: readonly Note[];
};

/** Whether a Prometheus answers, how far its clock is ahead of ours, and else how old its newest scrape is (undefined where that cannot be seen). */
export type SourceState =
  | {
      readonly name: string;
      readonly kind: 'answers';
      readonly ahead: Seconds | undefined;
      readonly behind: Seconds | undefined;
    }
  | { readonly name: string; readonly kind: 'silent'; readonly why: PlimsollFault };
