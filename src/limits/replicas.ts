import type { Component } from '../model/component.ts';
import { textOf } from '../model/labels.ts';
import type { LimitTerm } from '../model/limit.ts';
import { possibleReplicaLabels } from '../model/replica-labels.ts';
import type { Signal } from '../model/signal.ts';
import type { Term, TermKind } from '../model/term.ts';
import { atLeast, type Bounds, exactly, plus } from './bounds.ts';
import { countedTerm, readTerm, unknownTerm } from './term.ts';
import { counted, said } from './words.ts';

/** How many of something there may be, in words, with what that is counted from. */
export type Count = {
  readonly bounds: Bounds;
  /** How many are wanted now, where that is told. */
  readonly present: number | undefined;
  readonly unit: string;
  readonly text: string;
  readonly terms: readonly LimitTerm[];
};

/** What of a signal tells which instances there are. */
export type Seen = Pick<Signal, 'resource' | 'at'>;

/**
 * How many replicas of a component there may be at once: as many as the autoscaler may make of it, else as are wanted, and what a rollout adds to them.
 * Where nobody tells how many are wanted, those that are seen are counted; under an orchestrator more may come.
 */
export function replicasOf(component: Component, terms: readonly Term[], signals: readonly Seen[]): Count {
  const own = terms.filter((term) => term.component === component.name);
  const told = (kind: TermKind): readonly Term[] => own.filter((term) => term.kind === kind);
  const [wanted, most, surge] = [told('replicas'), told('most-replicas'), told('surge')];
  const base = most[0] ?? wanted[0];
  if (!base) return seenOf(component, told('seen'), own, signals);
  const number = total(most.length > 0 ? most : wanted);
  const more = surge[0] ? surgeOf(total(surge), wanted.length > 0 ? total(wanted) : number, number) : exactly(0);
  const maximum = most.length > 0 ? " at the autoscaler's maximum" : '';
  const where = { side: 'asked', component: component.name } as const;
  const [text, rollout] = [`${counted(number, base.unit)}${maximum}`, `${said(more)} more in a rollout`];
  return {
    bounds: plus(exactly(number), more),
    present: wanted.length > 0 ? total(wanted) : undefined,
    unit: base.unit,
    text: more.high > 0 ? `(${text} and ${rollout})` : text,
    terms: [
      readTerm(where, text, exactly(number), base),
      ...surge.slice(0, 1).map((term) => readTerm(where, rollout, more, term)),
    ],
  };
}

const total = (terms: readonly Term[]): number => terms.reduce((sum, { value = 0 }) => sum + value, 0);

/** What an orchestrator rounds up a share of the replicas to where nobody says otherwise: a quarter. */
const usualShare = 1 / 4;

/**
 * What a rollout adds at `most` replicas, when it would add `now` at `wanted`: as many, where that is a number; where it is a share p of them, rounded up,
 * now − 1 < p × wanted ≤ now holds. What fits the usual share is taken for it.
 *
 * @example surgeOf(1, 4, 10) // => { low: 1, high: 3 }: one more, or a quarter of ten
 */
function surgeOf(now: number, wanted: number, most: number): Bounds {
  if (now === 0 || wanted === 0 || wanted === most) return exactly(now);
  const isUsual = now === Math.ceil(wanted * usualShare);
  const lowest = isUsual ? now : Math.floor(((now - 1) / wanted) * most) + 1;
  const highest = Math.ceil((isUsual ? usualShare : now / wanted) * most);
  return { low: Math.min(now, lowest), high: Math.max(now, highest) };
}

function seenOf(component: Component, told: readonly Term[], terms: readonly Term[], signals: readonly Seen[]): Count {
  const [first] = told;
  const present = first ? total(told) : instancesIn(component, terms, signals);
  const unit = first?.unit ?? 'instances';
  const mayGrow = first !== undefined || component.workload !== undefined || present === undefined;
  const where = { side: 'asked', component: component.name } as const;
  const text = `${counted(present ?? 1, unit)} seen`;
  const now = first
    ? readTerm(where, text, exactly(present ?? 1), first)
    : countedTerm(where, text, exactly(present ?? 1));
  const bounds = mayGrow ? atLeast(present ?? 1) : exactly(present);
  const unknown = `how many ${unit} of ${component.name} there may be is not known`;
  return {
    bounds,
    present: undefined,
    unit,
    text,
    terms: mayGrow ? [now, unknownTerm(where, unknown, bounds)] : [now],
  };
}

/** How many instances the readings tell apart; undefined where there are no readings. */
function instancesIn(
  { name, replica }: Component,
  terms: readonly Term[],
  signals: readonly Seen[],
): number | undefined {
  const labels = possibleReplicaLabels(replica);
  const own = signals.filter(({ resource }) => resource.component === name);
  const seen = Map.groupBy(own, ({ resource }) => resource.resource).values();
  const read = Map.groupBy(terms, ({ kind, of }) => `${kind} ${of}`).values();
  const all = [
    ...[...read].map((group) => apart(group.map(({ replica }) => textOf(replica)))),
    ...[...seen].map((group) => apart(group.map(({ at }) => labels.flatMap((label) => at[label] ?? []).join('\n')))),
  ];
  return all.length > 0 ? Math.max(...all) : undefined;
}

/** How many names there are; what has none stands for all of them. */
function apart(names: readonly string[]): number {
  const named = new Set(names.filter((name) => name !== ''));
  return Math.max(1, named.size);
}
