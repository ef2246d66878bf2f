import type { Labels } from './labels.ts';

/**
 * What a configured quantity means to the arithmetic of limits. replicas: how many copies are wanted; most-replicas: how many an autoscaler may make of them;
 * seen: how many there are, where more may come unannounced; surge: how many more a rollout starts; workers: how many
 * processes or workers each of them has; asks: what one replica may ask for;
 * sharers: how many there are that may each ask for that; reserve: what each of them may ask for beyond it; cap: the most that all of them may ask for;
 * gives: what one instance has for those who ask; held: how much of it is held by everybody; own: how much of that the configured part holds.
 */
export const termKinds = [
  'replicas',
  'most-replicas',
  'seen',
  'surge',
  'workers',
  'asks',
  'sharers',
  'reserve',
  'cap',
  'gives',
  'held',
  'own',
] as const;
export type TermKind = (typeof termKinds)[number];

/** Who may ask for what is given: the components that call the giver, those that run on it, or the component itself. */
export const askers = ['callers', 'carried', 'itself'] as const;

/** One quantity that limits are counted from, as it stood at the end of a span; no load is needed to read it. */
export type Term = {
  readonly component: string;
  readonly kind: TermKind;
  /** What it counts; both sides of a limit count the same. */
  readonly of: string;
  readonly unit: string;
  /** Who gives where that is not the component itself, as in "the quota of its namespace". */
  readonly giver: string | undefined;
  readonly to: (typeof askers)[number];
  /** What is given is shared rather than refused, and counts for one replica at a time. */
  readonly shared: boolean;
  /** What keeps several alike apart: database, user … */
  readonly at: Labels;
  /** The labels of the replica that it was read of; empty where there is one, or none is told apart. */
  readonly replica: Labels;
  /** Undefined where it should be known and is not. */
  readonly value: number | undefined;
  /** What was already taken off: reserved slots. */
  readonly less: number;
  /** The pack and which of its variants matched, or "stated". */
  readonly source: string;
  readonly promql: string;
};
