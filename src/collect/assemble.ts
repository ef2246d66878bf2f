import { type Labels, textOf } from '../model/labels.ts';
import type { Resource, Role } from '../model/resource.ts';
import type { SampleSeries, Signal } from '../model/signal.ts';
import type { Span } from '../model/span.ts';
import { seconds } from '../model/units.ts';
import type { Candidate, Summand } from './candidates.ts';
import { belonging, byInstance } from './instances.ts';
import { promqlOf } from './print.ts';
import { joined, pushTimes } from './pushed.ts';
import type { ResourceRows, Row } from './rows.ts';
import { constant, inside, intervalOf, meaningful, samplesOf, withoutCopies } from './samples.ts';

/** What the signals of one resource are made from. */
export type Material = {
  readonly pool: readonly SampleSeries[];
  readonly span: Span;
  /** Labels that only tell scrapers apart. */
  readonly copies: readonly string[];
  /** Labels that tell replicas apart. */
  readonly replicas: readonly string[];
  /** What the configuration states as this resource's ceiling. */
  readonly stated: number | undefined;
  /** Counters that come and go inside the span are one, as the pack says of what is pushed. */
  readonly pushed: boolean;
};

/** A row with the candidate that was found for it. */
export type ChosenRow = Row & { readonly candidate: Candidate | undefined };

/** All signals of one resource, one for each instance and role. */
export function signalsOf(
  { resource, told }: ResourceRows,
  rows: readonly ChosenRow[],
  material: Material,
): readonly Signal[] {
  const usage = rows.find(({ role }) => role === 'usage')?.candidate;
  const isShare = usage?.variant.share === true;
  const named: Resource = isShare && material.stated === undefined ? { ...resource, unit: 'ratio' } : resource;
  const found = rows.flatMap(({ role, candidate }) =>
    candidate ? signalsOfRole(named, role, candidate, told.floor, material) : [],
  );
  const interval = found.find(({ role }) => role === 'usage')?.interval ?? seconds(15);
  const ceiling = material.stated ?? (isShare ? 1 : undefined);
  if (ceiling === undefined) return found;
  const source = material.stated === undefined ? 'a share of the whole' : 'stated';
  return [
    ...found.filter(({ role }) => role !== 'ceiling'),
    constantSignal(named, ceiling, source, material.span, interval),
  ];
}

/** Pushed counters as one. */
const counted = (series: readonly SampleSeries[], form: Candidate['form'], { pushed }: Material) =>
  pushed && form === 'counter' ? joined(series, pushTimes(series)) : series;

function signalsOfRole(
  resource: Resource,
  role: Role,
  candidate: Candidate,
  told: number | undefined,
  material: Material,
): readonly Signal[] {
  const { source, variant, form } = candidate;
  if (form === 'fixed') return [constantSignal(resource, variant.fixed ?? 0, source, material.span, 1)];
  const parts = seriesOf(candidate.parts, material, variant);
  const less = seriesOf(candidate.less, material, {});
  const over = seriesOf(candidate.over, material, {});
  return byInstance(parts, candidate, material.replicas).map(({ at, series }) => ({
    resource,
    at,
    ...(material.replicas.length > 0 && { replicas: material.replicas }),
    role,
    form: form === 'promql' ? 'gauge' : form,
    parts: counted(series, form, material),
    less: [...belonging(less, at, candidate, material.replicas), ...idleOf(candidate, series, material)],
    over: belonging(over, at, candidate, material.replicas),
    scale: candidate.scale * (variant.share === true ? (material.stated ?? 1) : 1),
    interval: intervalOf(series) ?? seconds(material.span.to - material.span.from),
    evidence: {
      role,
      source,
      promql: printed(candidate, at, series, material),
      ...(variant.reads === undefined ? {} : { reads: variant.reads }),
    },
    ...flagsOf(role, variant, told),
  }));
}

/** What is particular to a role: below what a wait is none, and whether time in use is booked whole. */
function flagsOf(role: Role, variant: Candidate['variant'], told: number | undefined): Pick<Signal, 'floor' | 'whole'> {
  const floor = variant.floor ?? told;
  return { ...(isWait(role) && floor !== undefined && { floor }), ...(variant.whole === true && { whole: true }) };
}

/** What the series read where nothing waits. */
const idleOf = (
  { variant: { idle } }: Candidate,
  series: readonly SampleSeries[],
  { span }: Material,
): readonly SampleSeries[] =>
  idle === undefined ? [] : [constant(idle * series.length, span, intervalOf(series) ?? 1)];

const isWait = (role: Role): boolean => role === 'queue' || role === 'refusals' || role === 'stall';

function seriesOf(
  summands: readonly Summand[],
  { pool, span, copies }: Material,
  bounds: { readonly above?: number | undefined; readonly below?: number | undefined },
): readonly SampleSeries[] {
  const found = summands.flatMap(({ selectors }) => selectors.flatMap((selector) => samplesOf(pool, selector)));
  const once = [...new Map(found.map((series) => [textOf(series.labels), series])).values()];
  return inside(meaningful(withoutCopies(once, copies), bounds), span);
}

function printed(candidate: Candidate, at: Labels, series: readonly SampleSeries[], { pool }: Material): string {
  const range = seconds(Math.max(5, 4 * (intervalOf(series) ?? 15)));
  return promqlOf(candidate, { range, at, by: [], exists: (selector) => samplesOf(pool, selector).length > 0 });
}

function constantSignal(resource: Resource, value: number, source: string, span: Span, step: number): Signal {
  return {
    resource,
    at: {},
    role: 'ceiling',
    form: 'gauge',
    parts: [constant(value, span, step)],
    less: [],
    over: [],
    scale: 1,
    interval: seconds(Math.max(1, step)),
    evidence: { role: 'ceiling', source, promql: `vector(${value})` },
  };
}
