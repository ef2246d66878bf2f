import type { Resource, World } from '../world.ts';

/** Something of a world that could be made larger. `room` is the other side of an autoscaler: how many instances fit on the nodes. */
export type Limit = { readonly part: string; readonly id: string; readonly side?: 'room' };

/** "db/connections", "api/replicas:room" */
export const keyOf = ({ part, id, side }: Limit): string => (side ? `${part}/${id}:${side}` : `${part}/${id}`);

/** All limits of a world, in the order in which they are written. */
export function limitsOf(world: World): readonly Limit[] {
  return world.parts.flatMap(({ name, resources }) =>
    resources.flatMap((resource): readonly Limit[] => {
      const limit = { part: name, id: resource.id };
      if (resource.kind !== 'autoscaler') return [limit];
      return resource.room < resource.most * 10 ? [limit, { ...limit, side: 'room' }] : [limit];
    }),
  );
}

/** The limit that a key names, or undefined. */
export function limitOf(world: World, key: string): Limit | undefined {
  return limitsOf(world).find((limit) => keyOf(limit) === key);
}

/** The resource that a limit belongs to. */
export function resourceOf(world: World, { part, id }: Limit): Resource | undefined {
  return world.parts.find(({ name }) => name === part)?.resources.find((resource) => resource.id === id);
}

/** The same world with some limits so many times as large; what can only be whole is rounded up. */
export function lifted(world: World, limits: readonly Limit[], factor: number): World {
  return {
    ...world,
    parts: world.parts.map((part) => ({
      ...part,
      resources: part.resources.map((resource) =>
        limits
          .filter((limit) => limit.part === part.name && limit.id === resource.id)
          .reduce((larger, limit) => enlarged(larger, limit.side, factor), resource),
      ),
    })),
  };
}

/** By how much a limit grows where it is asked to grow by a factor: what can only be whole grows by more. */
export function factorOf(world: World, limit: Limit, factor: number): number {
  const resource = resourceOf(world, limit);
  if (!resource || !wholes.includes(resource.kind)) return factor;
  const larger = enlarged(resource, limit.side, factor);
  return sizeOf(larger, limit.side) / sizeOf(resource, limit.side);
}

const wholes: readonly Resource['kind'][] = ['workers', 'pool', 'lock', 'autoscaler'];

function sizeOf(resource: Resource, side: Limit['side']): number {
  if (resource.kind === 'workers') return resource.threads;
  if (resource.kind === 'pool') return resource.size;
  if (resource.kind === 'lock') return resource.rows;
  if (resource.kind === 'autoscaler') return side === 'room' ? resource.room : resource.most;
  return 1;
}

function enlarged(resource: Resource, side: Limit['side'], factor: number): Resource {
  const whole = (size: number): number => Math.ceil(size * factor - 1e-9);
  switch (resource.kind) {
    case 'cpu':
      return {
        ...resource,
        cores: resource.cores * factor,
        ...(resource.smt ? { smt: { ...resource.smt, physical: resource.smt.physical * factor } } : {}),
      };
    case 'quota':
      return { ...resource, cores: resource.cores * factor };
    case 'workers':
      return { ...resource, threads: whole(resource.threads) };
    case 'pool':
      return { ...resource, size: whole(resource.size) };
    case 'lock':
      return { ...resource, rows: whole(resource.rows) };
    case 'disk':
      return {
        ...resource,
        depth: whole(resource.depth),
        operations: resource.operations * factor,
        bytes: resource.bytes * factor,
        ...(resource.burst ? { burst: { ...resource.burst, fast: resource.burst.fast * factor } } : {}),
      };
    case 'link':
      return { ...resource, bytes: resource.bytes * factor };
    case 'memory':
      return { ...resource, limit: resource.limit * factor };
    case 'heap':
      return { ...resource, heap: resource.heap * factor };
    case 'cache':
      return { ...resource, size: whole(resource.size) };
    case 'rate-limit':
      return { ...resource, rate: resource.rate * factor, burst: resource.burst * factor };
    case 'autoscaler':
      return side === 'room'
        ? { ...resource, room: whole(resource.room) }
        : { ...resource, most: whole(resource.most) };
  }
}
