import type { Reported } from './commands.ts';
import type { Other } from './install.ts';
import type { StepLine } from './plimsoll.ts';
import type { Saturated } from './trials.ts';

/** Everything that can send in the benchmark; `plimsoll` sends by open arrivals, `users` is our engine too; `bare` is the ring of undici clients without anything around it. */
export type Generator = 'plimsoll' | 'users' | 'bare' | Other;

/** What was injected and what was reported of it, in milliseconds. */
export type Truth = {
  readonly delay: number;
  /** What the server itself says that it took, while our engine asked. */
  readonly injected: Reported;
  readonly service: Reported;
  readonly response: Reported;
  readonly lag: Reported;
  readonly others: Readonly<Partial<Record<Other, Reported>>>;
};

/** One round: each generator once, one after the other. A part that was not asked for is absent. */
export type Round = {
  readonly saturated?: Readonly<Partial<Record<Generator, Saturated>>>;
  /** Walks of three requests in sessions, with checks and extraction. */
  readonly sessions?: Readonly<Partial<Record<'plimsoll' | 'k6', Saturated>>>;
  /** Our engine at shares of its maximum in this round. */
  readonly steps?: readonly (StepLine & { readonly share: number })[];
  readonly tenThousand?: StepLine;
  /** Resident bytes for each request in flight: ours, and the bare ring's. */
  readonly perInFlight?: { readonly plimsoll: number; readonly bare: number };
  readonly truth?: readonly Truth[];
};

/** What is kept in test/bench/results/load.json. */
export type LoadResults = {
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly skipped: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly rounds: readonly Round[];
};

/** A number of which each round has one: its median, and the lowest and the highest. */
export type Spread = { readonly median: number; readonly low: number; readonly high: number };

export function spreadOf(values: readonly (number | undefined)[]): Spread | undefined {
  const sorted = values
    .filter((value): value is number => value !== undefined && Number.isFinite(value))
    .toSorted((a, b) => a - b);
  const [low] = sorted;
  const high = sorted.at(-1);
  if (low === undefined || high === undefined) return undefined;
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] ?? low) + (sorted[Math.ceil(middle)] ?? low)) / 2;
  return { median, low, high };
}
