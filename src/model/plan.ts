import type { PerSecond, Seconds } from './units.ts';

/** How load is offered, laid out: steps that follow each other whatever comes of them, or a search whose next step depends on what came of the last. */
export type Plan = {
  readonly name: string;
  readonly arrivals: 'uniform' | 'poisson';
  readonly seed: number;
  /** The slowest scrape interval the steps are laid out against. */
  readonly scrape: Seconds;
} & Course;

export type Course = {
  readonly kind: 'staircase' | 'ramp' | 'soak' | 'spike';
  readonly steps: readonly Step[];
  /** After so many steps in a row that fell clearly behind it ends; 0 or nothing goes on to the end. */
  readonly overloadedSteps?: number;
};

/** One stretch of load that is offered without a pause. Only what lies in its windows counts. */
export type Step = {
  readonly index: number;
  /** Requests a second, at the highest. */
  readonly rate: PerSecond;
  readonly settle: Seconds;
  /** From the beginning of the first window to the end of the last. */
  readonly measure: Seconds;
  /** How the rate moves from the beginning of the step on; without it, it stays where it is. */
  readonly stages?: readonly Stage[];
  /** What is measured; without it, all that follows settle is one window. */
  readonly windows?: Windows;
};

/** A part of a step in which the rate goes in a straight line from one value to another. */
export type Stage = { readonly lasts: Seconds; readonly from: number; readonly to: number };

/** At least one, in order, none of them overlapping. */
export type Windows = readonly [Cut, ...Cut[]];

/** From when to when, in seconds from the beginning of a step. */
export type Cut = { readonly from: Seconds; readonly to: Seconds };
