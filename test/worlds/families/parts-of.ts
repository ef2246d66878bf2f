import type { Random } from '../../../src/model/random.ts';
import type { Part, Resource } from '../world.ts';
import { between, rounded } from './draw.ts';
import { part, pool } from './pieces.ts';
import { ceilingOf, hottestOf, residenceOf, type Sizes, secondsOf, visitsOf } from './sizes.ts';
import type { Sketch, Tier } from './sketch.ts';

const nodesName = 'nodes';

const ownsNodes = (tier: Tier): boolean => tier.quota === undefined && tier.technology === 'service';

/** The nodes that a tier runs on. */
export const nodeOf = (tier: Tier): string => (ownsNodes(tier) ? `${tier.name}-node` : nodesName);

export const nodeOfDatabase = ({ database }: Sketch): string => (database.quota ? nodesName : `${database.name}-node`);

const nodeOfBouncer = (sketch: Sketch): string =>
  sketch.bouncer?.beside === true ? nodeOfDatabase(sketch) : nodesName;

export const tiersOf = ({ edge, front, middle }: Sketch): readonly Tier[] =>
  [edge, front, middle].filter((tier) => tier !== undefined);

/** Threads, or how many may be inside, and how many more may wait: the first part alone refuses. */
function workersOf(sketch: Sketch, sizes: Sizes, owner: Tier, tier: Tier): readonly Resource[] {
  const perInstance = sketch.rate * hottestOf(tier);
  const inside = perInstance * residenceOf(sketch, sizes, owner, tier);
  const isFirst = tier === (sketch.edge ?? sketch.front);
  const door = isFirst && sketch.door !== undefined ? Math.ceil(perInstance * sketch.door + 2 * inside) + 5 : undefined;
  const threads = Math.max(Math.ceil(inside * (tier.threads ?? 1)), Math.ceil(2 * ceilingOf(tier)) + 2);
  const loop = tier.technology === 'node-service' ? [{ kind: 'workers', id: 'event-loop', threads: 1 } as const] : [];
  if (tier.threads === undefined)
    return [
      ...loop,
      ...(door ? [{ kind: 'workers', id: 'requests', threads: Math.max(door, 10), queue: 0 } as const] : []),
    ];
  return [
    { kind: 'workers', id: 'threads', threads, ...(door ? { queue: Math.max(10, door - threads) } : {}) },
    ...loop,
  ];
}

function partOfTier(sketch: Sketch, sizes: Sizes, owner: Tier, tier: Tier, calls: readonly string[]): Part {
  const line = (): readonly Resource[] =>
    sketch.line === undefined || tier !== sketch.front
      ? []
      : [{ kind: 'link', id: 'network', bytes: rounded((sketch.rate * hottestOf(tier) * sizes.bytes) / sketch.line) }];
  const resources: readonly Resource[] = [
    ...(tier.quota === undefined ? [] : [{ kind: 'quota', id: 'cpu-quota', cores: tier.quota, period: 0.1 } as const]),
    ...workersOf(sketch, sizes, owner, tier),
    ...(tier === owner ? [pool('pool', sizes.pool, { queue: sketch.pool.queue, patience: sketch.pool.patience })] : []),
    ...(tier.scaler ? [{ kind: 'autoscaler', id: 'autoscaler', ...tier.scaler } as const] : []),
    ...line(),
  ];
  const replicas = tier.scaler?.least ?? tier.replicas;
  return part(tier.name, tier.technology, resources, {
    replicas,
    balance: tier.balance ?? [],
    on: nodeOf(tier),
    calls,
  });
}

function disksOf(random: Random, sketch: Sketch, sizes: Sizes): readonly Resource[] {
  const { database, rate } = sketch;
  if (database.disk === undefined) return [];
  const asked = rate * visitsOf(sketch) * sizes.operations * database.statements;
  const operations = rounded(asked / database.disk);
  const depth = Math.max(4, Math.ceil(3 * operations * sizes.diskLatency));
  const bytes = rounded(8192 * operations * between(random, 2, 6));
  return [{ kind: 'disk', id: 'disk', depth, latency: rounded(sizes.diskLatency), operations, bytes }];
}

function partOfDatabase(random: Random, sketch: Sketch, sizes: Sizes): Part {
  const { database } = sketch;
  const { lock } = database;
  const resources: readonly Resource[] = [
    ...(database.quota ? [{ kind: 'quota', id: 'cpu-quota', cores: database.cores, period: 0.1 } as const] : []),
    pool('connections', sizes.connections, {
      queue: 0,
      others: sizes.others,
      ...(database.crowding === undefined
        ? {}
        : { crowding: rounded(database.crowding / Math.max(1, sizes.most + sizes.others - 1)) }),
    }),
    ...(lock
      ? [
          {
            kind: 'lock',
            id: 'locks',
            rows: lock.rows,
            ...(lock.crowding > 0 ? { crowding: rounded(lock.crowding / Math.max(1, sizes.most)) } : {}),
          } as const,
        ]
      : []),
    ...disksOf(random, sketch, sizes),
  ];
  return part(database.name, 'postgres', resources, { on: nodeOfDatabase(sketch) });
}

/** How many cores the fullest of the shared nodes uses at the rate: instances are dealt out in turn. */
function busiestNode(sketch: Sketch, sizes: Sizes): number {
  const { nodes, rate, database, bouncer, redis } = sketch;
  const busy = Array.from({ length: nodes.replicas }, () => 0);
  const put = (instance: number, cores: number) => {
    busy[instance % nodes.replicas] = (busy[instance % nodes.replicas] ?? 0) + cores;
  };
  for (const tier of tiersOf(sketch)) {
    const balance = tier.balance ?? Array.from({ length: tier.replicas }, () => 1);
    const total = balance.reduce((sum, one) => sum + one, 0);
    if (!ownsNodes(tier))
      for (const [index, one] of balance.entries()) put(index, (secondsOf(tier, rate) * rate * one) / total);
  }
  if (database.quota) put(0, sizes.databaseSeconds * visitsOf(sketch) * rate);
  if (bouncer && nodeOfBouncer(sketch) === nodesName) put(0, bouncer.thread);
  if (redis) put(0, redis.use);
  return Math.max(...busy);
}

/** A machine's CPU; with SMT half of its hardware threads are cores. */
const machine = (cores: number, gain: number | undefined): Resource =>
  gain === undefined
    ? { kind: 'cpu', id: 'cpu', cores }
    : { kind: 'cpu', id: 'cpu', cores, smt: { physical: cores / 2, gain } };

function nodeParts(sketch: Sketch, sizes: Sizes, others: readonly Part[]): readonly Part[] {
  const { nodes, database } = sketch;
  const busiest = busiestNode(sketch, sizes);
  const cores = Math.max(2, Math.ceil(busiest / (nodes.use * (1 - nodes.background)) / 2) * 2);
  const shared = part(nodesName, 'node', [machine(cores, undefined)], { replicas: nodes.replicas });
  const own = tiersOf(sketch)
    .filter(ownsNodes)
    .map((tier) => part(nodeOf(tier), 'node', [machine(tier.cores, tier.smt)], { replicas: tier.replicas }));
  const ofDatabase = part(nodeOfDatabase(sketch), 'node', [machine(database.cores, database.smt)]);
  return [
    ...(others.some((one) => one.on === nodesName) ? [shared] : []),
    ...own,
    ...(database.quota ? [] : [ofDatabase]),
  ];
}

function bouncerPart(sketch: Sketch, sizes: Sizes): readonly Part[] {
  const { bouncer, database } = sketch;
  if (bouncer === undefined) return [];
  const resources: readonly Resource[] = [
    { kind: 'workers', id: 'process-cpu', threads: 1 },
    pool('server-pool', sizes.serverPool, { queue: 10_000, patience: 120 }),
  ];
  return [part(bouncer.name, 'pgbouncer', resources, { on: nodeOfBouncer(sketch), calls: [database.name] })];
}

/** All parts of a system: the front first, the nodes last. */
export function partsOf(random: Random, sketch: Sketch, sizes: Sizes, owner: Tier): readonly Part[] {
  const { front, middle, edge, redis, outside, bouncer, database } = sketch;
  const callsOf = (tier: Tier): readonly string[] => {
    if (tier === edge) return [front.name];
    const data = tier === owner ? [bouncer?.name ?? database.name] : [];
    const beside =
      tier === front ? [middle?.name, redis?.name, outside?.name].filter((name) => name !== undefined) : [];
    return [...beside, ...data];
  };
  const parts: readonly Part[] = [
    ...tiersOf(sketch).map((tier) => partOfTier(sketch, sizes, owner, tier, callsOf(tier))),
    ...bouncerPart(sketch, sizes),
    partOfDatabase(random, sketch, sizes),
    ...(redis ? [part(redis.name, 'redis', [{ kind: 'workers', id: 'thread', threads: 1 }], { on: nodesName })] : []),
    ...(outside ? [part(outside.name, 'external', [])] : []),
  ];
  return [...parts, ...nodeParts(sketch, sizes, parts)];
}
