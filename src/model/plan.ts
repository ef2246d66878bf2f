import type { PerSecond, Seconds } from './units.ts';

/** How load is offered: open arrivals in rising steps. Laid out: every step has its rate, its settle and its measure phase. */
export type Plan = {
  readonly name: string;
  readonly model: 'open';
  readonly arrivals: 'uniform' | 'poisson';
  readonly seed: number;
  readonly steps: readonly Step[];
  /** The slowest scrape interval the steps are laid out against. */
  readonly scrape: Seconds;
  /** After so many steps in a row that fell clearly behind it ends; 0 or nothing goes on to the end. */
  readonly overloadedSteps?: number;
};

/** One stretch of constant load. Only the measure phase counts. */
export type Step = {
  readonly index: number;
  readonly rate: PerSecond;
  readonly settle: Seconds;
  readonly measure: Seconds;
};
