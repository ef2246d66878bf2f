import type { TermRow, Variant } from '../model/pack.ts';
import { possibleReplicaLabels } from '../model/replica-labels.ts';
import type { SampleSeries } from '../model/signal.ts';
import type { Span } from '../model/span.ts';
import type { Term } from '../model/term.ts';
import { epoch, seconds } from '../model/units.ts';
import { type Candidate, candidatesOf, type Rows } from './candidates.ts';
import { type Choice, choose, fetchAll } from './fetch.ts';
import { belonging, byInstance, replicaLabels } from './instances.ts';
import { promqlOf } from './print.ts';
import { type Reading, scopeOf } from './read-source.ts';
import { inCatalogue } from './resolve.ts';
import { intervalOf, samplesOf, withoutCopies } from './samples.ts';
import type { Scope } from './scope.ts';

type Told = { readonly row: TermRow; readonly rows: Rows; readonly stated: number | undefined };

/** How much of a span (s) its end is: what stood before it no longer matters, and a long span has too many samples. */
const atTheEnd = 300;

/**
 * Reads what limits are counted from, as it stood at the end of the span: the term rows of one pack for one component.
 * A row that is needed and cannot be read gives a term without a value; any other that has no series gives none.
 */
export async function readTerms(reading: Reading, { from, to }: Span, stop: AbortSignal): Promise<readonly Term[]> {
  const span = { from: epoch(Math.max(from, to - atTheEnd)), to };
  const told = toldOf(reading);
  if (told.length === 0) return [];
  const lists = told.map((one) => (one.stated === undefined ? candidatesFor(reading, one) : []));
  const choice = await choose(reading.source, lists, span, stop);
  const { series } = await fetchAll(reading.source, choice, span, stop);
  const read = told.map((one, index) => readTerm(reading, one, choice.chosen[index], series, choice));
  const gifts = read.flat().filter(({ kind }) => kind === 'gives');
  const expressed = told.map(async (one, index) => {
    const candidate = choice.chosen[index];
    const isWanted = gifts.some(({ of, giver }) => of === one.row.of && giver === one.row.giver);
    if (candidate?.form !== 'promql' || !isWanted) return [];
    return termsOf(reading, one, candidate, await expressionOf(reading, candidate, span, stop), choice);
  });
  return [...read, ...(await Promise.all(expressed))].flat();
}

/** What a row comes to; an expression waits until it is known that anybody gives what it tells of. */
function readTerm(
  reading: Reading,
  told: Told,
  candidate: Candidate | undefined,
  pool: readonly SampleSeries[],
  choice: Choice,
): readonly Term[] {
  const { row, stated } = told;
  if (stated !== undefined) return [termOf(reading, row, { value: stated, source: 'stated' })];
  const found = candidate && candidate.form !== 'promql' ? termsOf(reading, told, candidate, pool, choice) : [];
  return found.length > 0 || row.needed !== true ? found : [termOf(reading, row, { source: 'not found' })];
}

/** The rows that say something here: what the configured part holds says nothing where no part is configured. */
function toldOf({ pack, component, from }: Reading): readonly Told[] {
  const told = (pack.limits ?? []).map((row): Told => {
    const resource = pack.resources?.find(({ id }) => id === row.resource);
    return { row, rows: rowsOf(row, resource), stated: resource && component.ceilings[resource.id] };
  });
  return told.filter(
    ({ row, rows }) => row.term !== 'own' || Object.keys(rows.part ?? {}).some((key) => Object.hasOwn(from.part, key)),
  );
}

/** What a row says itself stands before what its resource says. */
function rowsOf(row: TermRow, resource: Rows | undefined): Rows {
  const { per, part, workload } = { ...resource, ...row };
  return { ...(per && { per }), ...(part && { part }), ...(workload && { workload }) };
}

function candidatesFor(reading: Reading, { row, rows }: Told): readonly Candidate[] {
  const scope = scopeOf(reading);
  const wide: Scope = row.elsewhere === true ? { ...scope, select: {} } : scope;
  return candidatesOf(reading.pack, rows, variantsOf(reading, row), wide);
}

function variantsOf({ pack }: Reading, row: TermRow): readonly Variant[] {
  return row.from ?? pack.resources?.find(({ id }) => id === row.resource)?.ceiling ?? [];
}

function termsOf(
  reading: Reading,
  { row }: Told,
  candidate: Candidate,
  pool: readonly SampleSeries[],
  choice: Choice,
): readonly Term[] {
  const { variant, source, form } = candidate;
  const { component, pack } = reading;
  if (form === 'fixed') return [termOf(reading, row, { value: variant.fixed ?? 0, source })];
  const copies = row.copies ?? pack.copies ?? [];
  const parts = current(copies, pool, candidate.parts, boundsOf(row, candidate));
  const less = current(copies, pool, candidate.less, {});
  const over = current(copies, pool, candidate.over, {});
  const possible = row.replica ?? possibleReplicaLabels(component.replica, pack.replica);
  const replicas = replicaLabels(
    possible,
    parts.map(({ labels }) => labels),
  );
  const exists = (selector: Parameters<typeof inCatalogue>[1]): boolean =>
    inCatalogue(choice.catalogue, selector).length > 0;
  return byInstance(parts, candidate, replicas).map(({ at, series }) => {
    const of = (other: readonly SampleSeries[]): number => lastSum(belonging(other, at, candidate, replicas));
    const whole = form === 'count' ? series.length : lastSum(series);
    const divisor = over.length > 0 ? of(over) : 1;
    const range = seconds(Math.max(5, 4 * (intervalOf(series) ?? 15)));
    return termOf(reading, row, {
      value: (candidate.scale * (whole - of(less))) / divisor,
      less: (candidate.scale * of(less)) / divisor,
      source,
      promql: promqlOf(candidate, { range, at, by: [], exists }),
      ...apart(at, candidate),
    });
  });
}

/** What is told as the ceiling of a resource, and limits nothing, gives and asks for no number. */
function boundsOf({ from }: TermRow, { variant, form }: Candidate): Pick<Variant, 'above' | 'below'> {
  return from === undefined && form === 'gauge' ? { ...variant, above: Math.max(0, variant.above ?? 0) } : variant;
}

/** Labels of the replica, and those that keep several alike apart. */
function apart(at: Term['at'], candidate: Candidate): Pick<Term, 'at' | 'replica'> {
  const isPer = (label: string): boolean => Object.hasOwn(candidate.per, label);
  const entries = Object.entries(at);
  return {
    at: Object.fromEntries(entries.filter(([label]) => isPer(label))),
    replica: Object.fromEntries(entries.filter(([label]) => !isPer(label))),
  };
}

function termOf(
  { component }: Reading,
  row: TermRow,
  read: Pick<Term, 'source'> & Partial<Pick<Term, 'value' | 'less' | 'at' | 'replica' | 'promql'>>,
): Term {
  return {
    component: component.name,
    kind: row.term,
    of: row.of,
    unit: row.unit ?? row.of,
    giver: row.giver,
    to: row.to ?? 'callers',
    shared: row.shared ?? false,
    at: {},
    replica: {},
    value: undefined,
    less: 0,
    promql: read.value === undefined ? '' : `vector(${read.value})`,
    ...read,
  };
}

/** What of a series may be late before it counts as gone, in its own intervals. */
const late = 3;

/** The series of a sum that still speak at the end: what a rollout or a restart left behind does not count. */
function current(
  copies: readonly string[],
  pool: readonly SampleSeries[],
  summands: Candidate['parts'],
  bounds: Pick<Variant, 'above' | 'below'>,
): readonly SampleSeries[] {
  const found = new Set(summands.flatMap(({ selectors }) => selectors.flatMap((one) => samplesOf(pool, one))));
  const once = withoutCopies([...found], copies);
  const newest = Math.max(...once.map(({ times }) => times.at(-1) ?? 0));
  const patience = late * (intervalOf(once) ?? 60);
  return once.filter(
    ({ times, values }) => (times.at(-1) ?? 0) >= newest - patience && isMeant(values.at(-1) ?? Number.NaN, bounds),
  );
}

/** Outside its bounds a value means "none" or "no limit". */
const isMeant = (value: number, { above = -Infinity, below = Infinity }: Pick<Variant, 'above' | 'below'>): boolean =>
  value > above && value < below;

const lastSum = (series: readonly SampleSeries[]): number =>
  series.reduce((sum, { values }) => sum + (values.at(-1) ?? 0), 0);

/** How far apart the points of an expression lie that no series holds. */
const stepOfExpressions = seconds(15);

async function expressionOf(
  { source }: Reading,
  { expression = '' }: Candidate,
  span: Span,
  stop: AbortSignal,
): Promise<readonly SampleSeries[]> {
  const { series } = await source.range(expression, span, stepOfExpressions, stop);
  return series.map((one) => ({ ...one, labels: { ...one.labels, __name__: expression } }));
}
