import type { Traffic } from '../model/collected.ts';
import type { Note } from '../model/note.ts';
import type { TrafficSource } from '../model/order.ts';
import type { Pack, PackTraffic, Variant } from '../model/pack.ts';
import type { SampleSeries } from '../model/signal.ts';
import type { Span } from '../model/span.ts';
import { seconds } from '../model/units.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import { type Choice, choose, fetchAll } from './fetch.ts';
import { promqlOf } from './print.ts';
import { cumulative, joined, pushTimes } from './pushed.ts';
import { inCatalogue, selectorsOf } from './resolve.ts';
import { intervalOf, samplesOf, withoutCopies } from './samples.ts';
import type { Scope } from './scope.ts';
import type { Source } from './source.ts';
import { summedUp } from './summed-up.ts';

/** Beyond this many bucket series a quantile costs more than it tells. */
const mostBuckets = 5000;

type Roles = { readonly [K in keyof Required<PackTraffic>]: Candidate | undefined };

/** Reads the target's own account of its traffic in the span; undefined, with a note, where there is none. */
export async function readTraffic(
  source: Source,
  pack: Pack,
  from: TrafficSource,
  span: Span,
  stop: AbortSignal,
): Promise<{ readonly traffic: Traffic | undefined; readonly notes: readonly Note[] }> {
  const scope: Scope = { base: source.select, select: from.select, part: {}, located: {}, except: from.except };
  const choice = await choose(source, listsOf(pack, scope), span, stop);
  const roles = rolesOf(choice);
  if (!roles.completions) {
    const text = `the target's traffic is not seen: no series of pack "${pack.pack}" fits its "select"`;
    return { traffic: undefined, notes: [...choice.notes, { about: 'data', text }] };
  }
  const tooMany = bucketCount(choice, roles.buckets) > mostBuckets;
  const wanted = { ...roles, buckets: tooMany ? undefined : roles.buckets };
  const { series, notes } = await fetchAll(source, { ...choice, chosen: Object.values(wanted) }, span, stop);
  return {
    traffic: trafficOf(wanted, series, pack),
    notes: [...choice.notes, ...notes, ...(tooMany ? [cut] : [])],
  };
}

const cut: Note = {
  about: 'data',
  text: `the target's latency is known by its mean only: its histogram has more than ${mostBuckets} series`,
};

/** Errors, durations and buckets are told by the same exporter as completions: the same variant, where there are as many. */
function listsOf({ pack: name, traffic, ...pack }: Pack, scope: Scope): readonly (readonly Candidate[])[] {
  const list = (variants: readonly Variant[] | undefined, part?: 'bucket'): readonly Candidate[] =>
    candidatesOf({ pack: name, ...pack }, {}, variants ?? [], scope, part);
  return [
    list(traffic?.completions),
    list(traffic?.errors),
    list(traffic?.durations),
    list(traffic?.buckets, 'bucket'),
    list(traffic?.in_flight),
    list(traffic?.arrivals),
  ];
}

function rolesOf({ chosen }: Choice): Roles {
  const [completions, errors, durations, buckets, inFlight, arrivals] = chosen;
  return { completions, errors, durations, buckets, in_flight: inFlight, arrivals };
}

function bucketCount({ catalogue }: Choice, buckets: Candidate | undefined): number {
  return buckets ? selectorsOf(buckets).flatMap((selector) => inCatalogue(catalogue, selector)).length : 0;
}

function trafficOf(roles: Roles, pool: readonly SampleSeries[], pack: Pack): Traffic {
  const of = (candidate: Candidate | undefined): readonly SampleSeries[] =>
    candidate ? scaled(withoutCopies(seriesOf(candidate, pool), pack.copies ?? []), candidate.scale) : [];
  const count = (candidate: Candidate | undefined): readonly SampleSeries[] =>
    candidate?.form === 'gauge' ? summedUp(of(candidate)) : of(candidate);
  const counted = countedOf(
    {
      completions: count(roles.completions),
      errors: count(roles.errors),
      durations: count(roles.durations),
      arrivals: count(roles.arrivals),
    },
    pack.pushed === true,
  );
  const { completions, arrivals } = counted;
  const exists = (): boolean => true;
  const range = seconds(Math.max(5, 4 * (intervalOf(completions) ?? 15)));
  return {
    ...(arrivals.length > 0 ? { arrivals } : {}),
    completions,
    errors: counted.errors,
    durations: counted.durations,
    buckets: bucketsOf(roles.buckets, pool, pack),
    inFlight: of(roles.in_flight),
    interval: intervalOf(completions) ?? seconds(15),
    ...(pack.kinds ? { kinds: pack.kinds } : {}),
    promql: roles.completions ? promqlOf(roles.completions, { range, at: {}, by: [], exists }) : '',
  };
}

type Counted = Readonly<Record<'completions' | 'errors' | 'durations' | 'arrivals', readonly SampleSeries[]>>;

/** Pushed counters come and go in the middle of a window: each role becomes one series, at the times of all. */
function countedOf(counted: Counted, isPushed: boolean): Counted {
  if (!isPushed) return counted;
  const times = pushTimes(Object.values(counted).flat());
  return {
    completions: joined(counted.completions, times),
    errors: joined(counted.errors, times),
    durations: joined(counted.durations, times),
    arrivals: joined(counted.arrivals, times),
  };
}

const seriesOf = (candidate: Candidate, pool: readonly SampleSeries[]): readonly SampleSeries[] =>
  selectorsOf(candidate).flatMap((selector) => samplesOf(pool, selector));

function scaled(series: readonly SampleSeries[], scale: number): readonly SampleSeries[] {
  return scale === 1 ? series : series.map((one) => ({ ...one, values: one.values.map((value) => value * scale) }));
}

/** Buckets with their bound in seconds. */
function bucketsOf(candidate: Candidate | undefined, pool: readonly SampleSeries[], pack: Pack): Traffic['buckets'] {
  if (!candidate) return [];
  const { scale, variant } = candidate;
  const found = withoutCopies(seriesOf(candidate, pool), pack.copies ?? []).flatMap((series) => {
    const le = boundOf(series.labels.le, scale);
    return le === undefined ? [] : [{ le, above: boundOf(series.labels.gt, scale), series }];
  });
  return variant.apart === true ? cumulative(found) : found.map(({ le, series }) => ({ le, series }));
}

function boundOf(text: string | undefined, scale: number): number | undefined {
  const bound = text === '+Inf' ? Number.POSITIVE_INFINITY : Number(text);
  return text === undefined || Number.isNaN(bound) ? undefined : bound * scale;
}
