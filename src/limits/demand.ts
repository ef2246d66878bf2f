import { fits, type Labels, textOf } from '../model/labels.ts';
import type { LimitTerm } from '../model/limit.ts';
import type { Term, TermKind } from '../model/term.ts';
import { atLeast, type Bounds, exactly, lowestOf, sumOf, times } from './bounds.ts';
import { readTerm, unknownTerm } from './term.ts';
import { counted, said } from './words.ts';

/** What one replica of a component may ask for. */
export type Demand = {
  readonly bounds: Bounds;
  readonly terms: readonly LimitTerm[];
  /** How many replicas it was read of. */
  readonly replicas: number;
};

type Part = Pick<Demand, 'bounds' | 'terms'>;

/**
 * What one replica of a component may ask for of what is counted as `of`, in the part that says the same as `at`: of its replicas the one that may ask for most.
 * Undefined where it asks for none of it.
 */
export function demandOf(component: string, of: string, at: Labels, terms: readonly Term[]): Demand | undefined {
  const own = terms.filter((term) => term.component === component && term.of === of);
  const asks = own.filter(({ kind }) => kind === 'asks');
  const replicas = [...Map.groupBy(asks, outermost).values()];
  const demands = replicas.map((group) => demandOfReplica(group, own, at)).filter((demand) => demand !== undefined);
  const most = demands.toSorted((a, b) => b.bounds.high - a.bounds.high)[0];
  return most && { ...most, replicas: replicas.length };
}

/** The first label that tells replicas apart: several processes of one pod ask together. */
function outermost({ replica }: Term): string {
  return Object.entries(replica)[0]?.join('=') ?? '';
}

/** Whether everything that is wanted is said. */
export const says = (labels: Labels, wanted: Labels): boolean =>
  Object.entries(wanted).every(([label, value]) => labels[label] === value);

function demandOfReplica(asks: readonly Term[], own: readonly Term[], at: Labels): Part | undefined {
  const parts = asks.map((ask) => partOf(ask, own, at)).filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  return { bounds: sumOf(parts.map(({ bounds }) => bounds)), terms: parts.flatMap((part) => part.terms) };
}

/** One size, for each of those who share it, with what is kept in reserve for each, up to what caps all of them. */
function partOf(ask: Term, own: readonly Term[], at: Labels): Part | undefined {
  const where = { side: 'asked', component: ask.component } as const;
  if (ask.value === undefined) {
    const text = `how many ${ask.unit} ${ask.component} may ask for is not known`;
    return { bounds: atLeast(0), terms: [unknownTerm(where, text, atLeast(0))] };
  }
  const beside = (kind: TermKind): readonly Term[] =>
    own.filter((term) => term.kind === kind && fits(term.replica, ask.replica) && fits(term.at, ask.at));
  const those = beside('sharers').filter((one) => says({ ...ask.at, ...one.at }, at));
  if (!says(ask.at, at) && those.length === 0) return undefined;
  const many = sharersOf(beside('sharers'), those, own);
  const reserve = beside('reserve')[0]?.value ?? 0;
  const cap = beside('cap')[0]?.value ?? Number.POSITIVE_INFINITY;
  const bounds = lowestOf(times(exactly(ask.value + reserve), many), exactly(cap));
  return { bounds, terms: [readTerm(where, spelled(ask, many, reserve, cap), bounds, ask)] };
}

/** Nobody could share: one. Some share elsewhere, but none here yet: one may come. Not to be seen: at least one. */
function sharersOf(here: readonly Term[], those: readonly Term[], own: readonly Term[]): Bounds {
  const anywhere = own.filter(({ kind }) => kind === 'sharers');
  if (anywhere.length === 0) return exactly(1);
  if (anywhere.some(({ value }) => value === undefined)) return atLeast(1);
  if (here.length === 0) return { low: 0, high: 1 };
  const replicas = [...Map.groupBy(those, ({ replica }) => textOf(replica)).values()];
  return exactly(Math.max(...replicas.map((group) => group.reduce((sum, { value = 0 }) => sum + value, 0))));
}

/** "each bouncer, shop: 20 connections and 5 in reserve, for each of 2 users, 30 at most" */
function spelled(ask: Term, many: Bounds, reserve: number, cap: number): string {
  const part = Object.values(ask.at);
  const extra = reserve > 0 ? ` and ${said(exactly(reserve), ask.unit)} in reserve` : '';
  const each = many.low === 1 && many.high === 1 ? '' : `, for each of ${said(many)} users`;
  const capped = Number.isFinite(cap) ? `, ${said(exactly(cap), ask.unit)} at most` : '';
  return `each ${[ask.component, ...part].join(', ')}: ${counted(ask.value ?? 0, ask.unit)}${extra}${each}${capped}`;
}
