import type { Think } from './think.ts';
import type { PerSecond, Ratio, Seconds } from './units.ts';

/** How load is offered, laid out: steps that follow each other whatever comes of them, or a search whose next step depends on what came of the last. */
export type Plan = {
  readonly name: string;
  readonly arrivals: 'uniform' | 'poisson';
  readonly seed: number;
  /** The slowest scrape interval the steps are laid out against. */
  readonly scrape: Seconds;
  /** How long users think between an answer and the next request; without it arrivals wait for nothing. */
  readonly think?: Think | undefined;
} & (Course | { readonly kind: 'search'; readonly search: Search });

/** Steps one after the other. */
export type Course = {
  readonly kind: 'staircase' | 'ramp' | 'soak' | 'spike';
  readonly steps: readonly Step[];
  /** After so many steps in a row that fell clearly behind it ends; 0 or nothing goes on to the end. */
  readonly overloadedSteps?: number;
};

/** The search for the highest level that meets the objectives. Levels are requests a second, or users. */
export type Search = {
  /** Where it begins, what it never goes above, and by what factor it grows until a level fails. */
  readonly from: number;
  readonly to: number;
  readonly factor: number;
  /** It goes on until the first level that failed is at most this share above the last that passed. */
  readonly precision: Ratio;
  /** How long a level settles and is measured, at least. */
  readonly phases: Phases;
  /** So many answers say whether the objectives are met; where they come too slowly a level is measured for longer. */
  readonly answers: number;
  /** How long (s) the level that is found is held again. */
  readonly hold: Seconds;
  /** What all steps together may come to; it ends before it would exceed them. */
  readonly budget: { readonly requests: number; readonly duration: Seconds };
  /** What one more user may ask for a second at most, where levels are users; else nothing. */
  readonly crowd: Crowd | undefined;
};

export type Phases = { readonly settle: Seconds; readonly measure: Seconds };

/** Users as a plan sees them: how many begin in a second (nothing said: within one pause), how long they pause on average (s), how many requests they make between two pauses, and the rate that nothing may exceed. */
export type Crowd = {
  readonly spawn: PerSecond | undefined;
  readonly pause: Seconds;
  readonly requests: number;
  readonly mostRate: PerSecond;
};

/** One stretch of load that is offered without a pause. Only what lies in its windows counts. */
export type Step = {
  readonly index: number;
  /** Requests a second, at the highest; of users what they could ask for. */
  readonly rate: PerSecond;
  readonly settle: Seconds;
  /** From the beginning of the first window to the end of the last. */
  readonly measure: Seconds;
  /** How many users there are at the highest; without it arrivals are offered. */
  readonly users?: number;
  /** How the rate, or the number of users, moves from the beginning of the step on; without it, it stays where it is. */
  readonly stages?: readonly Stage[];
  /** What is measured; without it, all that follows settle is one window. */
  readonly windows?: Windows;
};

/** A part of a step in which the level goes in a straight line from one value to another. */
export type Stage = { readonly lasts: Seconds; readonly from: number; readonly to: number };

/** At least one, in order, none of them overlapping. */
export type Windows = readonly [Cut, ...Cut[]];

/** From when to when, in seconds from the beginning of a step; `after` a spike the target may still be busy with what that left. */
export type Cut = { readonly from: Seconds; readonly to: Seconds; readonly after?: 'spike' };
