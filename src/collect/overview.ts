import type { Labels, Selected } from '../model/labels.ts';
import type { Note } from '../model/note.ts';
import type { Pack, Variant } from '../model/pack.ts';
import type { ScrapedJob, Trace } from '../model/trace.ts';
import { candidatesOf } from './candidates.ts';
import { selectorsOf } from './resolve.ts';
import { equalities } from './scope.ts';
import { type LabelMatch, labelName, oneOf, printSelection, printSelector, type Selector } from './selector.ts';
import type { Source } from './source.ts';

/** Labels that tell where a series comes from, as scrapers and Kubernetes set them. */
const placing = ['namespace', 'pod', 'container', 'instance'];
/** Names in one question: a pattern of more is slow to compile at the other end. */
const chunk = 60;
/** Old label names; others can stand in a "by" from Prometheus 3 on only. */
const legacy = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

type Sought = {
  readonly pack: Pack;
  readonly tells: Trace['tells'];
  readonly selectors: readonly Selector[];
  /** What shows that it is there, where the pack names it. */
  readonly shown?: readonly Selector[];
};
type Jobs = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Which packs have series in a Prometheus right now, of which jobs, how they are labelled, and which jobs there are at all. Asks for counts only, so that a large installation can answer.
 *
 * @throws PROMETHEUS_UNREACHABLE, PROMETHEUS_REFUSED, PROMETHEUS_GARBLED
 */
export async function overview(
  source: Source,
  packs: readonly Pack[],
  stop: AbortSignal,
): Promise<{
  readonly traces: readonly Trace[];
  readonly scraped: readonly ScrapedJob[];
  readonly notes: readonly Note[];
}> {
  const sought = byTheirOwn(packs.flatMap((pack) => soughtOf(pack, source.select)));
  const names = [...new Set(sought.flatMap(({ selectors }) => selectors.map(({ name }) => name)))].sort();
  const [{ jobs, notes }, scraped] = await Promise.all([jobsOf(source, names, stop), scrapedBy(source, stop)]);
  const traces = await Promise.all(sought.map((one) => tracesOf(source, one, jobs, stop)));
  return { traces: await withContainers(source, packs, traces.flat(), stop), scraped, notes };
}

/** Containers are many: those beside what else is told are enough, which are in the same namespaces. */
async function withContainers(
  source: Source,
  packs: readonly Pack[],
  traces: readonly Trace[],
  stop: AbortSignal,
): Promise<readonly Trace[]> {
  const near = traces.flatMap(({ places }) => places.filter(({ pod }) => pod !== undefined));
  const namespaces = [...new Set(near.flatMap(({ namespace }) => namespace ?? []))];
  return Promise.all(
    traces.map(async (trace): Promise<Trace> => {
      const pack = packs.find((one) => one.pack === trace.pack);
      if (pack?.workload?.pod === undefined || trace.tells !== 'resources' || namespaces.length === 0) return trace;
      const within = { source, select: oneOf('namespace', namespaces), stop };
      const resources = pack.resources?.filter(({ workload }) => workload === undefined) ?? [];
      const quotas = resources.filter(({ kind }) => kind === 'quota');
      const [places, bounded] = await Promise.all([
        containersOf(
          pack,
          resources.map(({ usage }) => usage),
          within,
        ),
        containersOf(
          pack,
          quotas.map(({ ceiling = [] }) => ceiling),
          within,
        ),
      ]);
      return { ...trace, places, bounded };
    }),
  );
}

type Within = { readonly source: Source; readonly select: LabelMatch; readonly stop: AbortSignal };

/** The containers of which the first that is there of these variants tells. */
async function containersOf(
  pack: Pack,
  variants: readonly (readonly Variant[])[],
  { source, select, stop }: Within,
): Promise<readonly Labels[]> {
  const scope = { base: source.select, select: {}, part: {}, located: {}, except: {} };
  for (const { name, tests } of variants.flatMap((some) => candidatesOf(pack, {}, some, scope)).flatMap(selectorsOf)) {
    const printed = printSelector({ name, tests: [...tests, select] });
    const { series } = await source.instant(`count by (namespace, pod, container) (${printed})`, stop);
    const found = series.map(({ labels }) => labels).filter(isContainer);
    if (found.length > 0) return found;
  }
  return [];
}

const isContainer = ({ pod, container }: Labels): boolean =>
  pod !== undefined && container !== undefined && container !== '';

/** Every scrape leaves a sample of `up`, whatever it found. */
async function scrapedBy(source: Source, stop: AbortSignal): Promise<readonly ScrapedJob[]> {
  const tests = equalities(source.select);
  const { series } = await source.instant(`max by (job) (${printSelector({ name: 'up', tests })})`, stop);
  return series
    .flatMap(({ labels: { job }, value }) => (job === undefined ? [] : [{ job, isUp: value > 0 }]))
    .toSorted((a, b) => (a.job < b.job ? -1 : 1));
}

/** A pack shows by the usage of its resources, or by what it names for that, and by what its traffic completes. */
function soughtOf(pack: Pack, base: Selected): readonly Sought[] {
  const scope = { base, select: {}, part: {}, located: {}, except: {} };
  const resources = (pack.resources ?? []).flatMap((resource) => candidatesOf(pack, resource, resource.usage, scope));
  const shown = pack.shown_by?.map((gauge): Variant => ({ gauge }));
  const traffic = candidatesOf(pack, {}, pack.traffic?.completions ?? [], scope);
  return [
    { pack, tells: 'traffic' as const, selectors: traffic.flatMap(selectorsOf) },
    {
      pack,
      tells: 'resources' as const,
      selectors: resources.flatMap(selectorsOf),
      ...(shown ? { shown: candidatesOf(pack, {}, shown, scope).flatMap(selectorsOf) } : {}),
    },
  ].filter(({ selectors }) => selectors.length > 0);
}

/** What several packs name, as every process tells its descriptors, shows none of them, unless they name nothing else. */
function byTheirOwn(sought: readonly Sought[]): readonly Sought[] {
  const by = Map.groupBy(
    sought.flatMap(({ pack, selectors }) => selectors.map(({ name }) => ({ name, pack }))),
    ({ name }) => name,
  );
  const isOwn = ({ name }: Selector): boolean => new Set(by.get(name)?.map(({ pack }) => pack)).size === 1;
  return sought.map((one) => {
    if (one.shown) return { ...one, selectors: one.shown };
    return one.selectors.some(isOwn) ? { ...one, selectors: one.selectors.filter(isOwn) } : one;
  });
}

async function jobsOf(
  source: Source,
  names: readonly string[],
  stop: AbortSignal,
): Promise<{ readonly jobs: Jobs; readonly notes: readonly Note[] }> {
  const tests = equalities(source.select);
  const chunks = Array.from({ length: Math.ceil(names.length / chunk) }, (_, i) =>
    names.slice(i * chunk, (i + 1) * chunk),
  );
  const found = await Promise.all(
    chunks.map((some) => source.instant(`count by (__name__, job) (${printSelection({ names: some, tests })})`, stop)),
  );
  const rows = found.flatMap(({ series }) => series.map(({ labels }) => labels));
  const byName = Map.groupBy(rows, (labels) => labels.__name__ ?? '');
  return {
    jobs: new Map([...byName].map(([name, list]) => [name, new Set(list.map(({ job = '' }) => job))])),
    notes: found.flatMap(({ notes }) => notes),
  };
}

async function tracesOf(source: Source, sought: Sought, jobs: Jobs, stop: AbortSignal): Promise<readonly Trace[]> {
  const { pack, tells, selectors } = sought;
  const all = new Set(selectors.flatMap(({ name }) => [...(jobs.get(name) ?? [])]));
  const traces = await Promise.all(
    [...all].sort().map(async (job): Promise<readonly Trace[]> => {
      const own = selectors.filter(({ name }) => jobs.get(name)?.has(job));
      const places = await placesOf(source, pack, own, { job, stop });
      return places ? [{ pack: pack.pack, tells, job: job === '' ? undefined : job, places }] : [];
    }),
  );
  return traces.flat();
}

/** Of the first of its series that pass the pack's own tests; undefined where none do. Containers are many, and their packs are found by pods: they are not listed. */
async function placesOf(
  source: Source,
  pack: Pack,
  selectors: readonly Selector[],
  { job, stop }: { readonly job: string; readonly stop: AbortSignal },
): Promise<readonly Labels[] | undefined> {
  const by = pack.workload?.pod === undefined ? labelsOf(pack) : [];
  for (const { name, tests } of selectors) {
    const printed = printSelector({ name, tests: [...tests, oneOf('job', [job])] });
    const { series } = await source.instant(`count by (${by.map(labelName).join(', ')}) (${printed})`, stop);
    if (series.length > 0) return by.length > 0 ? series.map(({ labels }) => labels) : [];
  }
  return undefined;
}

function labelsOf({ resources = [] }: Pack): readonly string[] {
  const parts = resources.flatMap(({ part = {} }) => Object.values(part));
  return [...new Set([...placing, ...parts])].filter((label) => legacy.test(label));
}
