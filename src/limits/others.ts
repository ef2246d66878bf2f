import type { LimitTerm } from '../model/limit.ts';
import type { Term } from '../model/term.ts';
import { atLeast, atMost, type Bounds, exactly, minus } from './bounds.ts';
import { says } from './demand.ts';
import { readTerm, unknownTerm } from './term.ts';
import { said } from './words.ts';

/** What others hold of it, who are not among those that ask. */
export type Others = { readonly bounds: Bounds; readonly terms: readonly LimitTerm[] };

/**
 * What others hold of what is given: all that is held less what our own hold. What is reserved is always held in full (`reserved`, by those that ask);
 * of what is borrowed our own part is read, where the configuration narrows to it. Where our own part is not known, others hold at most all of it.
 */
export function othersOf(gives: Term, terms: readonly Term[], reserved: Bounds | undefined): Others {
  const where = { side: 'asked', component: gives.component } as const;
  const held = heldOf(gives, terms);
  const [first] = held;
  if (!first) {
    const text = `how many ${gives.unit} others hold is not known`;
    return { bounds: atLeast(0), terms: [unknownTerm(where, text, atLeast(0))] };
  }
  const all = total(held);
  const own = besideOf(gives, terms).filter(({ kind }) => kind === 'own');
  const ours = reserved ?? (own.length > 0 ? exactly(total(own)) : undefined);
  const bounds = ours ? minus(exactly(all), ours) : atMost(all);
  const of = ours ? '' : `, of ${said(exactly(all), gives.unit)} that are held now`;
  return { bounds, terms: [readTerm(where, `${said(bounds, gives.unit)} that others hold${of}`, bounds, first)] };
}

/**
 * Whether a gift cannot be meant for those that ask: less of it is held than they hold for certain, though there is room for one more of each (`each`).
 * A quota with a scope is so for pods that are not in it.
 */
export function isForOthers(gives: Term, terms: readonly Term[], reserved: Bounds, each: Bounds): boolean {
  const held = heldOf(gives, terms);
  if (held.length === 0 || gives.value === undefined) return false;
  return total(held) < reserved.low && total(held) + each.high <= gives.value;
}

function heldOf(gives: Term, terms: readonly Term[]): readonly Term[] {
  return besideOf(gives, terms).filter(({ kind }) => kind === 'held');
}

const besideOf = (gives: Term, terms: readonly Term[]): readonly Term[] =>
  terms.filter(
    (term) =>
      term.component === gives.component &&
      term.of === gives.of &&
      term.giver === gives.giver &&
      says(term.at, gives.at),
  );

const total = (terms: readonly Term[]): number => terms.reduce((sum, { value = 0 }) => sum + value, 0);
