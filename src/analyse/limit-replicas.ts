import type { Component } from '../model/component.ts';
import { textOf } from '../model/labels.ts';
import type { LimitTerm } from '../model/limit.ts';
import type { Signal } from '../model/signal.ts';
import type { Term, TermKind } from '../model/term.ts';
import { atLeast, type Bounds, exactly, plus } from './bounds.ts';
import { counted, said, termBounds } from './limit-words.ts';

/** How many of something there may be, in words, with what that is counted from. */
export type Count = {
  readonly bounds: Bounds;
  /** How many there are now, where that is told. */
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
  const told = (kind: TermKind): Term | undefined => own.find((term) => term.kind === kind && term.value !== undefined);
  const [wanted, most, surge] = [told('replicas'), told('most-replicas'), told('surge')];
  const base = most ?? wanted;
  if (base?.value === undefined) return seenOf(component, told('seen'), own, signals);
  const more = surge && surgeOf(surge.value ?? 0, wanted?.value ?? base.value, base.value);
  const bounds = more ? plus(exactly(base.value), more) : exactly(base.value);
  const maximum = most ? " at the autoscaler's maximum" : '';
  const rollout = more && more.high > 0 ? ` and ${said(more)} more in a rollout` : '';
  const side = { side: 'asked', component: component.name } as const;
  return {
    bounds,
    present: wanted?.value,
    unit: base.unit,
    text: `${counted(base.value, base.unit)}${maximum}${rollout}`,
    terms: [
      {
        ...side,
        text: `${counted(base.value, base.unit)}${maximum}`,
        ...termBounds(exactly(base.value)),
        ...readFrom(base),
      },
      ...(surge && more
        ? [{ ...side, text: `${said(more)} more in a rollout`, ...termBounds(more), ...readFrom(surge) }]
        : []),
    ],
  };
}

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

function seenOf(component: Component, told: Term | undefined, terms: readonly Term[], signals: readonly Seen[]): Count {
  const present = told?.value ?? instancesIn(component, terms, signals);
  const unit = told?.unit ?? 'instances';
  const mayGrow = told !== undefined || component.workload !== undefined || present === undefined;
  const bounds = mayGrow ? atLeast(present ?? 1) : exactly(present);
  const side = { side: 'asked', component: component.name } as const;
  const now: LimitTerm = {
    ...side,
    text: `${counted(present ?? 1, unit)} seen`,
    ...termBounds(exactly(present ?? 1)),
    ...(told ? readFrom(told) : { provenance: 'counted', source: null, promql: null }),
  };
  const unknown: LimitTerm = {
    ...side,
    text: `how many ${unit} of ${component.name} there may be is not known`,
    ...termBounds(bounds),
    provenance: 'unknown',
    source: null,
    promql: null,
  };
  return { bounds, present, unit, text: now.text, terms: mayGrow ? [now, unknown] : [now] };
}

/** How many instances the readings tell apart; undefined where there are none. */
function instancesIn(
  { name, replica }: Component,
  terms: readonly Term[],
  signals: readonly Seen[],
): number | undefined {
  const read = [...Map.groupBy(terms, ({ kind, of }) => `${kind} ${of}`).values()].map(
    (group) => new Set(group.map((term) => textOf(term.replica))).size,
  );
  const labels = replica === undefined ? ['pod', 'instance'] : [replica];
  const seen = [
    ...Map.groupBy(
      signals.filter(({ resource }) => resource.component === name),
      ({ resource }) => resource.resource,
    ).values(),
  ].map((group) => new Set(group.map(({ at }) => labels.map((label) => at[label] ?? '').join('\n'))).size);
  const all = [...read, ...seen];
  return all.length > 0 ? Math.max(...all) : undefined;
}

/** Where a term comes from. */
export const readFrom = ({ source, promql }: Term): Pick<LimitTerm, 'provenance' | 'source' | 'promql'> =>
  source === 'stated' ? { provenance: 'stated', source, promql: null } : { provenance: 'read', source, promql };
