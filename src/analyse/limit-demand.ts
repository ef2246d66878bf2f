import { type Labels, textOf } from '../model/labels.ts';
import type { LimitTerm } from '../model/limit.ts';
import type { Term, TermKind } from '../model/term.ts';
import { atLeast, type Bounds, exactly, lowestOf, sumOf, times } from './bounds.ts';
import { readFrom } from './limit-replicas.ts';
import { counted, said, termBounds } from './limit-words.ts';

/** What one replica of a component may ask for. */
export type Demand = { readonly bounds: Bounds; readonly terms: readonly LimitTerm[] };

/**
 * What one replica of a component may ask for of what is counted as `of`, in the part that says the same as `at`: of its replicas the one that may ask for most.
 * Undefined where it asks for none of it.
 */
export function demandOf(component: string, of: string, at: Labels, terms: readonly Term[]): Demand | undefined {
  const own = terms.filter((term) => term.component === component && term.of === of);
  const asks = own.filter(({ kind }) => kind === 'asks');
  const replicas = [...Map.groupBy(asks, ({ replica }) => textOf(replica)).values()];
  const demands = replicas.map((group) => demandOfReplica(group, own, at)).filter((demand) => demand !== undefined);
  return demands.toSorted((a, b) => b.bounds.high - a.bounds.high)[0];
}

function demandOfReplica(asks: readonly Term[], own: readonly Term[], at: Labels): Demand | undefined {
  const parts = asks.map((ask) => partOf(ask, own, at)).filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  return { bounds: sumOf(parts.map(({ bounds }) => bounds)), terms: parts.flatMap((part) => part.terms) };
}

/** One size, for each of those who share it, with what is kept in reserve for each, up to what caps all of them. */
function partOf(ask: Term, own: readonly Term[], at: Labels): Demand | undefined {
  if (ask.value === undefined) return { bounds: atLeast(0), terms: [unknown(ask)] };
  const beside = (kind: TermKind): readonly Term[] =>
    own.filter((term) => term.kind === kind && agree(term.replica, ask.replica) && agree(term.at, ask.at));
  const sharers = beside('sharers');
  const those = sharers.filter((one) => says({ ...ask.at, ...one.at }, at));
  if (!says(ask.at, at) && those.length === 0) return undefined;
  const many = sharersOf(sharers, those, own);
  const [reserve] = beside('reserve');
  const [cap] = beside('cap');
  const whole = times(exactly(ask.value + (reserve?.value ?? 0)), many);
  const bounds = cap?.value === undefined ? whole : lowestOf(whole, exactly(cap.value));
  return { bounds, terms: [spelled(ask, many, { bounds, reserve: reserve?.value, cap: cap?.value })] };
}

/** None that could share: one. Some elsewhere, but none here yet: one may come. Not to be seen: at least one. */
function sharersOf(sharers: readonly Term[], those: readonly Term[], own: readonly Term[]): Bounds {
  const kind = own.filter((term) => term.kind === 'sharers');
  if (kind.length === 0) return exactly(1);
  if (kind.some(({ value }) => value === undefined)) return atLeast(1);
  return sharers.length === 0 ? { low: 0, high: 1 } : exactly(those.reduce((sum, { value = 0 }) => sum + value, 0));
}

type Spelled = { readonly bounds: Bounds; readonly reserve: number | undefined; readonly cap: number | undefined };

function spelled(ask: Term, many: Bounds, { bounds, reserve = 0, cap }: Spelled): LimitTerm {
  const size = counted(ask.value ?? 0, ask.unit);
  const extra = reserve > 0 ? ` and ${counted(reserve, ask.unit)} in reserve` : '';
  const each = many.low === 1 && many.high === 1 ? '' : `, each for ${said(many)} of its users`;
  const capped = cap === undefined ? '' : `, ${counted(cap, ask.unit)} at most`;
  return {
    side: 'asked',
    component: ask.component,
    text: `${named(ask)}${size}${extra}${each}${capped}`,
    ...termBounds(bounds),
    ...readFrom(ask),
  };
}

const named = ({ component, at }: Term): string => {
  const part = Object.values(at).join(', ');
  return part === '' ? `each ${component}: ` : `each ${component}, ${part}: `;
};

const unknown = (ask: Term): LimitTerm => ({
  side: 'asked',
  component: ask.component,
  text: `how many ${ask.unit} ${ask.component} may ask for is not known`,
  ...termBounds(atLeast(0)),
  provenance: 'unknown',
  source: null,
  promql: null,
});

/** Nothing that both say differs. */
const agree = (a: Labels, b: Labels): boolean =>
  Object.entries(a).every(([label, value]) => b[label] === undefined || b[label] === value);

/** Everything that is wanted is said. */
const says = (labels: Labels, wanted: Labels): boolean =>
  Object.entries(wanted).every(([label, value]) => labels[label] === value);
