import type { BlindSpot } from '../../model/blind-spot.ts';
import type { Component } from '../../model/component.ts';
import type { Twin } from '../../model/twin.ts';
import type { Saturation } from '../saturation/saturation.ts';
import type { Case } from '../seen/cases.ts';
import type { WaitsFor } from '../seen/waits-for.ts';
import type { Beside, Gains } from './gains.ts';

/** The full hold above what limits with it or before it, what half as much again of either would carry more, and whether what is below is busy all the time. */
export type Under = { readonly hold: Case; readonly gains: Gains; readonly isFull: boolean };

/** How one resource stands towards the others. */
export type Standing =
  | {
      readonly kind: 'root';
      readonly own: number;
      readonly by?: 'elimination' | 'silence';
      readonly under?: Under;
      readonly turns?: Case;
    }
  | { readonly kind: 'symptom'; readonly of: Case; readonly by?: 'misses' | 'places' }
  | { readonly kind: 'held'; readonly growth: number }
  | { readonly kind: 'bystander' }
  | { readonly kind: 'unsaturated' };

/** A resource with what its windows show and how it stands. */
export type Judged = { readonly one: Case; readonly saturation: Saturation; readonly standing: Standing };

/** What the judgement rests on besides the cases: who waits for whom, what runs on what, and what leaks. */
export type Graph = {
  readonly waitsFor: WaitsFor;
  readonly components: readonly Component[];
  /** Every resource as it was read, also those that cannot be first. */
  readonly around: readonly Case[];
  /** Nobody says what calls what. */
  readonly undeclared: boolean;
  /** How long a request waits, in each window, for what can be seen below a hold (s). */
  readonly waits: (hold: Case) => readonly number[];
  /** What works below a full hold and limits together with it. */
  readonly beside: (hold: Case) => Beside | undefined;
  /** Whether a hold's units are taken and not given back. */
  readonly leaks: (one: Case) => boolean;
  /** What fills with time from one restart to the next. */
  readonly restarted?: (one: Case) => boolean;
  /** Position of the window from which on goodput no longer follows. */
  readonly plateau: number | undefined;
  readonly blind: readonly BlindSpot[];
  /** What two components name, and is one thing. */
  readonly twins?: readonly Twin[] | undefined;
};
