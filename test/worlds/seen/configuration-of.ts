import { stringify } from 'yaml';
import { builtInPacks } from '../../../src/config/load-configuration.ts';
import { readConfiguration } from '../../../src/config/read.ts';
import type { Configuration } from '../../../src/model/configuration.ts';
import type { Pack } from '../../../src/model/pack.ts';
import { seconds } from '../../../src/model/units.ts';
import { shortestPhases } from '../../../src/plan/shortest-phases.ts';
import type { Part, World } from '../world.ts';
import { database, frontOf, hostJobOf, isInPods, jobOf, namespace } from './naming.ts';
import { packsOf } from './packs-of.ts';
import { intervalOf } from './targets.ts';

let shelf: Promise<readonly Pack[]> | undefined;

/** The packs that come with Plimsoll, read once. */
export function packsOnTheShelf(): Promise<readonly Pack[]> {
  shelf ??= builtInPacks();
  return shelf;
}

/** The configuration that a user of the world would write, read by the reader of every configuration. */
export async function configurationOf(world: World): Promise<Configuration> {
  const packs = await packsOnTheShelf();
  return readConfiguration(stringify(writtenFor(world, packs)), `${world.name}.yaml`, { packs, plans: [] });
}

/** The slowest interval that a plan has to wait for. */
export const slowestScrape = (world: World): number =>
  Math.max(
    ...world.parts
      .filter(({ technology }) => technology !== 'external')
      .map(({ name, on }) => Math.max(intervalOf(world, name), on === undefined ? 0 : world.seen.lag)),
  );

function writtenFor(world: World, packs: readonly Pack[]): object {
  const known = new Set(packs.map(({ pack }) => pack));
  const listed = world.parts.filter((part) => part.technology !== 'external' || world.seen.callsDeclared);
  return {
    apiVersion: 'plimsoll.dev/v1',
    prometheus: [{ name: 'main', url: 'http://localhost:9090' }],
    limits: { rate: `${mostOf(world)}/s`, in_flight: 100_000, requests: 100_000_000, duration: '30d' },
    targets: [
      {
        name: 'target',
        traffic: { pack: 'http-otel', select: { job: jobOf(frontOf(world).name) } },
        components: listed.map((part) => componentOf(world, part, packs, known)),
        ...loadOf(world),
      },
    ],
  };
}

function componentOf(world: World, part: Part, packs: readonly Pack[], known: ReadonlySet<string>): object {
  const own = packsOf(world, part).filter((pack) => known.has(pack));
  const ceilings = ceilingsOf(
    world,
    part,
    packs.filter(({ pack }) => own.includes(pack)),
  );
  return {
    name: part.name,
    ...(isInPods(part) ? { workload: { namespace, deployment: part.name, container: part.name } } : {}),
    ...(own.length > 0 ? { signals: own.map((pack) => signalOf(part, pack)) } : {}),
    ...(Object.keys(ceilings).length > 0 ? { ceilings } : {}),
    ...(part.on === undefined ? {} : { on: part.on }),
    ...(world.seen.callsDeclared && part.calls.length > 0 ? { calls: part.calls } : {}),
  };
}

/** What a source is found by. */
function signalOf(part: Part, pack: string): object {
  if (pack === 'kubernetes-container' || pack === 'kubernetes-nodes') return { pack };
  const select = { job: pack === 'node' ? hostJobOf(part) : jobOf(part.name) };
  if (pack === 'postgres') return { pack, select, part: { datname: database } };
  if (pack === 'pgbouncer') return { pack, select, part: { database } };
  return { pack, select };
}

/** What is bought and no exporter tells: what a disk and a pod's line may do, and how many ports a machine has. */
function ceilingsOf(world: World, part: Part, packs: readonly Pack[]): Readonly<Record<string, string>> {
  const known = new Set(packs.flatMap((pack) => pack.resources ?? []).map(({ id }) => id));
  const guests = world.parts.filter(({ on }) => on === part.name).flatMap(({ resources }) => resources);
  const disks = isInPods(part)
    ? []
    : [...part.resources, ...guests].flatMap((one) => (one.kind === 'disk' ? [one] : []));
  const stated: readonly (readonly [string, string | undefined])[] = [
    [
      'disk-operations',
      inRate(
        disks.map(({ operations }) => operations),
        '',
      ),
    ],
    [
      'disk-bytes',
      inRate(
        disks.map(({ bytes }) => bytes),
        ' B',
      ),
    ],
    [
      'network-out',
      isInPods(part)
        ? inRate(
            part.resources.flatMap((one) => (one.kind === 'link' ? [one.bytes] : [])),
            ' B',
          )
        : undefined,
    ],
    ['ports', portsOf(part)],
  ];
  return Object.fromEntries(
    stated.flatMap(([id, text]) => (text !== undefined && known.has(id) ? [[id.replaceAll('-', '_'), text]] : [])),
  );
}

/** One number for all devices of a component: the smallest. */
const inRate = (amounts: readonly number[], unit: string): string | undefined =>
  amounts.length > 0 ? `${Number(Math.min(...amounts).toFixed(3))}${unit}/s` : undefined;

function portsOf({ technology, resources }: Part): string | undefined {
  const ports = resources.find(({ kind, id }) => kind === 'pool' && id.includes('port'));
  return technology === 'node' && ports?.kind === 'pool' ? `${ports.size} ports` : undefined;
}

function mostOf({ load }: World): number {
  if (load.kind === 'steps') return Math.max(...load.rates);
  return load.kind === 'users' ? 1e6 : Math.max(...load.points.map(({ rate }) => rate));
}

/** Each rate once, the lowest first: what a staircase takes. */
const rising = (rates: readonly number[]): readonly number[] => [...new Set(rates)].sort((a, b) => a - b);

/**
 * The plan as it would be written; phases that are too short for their data are as long as the refusal would ask for.
 * Users have no plan of their own yet: theirs has a step for each number of them.
 */
function loadOf(world: World): object {
  const { load } = world;
  if (load.kind === 'traffic') return {};
  const shortest = shortestPhases(seconds(slowestScrape(world)));
  const rates = load.kind === 'steps' ? load.rates : load.users;
  return {
    load: {
      url: 'http://localhost:8080',
      timeout: `${load.timeout}s`,
      plan: {
        kind: 'staircase',
        arrivals: load.kind === 'steps' ? load.arrivals : 'poisson',
        rates: rising(rates).map((rate) => `${rate}/s`),
        settle: `${Math.max(load.settle, shortest.settle)}s`,
        measure: `${Math.max(load.measure, shortest.measure)}s`,
      },
      requests: world.classes.map(({ name, weight }) => ({
        name: name.replaceAll(' ', '-'),
        path: '/',
        ...(weight[0] && weight[0].weight > 0 ? { weight: weight[0].weight } : {}),
      })),
    },
  };
}
