import type { Resource } from '../world.ts';
import { between, chance, pick, rounded } from './draw.ts';
import { type Family, familyOf } from './family.ts';
import { nodeOf } from './parts-of.ts';
import { hold, part, pool, ref, withResources } from './pieces.ts';
import { residenceOf } from './sizes.ts';
import { durationOfLoad } from './staircase.ts';

type Disk = Extract<Resource, { kind: 'disk' }>;

/** A volume does only so many operations a second. */
export const diskOperations: Family = familyOf({
  number: 11,
  name: 'operations of the disk',
  sketch: (random, sketch) => ({
    ...sketch,
    database: { ...sketch.database, use: rounded(between(random, 0.2, 0.7), 2), disk: 1 },
  }),
});

/** A volume carries only so many bytes a second, or is slower once its credits are used up. */
export const diskBytes: Family = familyOf({
  number: 12,
  name: 'bytes or credits of the disk',
  sketch: (random, sketch) => ({
    ...sketch,
    database: { ...sketch.database, use: rounded(between(random, 0.2, 0.65), 2), disk: 1 },
  }),
  mend: (random, world) => {
    const seconds = durationOfLoad(world.load);
    const isBurst = chance(random, 0.5);
    const [faster, share] = [between(random, 1.6, 2.5), between(random, 0.02, 0.08)];
    const changed = (disk: Disk): Disk => {
      const { operations } = disk;
      if (!isBurst) return { ...disk, operations: operations * 4, bytes: rounded(operations * 8192) };
      return { ...disk, burst: { fast: rounded(operations * faster), credits: rounded(operations * seconds * share) } };
    };
    return {
      ...world,
      parts: world.parts.map((one) => ({
        ...one,
        resources: one.resources.map((resource) => (resource.kind === 'disk' ? changed(resource) : resource)),
      })),
    };
  },
});

/** The line by which the answers leave. */
export const network: Family = familyOf({
  number: 17,
  name: 'line of the service',
  sketch: (_, sketch) => ({ ...sketch, line: 1 }),
});

/** A machine remembers each connection for a while after it ended, and only so many. */
export const conntrack: Family = familyOf({
  number: 18,
  name: 'table of connections',
  around: (_, sketch) => ({ whole: (acts) => [hold(ref(nodeOf(sketch.front), 'conntrack'), acts)] }),
  parts: (random, { parts, sketch, sizes, owner }) => {
    const name = nodeOf(sketch.front);
    const replicas = parts.find((one) => one.name === name)?.replicas ?? 1;
    const linger = pick(random, [8, 10, 15]);
    const kept = linger + residenceOf(sketch, sizes, owner, sketch.front);
    const size = Math.ceil((sketch.rate / replicas) * kept);
    return withResources(parts, name, [pool('conntrack', size, { queue: 0, linger })]);
  },
});

/** Each connection to a remote system takes a port of the gateway, and for a while after it ended. */
export const ports: Family = familyOf({
  number: 19,
  name: 'ports of the gateway',
  sketch: (random, sketch) => ({
    ...sketch,
    outside: sketch.outside ?? { name: 'payments', seconds: rounded(between(random, 0.05, 0.3), 2), cv: 0.5 },
  }),
  around: () => ({ outside: (wait) => [hold(ref('nat', 'ports'), wait)] }),
  parts: (random, { parts, sketch }) => {
    const linger = pick(random, [8, 10, 15]);
    const size = Math.ceil(sketch.rate * (linger + (sketch.outside?.seconds ?? 0)));
    return [
      ...parts,
      part('nat', 'node', [{ kind: 'cpu', id: 'cpu', cores: 2 }, pool('ports', size, { queue: 0, linger })]),
    ];
  },
});
