import type { BlindSpot } from './blind-spot.ts';
import type { Limit } from './limit.ts';
import type { VerdictKind } from './verdict.ts';

/** How well a resource is seen. saturation: how full it is and whether work waits; fullness: how full, but not whether work waits; usage: how much is used, but of how much is not known. */
export type Sight = 'saturation' | 'fullness' | 'usage';

/** What is seen of one resource, over all its instances. `interval` and `lag` in seconds: how far apart its samples lie, and how old the newest is. */
export type Sighted = {
  readonly component: string;
  readonly resource: string;
  readonly sight: Sight;
  readonly instances: number;
  readonly interval: number;
  readonly lag: number;
  /** Packs and their variants that tell it. */
  readonly sources: readonly string[];
};

/** Whether a verdict could be reached as things are, and why (not). */
export type Prospect = { readonly kind: VerdictKind; readonly possible: boolean; readonly because: string };

/** What there is to see of one target, and what could be said of it. */
export type TargetDiagnosis = {
  readonly target: string;
  /** Whether a run could answer at all. */
  readonly answerable: boolean;
  readonly load: string;
  readonly headroom: string;
  readonly scrape: string;
  readonly sees: readonly Sighted[];
  readonly blind: readonly BlindSpot[];
  readonly limits: readonly Limit[];
  readonly verdicts: readonly Prospect[];
  readonly notes: readonly string[];
};

/** One Prometheus: whether it answers, and how its time compares with ours. */
export type PrometheusDiagnosis = {
  readonly name: string;
  readonly url: string;
  readonly answers: boolean;
  readonly text: string;
  /** A clock that differs, or samples that come late. */
  readonly warning: string | undefined;
};

/** A configuration and its Prometheus, looked at before anything is done. */
export type Diagnosis = {
  readonly file: string;
  readonly prometheus: readonly PrometheusDiagnosis[];
  readonly targets: readonly TargetDiagnosis[];
  readonly notes: readonly string[];
};
