import type { Act, Part, Ref, Resource, Technology, World } from '../world.ts';
import { isInPods } from './naming.ts';
import { isFull, isRoomLimited } from './packs-of.ts';

/** What a report speaks of. */
export type Named = { readonly component: string; readonly resource: string };

/** A resource of the world; an autoscaler also stands for the `room` on its nodes. */
export type NamedRef = Ref & { readonly side?: 'room' };

/** Under which component and resource a report speaks of a resource of the world; undefined where no pack speaks of it, or its exporter is missing. */
export function namedAs(world: World, ref: NamedRef): Named | undefined {
  const part = world.parts.find(({ name }) => name === ref.part);
  const resource = part?.resources.find(({ id }) => id === ref.id);
  const { missing } = world.seen;
  if (!part || !resource || missing.includes(part.name) || missing.includes(`${part.name}/${ref.id}`)) return undefined;
  if (resource.kind === 'autoscaler') return autoscaler(world, part, resource, ref.side);
  const component = isAtNode(part, resource.kind) ? (part.on ?? part.name) : part.name;
  const named = nameOf(world, part, resource);
  return named === undefined || missing.includes(component) ? undefined : { component, resource: named };
}

/** A disk of what runs in pods is a device of the machine below; all else is its own. */
const isAtNode = (part: Part, kind: Resource['kind']): boolean => isInPods(part) && kind === 'disk';

function autoscaler(world: World, part: Part, resource: Resource, side: NamedRef['side']): Named | undefined {
  const nodes = world.parts.find(({ name }) => name === part.on);
  if (side === undefined) return { component: part.name, resource: 'replicas' };
  return nodes && isRoomLimited(resource) && isFull(world, nodes)
    ? { component: nodes.name, resource: 'nodes' }
    : undefined;
}

type Names = Partial<Readonly<Record<Technology | 'any', string>>>;

/** How packs call resources of a kind: by technology, else the same in any. */
const names: Readonly<Record<Exclude<Resource['kind'], 'disk' | 'autoscaler'>, Names>> = {
  cpu: { any: 'cpu' },
  quota: { any: 'cpu-quota' },
  workers: { service: 'http-threads', 'node-service': 'event-loop', pgbouncer: 'process-cpu', redis: 'main-thread' },
  pool: {
    service: 'pool',
    'node-service': 'pool',
    pgbouncer: 'server-pool',
    postgres: 'connections',
    redis: 'clients',
    node: 'conntrack',
  },
  lock: { postgres: 'locks', service: 'locks' },
  link: { any: 'network-out' },
  memory: { any: 'memory' },
  heap: { service: 'heap', 'node-service': 'heap' },
  cache: { redis: 'maxmemory' },
  'rate-limit': {},
};

function nameOf(world: World, part: Part, resource: Exclude<Resource, { kind: 'autoscaler' }>): string | undefined {
  const { technology, on } = part;
  if (resource.kind === 'disk') return diskOf(world, { part: part.name, id: resource.id }, resource);
  if (resource.kind === 'cpu' && on !== undefined) return undefined;
  if (resource.kind === 'workers' && resource.threads !== 1 && technology !== 'service') return undefined;
  if (resource.kind === 'pool' && technology === 'node' && resource.id.includes('port')) return 'ports';
  return names[resource.kind][technology] ?? names[resource.kind].any;
}

/** Operations or bytes, whichever is used up first by what is asked of it; where so many at once are what is used up, operations. */
function diskOf(world: World, ref: Ref, disk: Extract<Resource, { kind: 'disk' }>): string {
  const asked = world.classes.flatMap(({ acts }) => acts).flatMap((act) => asksOf(act, ref));
  const operations = asked.reduce((sum, one) => sum + one.operations, 0);
  const bytes = asked.reduce((sum, one) => sum + one.bytes, 0);
  return bytes / disk.bytes > operations * Math.max(1 / disk.operations, disk.latency / disk.depth)
    ? 'disk-bytes'
    : 'disk-operations';
}

type Asked = { readonly operations: number; readonly bytes: number };

function asksOf(act: Act, ref: Ref): readonly Asked[] {
  switch (act.do) {
    case 'disk':
      return act.of.part === ref.part && act.of.id === ref.id ? [act] : [];
    case 'hold':
    case 'try':
      return act.within.flatMap((one) => asksOf(one, ref));
    case 'look-up':
      return [...act.hit, ...act.miss].flatMap((one) => asksOf(one, ref));
    case 'cpu':
    case 'pause':
    case 'send':
    case 'pass':
    case 'fail':
      return [];
  }
}
