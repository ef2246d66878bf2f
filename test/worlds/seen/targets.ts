import type { Labels } from '../../../src/model/labels.ts';
import type { Part, Technology, World } from '../world.ts';
import { container } from './exporters/container.ts';
import { kubeState } from './exporters/kube-state.ts';
import { machine, type Tenant } from './exporters/machine.ts';
import { pgbouncer } from './exporters/pgbouncer.ts';
import { postgres } from './exporters/postgres.ts';
import { redis } from './exporters/redis.ts';
import { service } from './exporters/service.ts';
import { containerLabels, hasHost, hostJobOf, isInPods, jobOf, machineOf } from './naming.ts';
import type { Told } from './row.ts';
import type { Glimpse, Sight } from './sight.ts';

/** Something that is scraped at once. What it tells is asked once for each thing that it tells of, and read at each scrape. */
export type Target = {
  readonly name: string;
  /** The part by whose missing resources and intervals it goes; undefined: that of the whole. */
  readonly part: string | undefined;
  readonly interval: number;
  /** Its samples carry the time of the last look that its source took, one every so many seconds; 0: they are taken when asked for. */
  readonly lag: number;
  /** Who is told of now. */
  readonly subjects: (sight: Sight) => readonly Subject[];
};

export type Subject = {
  readonly key: string;
  readonly seen: Glimpse;
  /** Labels of the scrape. */
  readonly labels: Labels;
  readonly told: () => readonly Told[];
};

/** Everything that a Prometheus beside the world scrapes. */
export function targetsOf(world: World): readonly Target[] {
  const seen = world.parts.filter(({ name }) => !world.seen.missing.includes(name));
  const pods = seen.filter(isInPods);
  return [
    ...seen.filter(hasHost).flatMap((part) => instancesOf(world, part, hostTarget(world, part))),
    ...pods.map((part) => kubelet(world, part)),
    ...seen.filter(hasExporter).flatMap((part) => instancesOf(world, part, ownTarget(world, part))),
    ...(pods.length > 0 ? [kubeState(world, pods)] : []),
  ];
}

type OfInstance = Pick<Target, 'name' | 'lag'> & { readonly subject: (seen: Glimpse) => Subject };

/** Each instance is a target of its own; more of them than there were at the start take turns with those. */
function instancesOf(world: World, part: Part, of: OfInstance): readonly Target[] {
  const most = Math.max(
    part.replicas,
    ...part.resources.map((one) => (one.kind === 'autoscaler' ? one.most : 0)),
    ...scaled(world, part),
  );
  return Array.from({ length: most }, (_, replica) => ({
    name: `${of.name} ${replica}`,
    part: part.name,
    interval: intervalOf(world, part.name),
    lag: of.lag,
    subjects: (sight) =>
      sight
        .of(part.name)
        .filter((one) => one.replica === replica)
        .map(of.subject),
  }));
}

const scaled = (world: World, { name }: Part): readonly number[] =>
  world.happenings.flatMap((one) => (one.what === 'scale' && one.part === name ? [one.replicas] : []));

export const intervalOf = (world: World, part: string): number => world.seen.intervals[part] ?? world.seen.interval;

function hostTarget(world: World, part: Part): OfInstance {
  return {
    name: `${part.name} machine`,
    lag: 0,
    subject: (seen) => ({
      key: machineOf(part.name, seen.replica),
      seen,
      labels: { job: hostJobOf(part), instance: `${machineOf(part.name, seen.replica)}:9100` },
      told: () => machine(seen, tenantsOf(world, part, seen.replica)),
    }),
  };
}

/** Disks of what runs in pods are devices of the machines that carry it. */
function tenantsOf(world: World, node: Part, replica: number): readonly Tenant[] {
  const guests = world.parts.filter((part) => part.on === node.name && !world.seen.missing.includes(part.name));
  return guests.flatMap((part) =>
    part.resources
      .filter(({ kind }) => kind === 'disk')
      .flatMap((resource) =>
        Array.from({ length: part.replicas }, (_, index) => index)
          .filter((index) => index % node.replicas === replica)
          .map((index) => ({
            part: part.name,
            resource,
            device: deviceOf(part, resource.id, index),
            of: (seen: Glimpse) => seen.others(part.name).find((one) => one.replica === index),
          })),
      ),
  );
}

const deviceOf = (part: Part, id: string, replica: number): string =>
  part.replicas > 1 ? `${part.name}-${id}-${replica}` : `${part.name}-${id}`;

/** The containers of a part, as the kubelets of their nodes tell of them. */
function kubelet(world: World, part: Part): Target {
  return {
    name: `${part.name} containers`,
    part: part.name,
    interval: intervalOf(world, part.name),
    lag: world.seen.lag,
    subjects: (sight) =>
      sight.of(part.name).map((seen) => ({
        key: containerLabels(world, seen).pod ?? '',
        seen,
        labels: { job: 'kubelet' },
        told: () => container(world, seen),
      })),
  };
}

type Exporter = (world: World, seen: Glimpse) => readonly Told[];

const exporters: Readonly<Record<Technology, { readonly port: number; readonly tell: Exporter } | undefined>> = {
  node: undefined,
  external: undefined,
  'node-service': { port: 9464, tell: service },
  service: { port: 9464, tell: service },
  postgres: { port: 9187, tell: (_, seen) => postgres(seen) },
  pgbouncer: { port: 9127, tell: (_, seen) => pgbouncer(seen) },
  redis: { port: 9121, tell: (_, seen) => redis(seen) },
};

const hasExporter = ({ technology }: Part): boolean => exporters[technology] !== undefined;

function ownTarget(world: World, part: Part): OfInstance {
  const exporter = exporters[part.technology];
  return {
    name: part.name,
    lag: 0,
    subject: (seen) => {
      const { container: _, ...pod } = isInPods(part) ? containerLabels(world, seen) : {};
      const host = pod.pod ?? machineOf(part.name, seen.replica);
      return {
        key: host,
        seen,
        labels: { job: jobOf(part.name), instance: `${host}:${exporter?.port}`, ...pod },
        told: () => exporter?.tell(world, seen) ?? [],
      };
    },
  };
}
