import type { Labels } from '../model/labels.ts';
import type { Pack } from '../model/pack.ts';
import type { ScrapedJob, Trace } from '../model/trace.ts';
import { besideIn, type Container, containersIn, workloadBehind } from './containers.ts';
import { distinct } from './distinct.ts';
import type { Guess, GuessedComponent, GuessedTarget } from './guessed.ts';
import { workloadOf } from './workload-of.ts';

/** Everything that one job tells; of one namespace, where its series lie in several. */
type Group = {
  readonly job: string | undefined;
  readonly namespace: string | undefined;
  readonly select: Labels;
  readonly traces: readonly Trace[];
};

/**
 * What the series of a Prometheus speak of: each job with traffic of its own is a target, and its packs are the target's own component;
 * each exporter of something else is a component that targets share. What calls what no series tells, so it is only proposed.
 *
 * @param scraped every job that is scraped; what no pack knows of them is told
 */
export function guess(traces: readonly Trace[], packs: readonly Pack[], scraped: readonly ScrapedJob[] = []): Guess {
  const about = new Map(packs.map((pack) => [pack.pack, pack]));
  const isOfPods = ({ pack }: Trace): boolean => about.get(pack)?.workload?.pod !== undefined;
  const isOfMachines = ({ pack }: Trace): boolean => about.get(pack)?.locates?.instance !== undefined;
  const isRuntime = ({ pack }: Trace): boolean => about.get(pack)?.runtime === true;
  const isOfAll = ({ pack }: Trace): boolean => about.get(pack)?.replica?.length === 0;
  const isByExporter = ({ pack, tells }: Trace): boolean =>
    tells === 'traffic' && about.get(pack)?.by_exporter === true;
  const groups = groupsOf(traces.filter((trace) => !isOfPods(trace)));
  const fronts = groups.filter(({ traces: own }) => own.some(({ tells }) => tells === 'traffic'));
  const behind = groups.filter((group) => !fronts.includes(group));
  const podTraces = traces.filter(isOfPods);
  const podPacks = [...new Set(podTraces.map(({ pack }) => pack))];
  const containers = containersIn(podTraces);
  const stores = behind
    .flatMap((group) => sharedOf(group, { isRuntime, isOfMachines, isOfAll }))
    .map((store, _, all) => placed(store, { podPacks, containers, machine: all.find(({ carries }) => carries) }));
  const shared = distinct(stores.map(({ component }) => component)).map((component, index) => ({
    component,
    of: stores[index],
  }));
  const context: Context = {
    podPacks,
    containers,
    shared: shared.map(({ component, of }) => ({
      name: component.name,
      namespace: of?.namespace,
      carries: of?.carries === true,
      isCalled: of?.isCalled === true,
    })),
  };
  const alone = distinct(
    fronts.map((group) =>
      targetOf(group.traces.some(isByExporter) ? withoutRuntimes(group, isRuntime) : group, context),
    ),
  );
  const targets = alone.map((target, index) => withNeighbours(target, neighboursOf(index, alone, fronts)));
  const notes = [...notesOn(targets, behind, isRuntime), ...notesOnUnknown(traces, scraped)];
  return { targets, shared: shared.map(({ component }) => component), notes };
}

function groupsOf(traces: readonly Trace[]): readonly Group[] {
  const byJob = Map.groupBy(traces, ({ job }) => job);
  return [...byJob].flatMap(([job, own]) => {
    const namespaces = [...new Set(own.flatMap(({ places }) => places.map(({ namespace }) => namespace)))].sort();
    const select: Labels = job === undefined ? {} : { job };
    if (namespaces.length < 2) return [{ job, namespace: namespaces[0], select, traces: own }];
    return namespaces.map((namespace) => ({
      job,
      namespace,
      select: namespace === undefined ? select : { ...select, namespace },
      traces: own
        .map((trace) => ({ ...trace, places: trace.places.filter((place) => place.namespace === namespace) }))
        .filter(({ places }) => places.length > 0),
    }));
  });
}

/** An exporter tells of its own runtime, not of that of what it tells of. */
const withoutRuntimes = (group: Group, isRuntime: (trace: Trace) => boolean): Group => ({
  ...group,
  traces: group.traces.filter((trace) => !isRuntime(trace)),
});

type Store = {
  readonly component: GuessedComponent;
  readonly namespace: string | undefined;
  readonly trace: Trace;
  readonly carries: boolean;
  /** Machines and the cluster as a whole are nothing that one calls. */
  readonly isCalled: boolean;
};

/** Each pack of a job without traffic is something else that is told of, but for what the exporter tells of itself. */
type Is = Readonly<Record<'isRuntime' | 'isOfMachines' | 'isOfAll', (trace: Trace) => boolean>>;

function sharedOf(group: Group, { isRuntime, isOfMachines, isOfAll }: Is): readonly Store[] {
  return group.traces
    .filter((trace) => trace.tells === 'resources' && !isRuntime(trace))
    .map((trace) => ({
      component: {
        name: nameFrom(trace.pack),
        signals: [{ pack: trace.pack, select: group.select }],
        workload: undefined,
        on: undefined,
        mayCall: [],
        remarks: [`because of ${whence(group)}`, ...partsIn(trace), ...instancesIn(trace)],
      },
      namespace: group.namespace,
      trace,
      carries: isOfMachines(trace),
      isCalled: !isOfMachines(trace) && !isOfAll(trace),
    }));
}

type Pods = {
  readonly podPacks: readonly string[];
  readonly containers: readonly Container[];
  readonly machine: Store | undefined;
};

/** What runs in pods that are known has quotas and a machine of its own. */
function placed(store: Store, { podPacks, containers, machine }: Pods): Store {
  const { component, trace, isCalled } = store;
  const workload = isCalled ? workloadBehind(trace.places, trace.pack, containers) : undefined;
  if (workload === undefined) return store;
  const located = podPacks.map((pack) => ({ pack, select: {} }));
  const signals = [...located, ...component.signals];
  return { ...store, component: { ...component, signals, workload, on: machine?.component.name } };
}

const whence = ({ job, namespace }: Group): string =>
  `${job === undefined ? 'series without a job' : `job "${job}"`}${namespace === undefined ? '' : ` in namespace "${namespace}"`}`;

function partsIn({ places }: Trace): readonly string[] {
  const labels = new Set(places.flatMap((place) => Object.keys(place)));
  return [...labels]
    .filter((label) => !['namespace', 'pod', 'container', 'instance'].includes(label))
    .flatMap((label) => {
      const values = [...new Set(places.flatMap((place) => place[label] ?? []))].sort();
      return values.length < 2 ? [] : [`${label} is one of ${listed(values)}: "part" narrows to one of them`];
    });
}

function instancesIn({ places }: Trace): readonly string[] {
  const count = new Set(places.map(({ instance }) => instance)).size;
  return count < 2
    ? []
    : [`${count} instances are taken for replicas of one thing; if they are not, select each by its "instance"`];
}

const listed = (values: readonly string[]): string =>
  `${values.slice(0, 8).join(', ')}${values.length > 8 ? ` and ${values.length - 8} more` : ''}`;

type Shared = Omit<Store, 'component' | 'trace'> & { readonly name: string };
type Context = {
  readonly podPacks: readonly string[];
  readonly containers: readonly Container[];
  readonly shared: readonly Shared[];
};

function targetOf(group: Group, { podPacks, containers, shared }: Context): GuessedTarget {
  const traffic = group.traces.filter(({ tells }) => tells === 'traffic').map(({ pack }) => pack);
  const [first = '', ...others] = traffic;
  // What is called lies in the same namespace; the exporters of machines and of the cluster lie anywhere.
  const near = shared.filter(
    ({ namespace, isCalled }) =>
      !isCalled || namespace === undefined || group.namespace === undefined || namespace === group.namespace,
  );
  const name = nameFrom(group.job ?? first);
  const own = ownOf(group, isTaken(name, shared) ? `${name}-itself` : name, { podPacks, containers, shared: near });
  return {
    name,
    traffic: { pack: first, select: group.select },
    own,
    beside: besideOf(own, group, { podPacks, containers }),
    uses: near.map((one) => one.name),
    remarks: [
      `because ${whence(group)} tells its traffic`,
      ...(others.length > 0 ? [`its traffic is told by ${listed(others)} too`] : []),
    ],
  };
}

const isTaken = (name: string, shared: readonly Shared[]): boolean => shared.some((one) => one.name === name);

/** What answers is a part of its target also where nothing tells of it: then it is named without signals, and counts as what cannot be seen. */
function ownOf(group: Group, name: string, { podPacks, shared }: Context): GuessedComponent {
  const packs = [...new Set(group.traces.filter(({ tells }) => tells === 'resources').map(({ pack }) => pack))];
  const workload = workloadOf(group.traces.flatMap(({ places }) => places));
  const located = workload === undefined ? [] : podPacks.map((pack) => ({ pack, select: {} }));
  const signals = [...located, ...packs.map((pack) => ({ pack, select: group.select }))];
  return {
    name,
    signals,
    workload: located.length > 0 ? workload : undefined,
    on: located.length > 0 ? shared.find(({ carries }) => carries)?.name : undefined,
    mayCall: shared.filter(({ isCalled }) => isCalled).map((one) => one.name),
    remarks: signals.length > 0 ? [] : [`${whence(group)} tells its traffic, and nothing of itself that a pack knows`],
  };
}

/** The other targets of a namespace: what one of them calls may limit it. */
function neighboursOf(
  index: number,
  targets: readonly GuessedTarget[],
  fronts: readonly Group[],
): readonly GuessedTarget[] {
  const namespace = fronts[index]?.namespace;
  return targets.filter((_, i) => i !== index && namespace !== undefined && fronts[i]?.namespace === namespace);
}

function withNeighbours(target: GuessedTarget, neighbours: readonly GuessedTarget[]): GuessedTarget {
  const names = neighbours.flatMap(({ own }) => own?.name ?? []);
  if (names.length === 0) return target;
  const text = `what it calls of ${listed(names)} may limit it and is not looked at: move the component of that name up to "components", and list it in both targets`;
  return { ...target, remarks: [...target.remarks, text] };
}

/** A quota in the same pods may be full before anything else: what works under it is a component of its own. */
function besideOf(
  own: GuessedComponent,
  group: Group,
  { podPacks, containers }: Pick<Context, 'podPacks' | 'containers'>,
): readonly GuessedComponent[] {
  const { workload, on } = own;
  if (workload?.container === undefined) return [];
  const places = group.traces.flatMap((trace) => trace.places);
  return besideIn(workload, places, containers).map((container) => ({
    name: nameFrom(`${own.name}-${container}`),
    signals: podPacks.map((pack) => ({ pack, select: {} })),
    workload: { ...workload, container },
    on,
    mayCall: [],
    remarks: [`because of a container with a quota of its own in the pods of ${own.name}`],
  }));
}

function notesOn(
  targets: readonly GuessedTarget[],
  behind: readonly Group[],
  isRuntime: (trace: Trace) => boolean,
): readonly string[] {
  const only = behind.filter(({ traces }) => traces.every(isRuntime)).map(whence);
  return [
    ...(targets.length === 0
      ? ['no series of traffic that a pack knows is there, so the target is only a place to begin']
      : []),
    ...(only.length > 0 ? [`no pack knows what is told besides a runtime, so it is left out: ${listed(only)}`] : []),
  ];
}

/** Jobs that no pack has series of: what they tell of is in no report, not even as a blind spot. */
function notesOnUnknown(traces: readonly Trace[], scraped: readonly ScrapedJob[]): readonly string[] {
  const unknown = scraped.filter(({ job }) => traces.every((trace) => trace.job !== job));
  const named = (isUp: boolean): readonly string[] =>
    unknown.filter((one) => one.isUp === isUp).map(({ job }) => `job "${job}"`);
  return [
    ...named(true).map((job) => `${job}: no pack knows its series, so it is left out`),
    ...named(false).map((job) => `${job}: it cannot be scraped right now, so it is left out`),
  ];
}

/** A name as a configuration allows it. */
export function nameFrom(text: string): string {
  const name = text.replace(/[^A-Za-z0-9_.-]+/g, '-').replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
  return name === '' ? 'target' : name;
}
