import type { Component } from './component.ts';
import type { Selected } from './labels.ts';
import type { Objectives } from './objectives.ts';
import type { Plan } from './plan.ts';
import type { Script } from './script.ts';
import type { StopLimits } from './stop-limits.ts';
import type { PerSecond } from './units.ts';

/** The load against which headroom is stated. */
export type Reference =
  | { readonly kind: 'expected'; readonly load: PerSecond }
  | { readonly kind: 'history'; readonly load: PerSecond; readonly days: number }
  | { readonly kind: 'unknown'; readonly why: string };

/** One analysis to be made. With plan and script it is a probe, without it observes. */
export type Order = {
  readonly run: string;
  readonly target: string;
  /** Hash of the configuration it was made from. */
  readonly config: string;
  readonly version: string;
  readonly components: readonly Component[];
  readonly traffic: TrafficSource | undefined;
  readonly objectives: Objectives;
  readonly reference: Reference;
  readonly load:
    | {
        readonly plan: Plan;
        readonly script: Script;
        readonly guards: Readonly<Record<string, string>>;
        /** When it is ended for safety; without it, as always. */
        readonly stop?: StopLimits;
      }
    | undefined;
};

/** Where the target's own account of its traffic is read. */
export type TrafficSource = {
  readonly pack: string;
  readonly from: string;
  readonly select: Selected;
  /** Label → values that do not count. */
  readonly except: Readonly<Record<string, readonly string[]>>;
};
