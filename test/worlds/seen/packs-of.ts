import type { Part, Technology, World } from '../world.ts';
import { hasHost, isInPods } from './naming.ts';

/** The packs that speak of a part of this technology, whatever it runs on. */
const ofTechnology: Readonly<Record<Technology, readonly string[]>> = {
  node: ['node'],
  external: [],
  'node-service': ['nodejs', 'otel-db-pool'],
  service: ['jvm', 'hikaricp'],
  postgres: ['postgres'],
  pgbouncer: ['pgbouncer'],
  redis: ['redis'],
};

/** The packs that a user would list for a part: those of its technology that it has something for, its container's, its machine's. */
export function packsOf(world: World, part: Part): readonly string[] {
  const hasPool = part.resources.some(({ kind }) => kind === 'pool');
  const own = ofTechnology[part.technology].filter(
    (pack) => hasPool || (pack !== 'otel-db-pool' && pack !== 'hikaricp'),
  );
  return [
    ...own,
    ...(isInPods(part) ? ['kubernetes-container'] : []),
    ...(hasHost(part) && part.technology !== 'node' ? ['node'] : []),
    ...(isFull(world, part) ? ['kubernetes-nodes'] : []),
  ];
}

/** Nodes that cannot carry all the pods that an autoscaler may want. */
export const isFull = (world: World, node: Part): boolean =>
  node.technology === 'node' && world.parts.some((part) => part.on === node.name && part.resources.some(isRoomLimited));

export const isRoomLimited = (resource: Part['resources'][number]): boolean =>
  resource.kind === 'autoscaler' && resource.room < resource.most;
