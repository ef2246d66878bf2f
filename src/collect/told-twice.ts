import { fault } from '../faults.ts';
import { type Labels, textOf } from '../model/labels.ts';
import type { Note } from '../model/note.ts';
import type { TrafficSource } from '../model/order.ts';
import type { Pack } from '../model/pack.ts';
import { possibleReplicaLabels } from '../model/replica-labels.ts';
import type { SampleSeries } from '../model/signal.ts';
import { lengthOf, type Span } from '../model/span.ts';
import { epoch } from '../model/units.ts';
import { agreements, isMoving } from './agreement.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import type { Reach } from './collect.ts';
import { choose, fetchAll } from './fetch.ts';
import { type Reading, scopeOf } from './read-source.ts';
import { rowsOf } from './rows.ts';
import { replicasOfPrometheus, without } from './samples.ts';
import { equalities } from './scope.ts';
import type { Source } from './source.ts';

/** How long one look at the counters is: at the end of a span, in its middle, and where it begins. */
const look = 600;

/** Labels that say how something was scraped, and not which of several it is. */
const ofScrapes = ['__name__', 'instance', 'metrics_path', ...replicasOfPrometheus];

/** What keeps whole worlds apart that hold things of the same names, whatever the addresses are in each. */
const ofWorlds = [
  'cluster',
  'cluster_name',
  'k8s_cluster',
  'k8s_cluster_name',
  'environment',
  'env',
  'deployment_environment',
  'deployment_environment_name',
];

/** A label that alone tells apart what is called the same otherwise, with its values. */
export type Told = { readonly source: string; readonly label: string; readonly values: readonly string[] };

/** What an order reads, as far as it is found. */
export type Asked = {
  readonly readings: readonly Reading[];
  readonly traffic: TrafficSource | undefined;
  readonly target: string;
};

/** Several things that are called the same, and nothing says which of them is meant. */
export type Mixed = Told & {
  readonly who: string;
  /** Whether the label keeps whole worlds apart, so that one of them may be read alone. */
  readonly isWorld: boolean;
};

/** What is told several times over: as copies of one thing, of which one is enough, or of several things, which must not be added up. */
export type ToldTwice = {
  readonly copies: readonly (Told & { readonly kept: string })[];
  readonly mixed: readonly Mixed[];
};

/**
 * Each Prometheus narrowed to one of several that scrape the same things, with a note on each.
 *
 * @throws CONFIG_INVALID where several things are called the same and no "select" says which is meant
 */
export async function toldOnce(
  reach: Reach,
  asked: Asked,
  span: Span,
  stop: AbortSignal,
): Promise<{ readonly reach: Reach; readonly notes: readonly Note[] }> {
  const { copies, mixed } = await toldTwice(reach, asked, span, stop);
  const [first] = mixed;
  if (first) throw fault('CONFIG_INVALID', [`Prometheus "${first.source}"`, mixedInWords(first)]);
  const sources = new Map(
    [...reach.sources].map(([name, source]) => {
      const kept = copies.filter((copy) => copy.source === name).map(({ label, kept: one }) => [label, [one, '']]);
      return [name, { ...source, select: { ...source.select, ...Object.fromEntries(kept) } }] as const;
    }),
  );
  return { reach: copies.length > 0 ? { ...reach, sources } : reach, notes: copies.map(noteOn) };
}

/** What is wrong with it, and what would be right. */
export function mixedInWords({ who, label, values }: Mixed): string {
  const [one = ''] = values;
  const all = values.length > 5 ? '' : `, that all are (${label}: [${values.join(', ')}])`;
  return `${who} is told under several values of "${label}" (${listed(values)}) that are different things and must not be added up unasked: say by "select" which one is meant (${label}: ${one})${all}, or that they are its replicas ("replica: ${label}")`;
}

function noteOn({ source, label, values, kept }: ToldTwice['copies'][number]): Note {
  const text = `Prometheus "${source}" keeps the same series ${values.length} times, told apart by "${label}" (${listed(values)}), with counters that agree: only ${label}="${kept}" is read`;
  return { about: 'data', text };
}

const listed = (values: readonly string[]): string =>
  `${values
    .slice(0, 5)
    .map((value) => `"${value}"`)
    .join(', ')}${values.length > 5 ? ` and ${values.length - 5} more` : ''}`;

/**
 * Finds labels of what is scraped that alone tell apart two targets of one Prometheus which are called the same in everything else. Where the counters of what the order reads agree
 * in their absolute values all along, as those of two processes never do for long, they are copies; where they do not, they are several things. So are those of several worlds.
 */
export async function toldTwice(reach: Reach, asked: Asked, span: Span, stop: AbortSignal): Promise<ToldTwice> {
  const found = await Promise.all(
    [...reach.sources.values()].map((source) => ofSource(source, reach.packs, asked, span, stop)),
  );
  return { copies: found.flatMap(({ copies }) => copies), mixed: found.flatMap(({ mixed }) => mixed) };
}

const nothing: ToldTwice = { copies: [], mixed: [] };

async function ofSource(
  source: Source,
  packs: readonly Pack[],
  asked: Asked,
  span: Span,
  stop: AbortSignal,
): Promise<ToldTwice> {
  const readers = readersOf(source, packs, asked);
  if (readers.length === 0) return nothing;
  const spans = looksIn(span);
  const tests = equalities(source.select);
  const ups = await Promise.all(
    spans.map(async (one) => (await source.series({ names: ['up'], tests }, one, stop)).series),
  );
  const labels = [...new Set([...ups.flatMap(doubled), ...worlds(ups)])].filter((label) =>
    readers.some(({ own }) => !own.has(label)),
  );
  if (labels.length === 0) return nothing;
  const pools = await Promise.all(readers.map((reader) => poolsOf(source, reader, spans, stop)));
  const told = labels.map((label) => judged(source, label, readers, pools, ups));
  return { copies: told.flatMap(({ copies }) => copies), mixed: told.flatMap(({ mixed }) => mixed) };
}

/** What was found in each of the looks. */
type Looks<T> = readonly (readonly T[])[];

/** Something that the order reads: the counters that it may come from, and the labels by which it tells its own parts and replicas apart. */
type Reader = {
  readonly who: string;
  readonly lists: readonly (readonly Candidate[])[];
  readonly own: ReadonlySet<string>;
};

function readersOf(
  { name, select }: Source,
  packs: readonly Pack[],
  { readings, traffic, target }: Asked,
): readonly Reader[] {
  const ofComponents = readings
    .filter(({ source }) => source.name === name)
    .map((reading): Reader => {
      const { component, pack, from } = reading;
      const rows = rowsOf(pack, component, scopeOf(reading)).flatMap((resource) => resource.rows);
      const replicas = possibleReplicaLabels(component.replica, pack.replica);
      return {
        who: `component "${component.name}"`,
        lists: rows.map(({ candidates }) => candidates),
        own: new Set([...replicas, ...labelsOf(pack), ...Object.keys(from.select)]),
      };
    });
  const pack = packs.find((one) => one.pack === traffic?.pack);
  if (!traffic || !pack?.traffic || traffic.from !== name) return ofComponents;
  const scope = { base: select, select: traffic.select, part: {}, located: {}, except: traffic.except };
  const lists = [candidatesOf(pack, {}, pack.traffic.completions, scope)];
  const replicas = [
    ...readings.flatMap(({ component }) => component.replica ?? []),
    ...possibleReplicaLabels(undefined),
  ];
  const own = new Set([...replicas, ...labelsOf(pack), ...(pack.kinds ?? []), ...Object.keys(traffic.select)]);
  return [...ofComponents, { who: `the traffic of target "${target}"`, lists, own }];
}

/** The labels of a pack's parts, and those that it knows to tell scrapers apart. */
const labelsOf = ({ resources = [], copies = [] }: Pack): readonly string[] => [
  ...copies,
  ...resources.flatMap(({ per = [], part = {} }) => [...per, ...Object.values(part)]),
];

/** The end of a span, its middle and its beginning; all of a short one. */
function looksIn({ from, to }: Span): readonly Span[] {
  if (lengthOf({ from, to }) <= 3 * look) return [{ from, to }];
  const middle = (from + to) / 2;
  return [
    { from: epoch(to - look), to },
    { from: epoch(middle - look / 2), to: epoch(middle + look / 2) },
    { from, to: epoch(from + look) },
  ];
}

/** The labels by which alone some two of these are told apart. */
export function doubled(series: readonly Labels[]): readonly string[] {
  const labels = new Set(series.flatMap((one) => Object.keys(one)).filter((label) => !ofScrapes.includes(label)));
  return [...labels].filter((label) =>
    [...Map.groupBy(series, (one) => textOf(without(one, [label]))).values()].some(
      (alike) => new Set(alike.flatMap((one) => one[label] ?? [])).size > 1,
    ),
  );
}

/** The labels of whole worlds that have several values. */
const worlds = (ups: Looks<Labels>): readonly string[] =>
  ofWorlds.filter((label) => ups.some((some) => valuesOf(some, label).length > 1));

async function poolsOf(
  source: Source,
  { lists }: Reader,
  spans: readonly Span[],
  stop: AbortSignal,
): Promise<Looks<SampleSeries>> {
  return Promise.all(
    spans.map(async (span) => {
      const choice = await choose(source, lists, span, stop);
      return (await fetchAll(source, choice, span, stop)).series;
    }),
  );
}

function judged(
  { name }: Source,
  label: string,
  readers: readonly Reader[],
  pools: readonly Looks<SampleSeries>[],
  ups: Looks<Labels>,
): ToldTwice {
  const read = readers.flatMap(({ who, own }, index) =>
    own.has(label) ? [] : [{ who, ...accountOf(pools[index] ?? [], label) }],
  );
  const verdicts = read.flatMap((one) => one.verdicts);
  const told = { source: name, label };
  if (verdicts.length > 0 && mostly(verdicts)) {
    const kept = wholeOf(label, ups);
    const values = [...new Set(read.flatMap((one) => one.values))].sort();
    return { copies: kept === undefined ? [] : [{ ...told, values, kept }], mixed: [] };
  }
  const isWorld = ofWorlds.includes(label);
  const mixed = read.filter((one) => (one.verdicts.length > 0 && !mostly(one.verdicts)) || (isWorld && one.isApart));
  return { copies: [], mixed: mixed.map(({ who, values }) => ({ ...told, who, values, isWorld })) };
}

type Account = {
  readonly verdicts: readonly boolean[];
  readonly values: readonly string[];
  /** Several values side by side. */
  readonly isApart: boolean;
};

function accountOf(pool: Looks<SampleSeries>, label: string): Account {
  const values = pool.map((some) =>
    valuesOf(
      some.filter(isMoving).map(({ labels }) => labels),
      label,
    ),
  );
  return {
    verdicts: pool.flatMap((some) => agreements(some, label)),
    values: [...new Set(values.flat())].sort(),
    isApart: values.some(({ length }) => length > 1),
  };
}

/** The value under which everything is told that is told under another, all along; undefined where there is none, or where something is told without the label. */
function wholeOf(label: string, ups: Looks<Labels>): string | undefined {
  const names = (some: readonly Labels[], value: string): ReadonlySet<string> =>
    new Set(some.filter((one) => one[label] === value).map((one) => textOf(without(one, [label]))));
  const isWhole = (value: string): boolean =>
    ups.every((some) => {
      const own = names(some, value);
      return some.every((one) => one[label] !== undefined && own.has(textOf(without(one, [label]))));
    });
  return valuesOf(ups.flat(), label).find(isWhole);
}

const valuesOf = (series: readonly Labels[], label: string): readonly string[] =>
  [...new Set(series.flatMap((one) => one[label] ?? []))].sort();

const mostly = (verdicts: readonly boolean[]): boolean => 2 * verdicts.filter((one) => one).length > verdicts.length;
