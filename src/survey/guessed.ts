import type { Labels } from '../model/labels.ts';

/** Where something is looked up, as a configuration writes it. */
export type GuessedSource = { readonly pack: string; readonly select: Labels };

/** A component that the series speak of. */
export type GuessedComponent = {
  readonly name: string;
  readonly signals: readonly GuessedSource[];
  readonly workload: Labels | undefined;
  readonly on: string | undefined;
  /** What it may wait for: no series tells that. */
  readonly mayCall: readonly string[];
  readonly remarks: readonly string[];
};

/** A target that the series speak of. */
export type GuessedTarget = {
  readonly name: string;
  readonly traffic: GuessedSource | undefined;
  readonly own: GuessedComponent | undefined;
  /** What runs in the same pods and has a quota of its own. */
  readonly beside: readonly GuessedComponent[];
  /** Shared components that may belong to it. */
  readonly uses: readonly string[];
  readonly remarks: readonly string[];
};

/** A beginning of a configuration. */
export type Guess = {
  readonly targets: readonly GuessedTarget[];
  readonly shared: readonly GuessedComponent[];
  readonly notes: readonly string[];
};
