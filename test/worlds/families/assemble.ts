import type { Random } from '../../../src/model/random.ts';
import type { Act, Happening, Part, Ref, Resource } from '../world.ts';
import { between, chance, pick, rounded, whole } from './draw.ts';
import { cpu, hold, part, pause, pool } from './pieces.ts';
import type { Sketch, Tier } from './sketch.ts';

/** How much of the mean work a kind of request asks for. */
export type Factors = { readonly service: number; readonly database: number };

/** A sketch with its numbers. */
export type Assembly = {
  readonly sketch: Sketch;
  readonly parts: readonly Part[];
  readonly happenings: readonly Happening[];
  /** The acts of one kind of request. */
  readonly request: (factors: Factors) => readonly Act[];
  /** Who keeps the pool of connections, and the nodes that carry the rest. */
  readonly owner: Tier;
  readonly sizes: Sizes;
};

/** What a family may put around the work of one connection, and around the whole call of the database. */
export type Around = {
  readonly query?: (work: readonly Act[]) => readonly Act[];
  readonly call?: (call: readonly Act[]) => readonly Act[];
};

/** The numbers that follow from a sketch. */
export type Sizes = {
  readonly databaseSeconds: number;
  readonly operations: number;
  readonly diskLatency: number;
  readonly bouncerSeconds: number;
  readonly serverPool: number;
  readonly serverIdle: number;
  readonly pool: number;
  readonly poolIdle: number;
  readonly bytes: number;
};

export const nodesName = 'nodes';
export const ceilingOf = (tier: Tier): number =>
  Math.min(tier.technology === 'node-service' ? 1 : Number.POSITIVE_INFINITY, tier.quota ?? Math.max(1, tier.cores));

const secondsOf = (tier: Tier, rate: number): number => (tier.use * ceilingOf(tier) * tier.replicas) / rate;
const ownsNodes = (tier: Tier): boolean => tier.quota === undefined && tier.technology === 'service';
const nodeOf = (tier: Tier): string => (ownsNodes(tier) ? `${tier.name}-node` : nodesName);
export const nodeOfDatabase = (sketch: Sketch): string =>
  sketch.database.quota ? nodesName : `${sketch.database.name}-node`;

/** A pool of which the hold time fills `use` at the rate; where it shall be full first, time is added to the hold until it is exactly so. */
function poolFor(random: Random, use: number, perUnit: number, work: number, idle: number) {
  if (use < 1) return { size: Math.max(2, Math.ceil((perUnit * (work + idle)) / use)), idle };
  const size = Math.max(2, Math.ceil(perUnit * work * between(random, 1.25, 1.8)) + whole(random, 0, 3));
  return { size, idle: size / perUnit - work };
}

function sizesOf(random: Random, sketch: Sketch, owner: Tier): Sizes {
  const { database, bouncer, rate } = sketch;
  const visitRate = rate * database.visits;
  const bouncerSeconds = bouncer ? bouncer.thread / visitRate : 0;
  const beside = bouncer?.beside === true ? bouncerSeconds : 0;
  const databaseSeconds = ((database.use - database.background) * database.cores) / visitRate - beside;
  const operations = database.disk === undefined ? 0 : whole(random, 1, 4);
  const diskLatency = operations
    ? (between(random, 0.15, 0.5) * databaseSeconds) / operations / database.statements
    : 0;
  const work = databaseSeconds + operations * database.statements * diskLatency;
  const idle = sketch.pool.idle * work;
  const server = bouncer ? poolFor(random, bouncer.pool, visitRate, work, 0) : { size: 0, idle: 0 };
  const inHand = work + server.idle + bouncerSeconds;
  const own = poolFor(random, sketch.pool.use, visitRate / owner.replicas, inHand, idle);
  return {
    databaseSeconds,
    operations,
    diskLatency,
    bouncerSeconds,
    serverPool: server.size,
    serverIdle: server.idle,
    pool: own.size,
    poolIdle: own.idle,
    bytes: pick(random, [20_000, 50_000, 120_000, 300_000]),
  };
}

/** CPU work of a tier: on its event loop, where it has one. */
function workOf(tier: Tier, seconds: number): Act {
  const work = cpu(tier.name, seconds, tier.cv);
  return tier.technology === 'node-service' ? hold({ part: tier.name, id: 'event-loop' }, [work]) : work;
}

const withinThreads = (tier: Tier, acts: readonly Act[]): readonly Act[] =>
  tier.threads === undefined ? acts : [hold({ part: tier.name, id: 'threads' }, acts)];

function callOfDatabase(sketch: Sketch, sizes: Sizes, owner: Tier, factor: number, around: Around): readonly Act[] {
  const { database, bouncer } = sketch;
  const each = (sizes.databaseSeconds * factor) / database.statements;
  const statement: readonly Act[] = [
    cpu(database.name, each, database.cv),
    ...(sizes.operations
      ? [
          {
            do: 'disk',
            of: { part: nodeOfDatabase(sketch), id: 'disk' },
            operations: sizes.operations,
            bytes: sizes.operations * 8192,
          } as const,
        ]
      : []),
  ];
  const statements = Array.from({ length: database.statements }, () => statement).flat();
  const work = around.query?.(statements) ?? statements;
  const waits = (seconds: number) => (seconds > 0 ? [pause(seconds * factor, 0.5)] : []);
  const connected = hold({ part: database.name, id: 'connections' }, [...work, ...waits(sizes.serverIdle)]);
  const pooled = bouncer
    ? [
        hold({ part: bouncer.name, id: 'process-cpu' }, [cpu(bouncer.name, sizes.bouncerSeconds, 0.3)]),
        hold({ part: bouncer.name, id: 'server-pool' }, [connected]),
      ]
    : [connected];
  const call = [hold({ part: owner.name, id: 'pool' }, [...pooled, ...waits(sizes.poolIdle)])];
  return around.call?.(call) ?? call;
}

function requestOf(sketch: Sketch, sizes: Sizes, owner: Tier, around: Around, factors: Factors): readonly Act[] {
  const { front, middle, edge, redis, outside, rate } = sketch;
  const call = factors.database > 0 ? callOfDatabase(sketch, sizes, owner, factors.database, around) : [];
  const inMiddle = middle
    ? withinThreads(middle, [
        workOf(middle, secondsOf(middle, rate) * factors.service),
        ...(owner === middle ? call : []),
      ])
    : [];
  const seconds = secondsOf(front, rate) * factors.service;
  const inFront = withinThreads(front, [
    workOf(front, 0.6 * seconds),
    ...(redis ? [hold({ part: redis.name, id: 'thread' }, [cpu(redis.name, redis.use / rate, 0.3)])] : []),
    ...inMiddle,
    ...(owner === front ? call : []),
    ...(outside ? [pause(outside.seconds, outside.cv)] : []),
    workOf(front, 0.4 * seconds),
    ...(sketch.line ? [{ do: 'send', of: { part: nodeOf(front), id: 'network' }, bytes: sizes.bytes } as const] : []),
  ]);
  return edge ? withinThreads(edge, [workOf(edge, secondsOf(edge, rate)), ...inFront]) : inFront;
}

/** Seconds of a tier's request that its threads are kept, without queueing. */
function residenceOf(sketch: Sketch, sizes: Sizes, owner: Tier, tier: Tier): number {
  const { front, middle, edge, rate, database } = sketch;
  const work = sizes.databaseSeconds + sizes.operations * database.statements * sizes.diskLatency;
  const call = database.visits * (work + sizes.serverIdle + sizes.poolIdle + sizes.bouncerSeconds);
  const inMiddle = middle ? secondsOf(middle, rate) + (owner === middle ? call : 0) : 0;
  if (tier === middle) return inMiddle;
  const inFront = secondsOf(front, rate) + inMiddle + (owner === front ? call : 0) + (sketch.outside?.seconds ?? 0);
  return edge && tier === edge ? inFront + secondsOf(edge, rate) : inFront;
}

function partOfTier(sketch: Sketch, sizes: Sizes, owner: Tier, tier: Tier, calls: readonly string[]): Part {
  const perInstance = (sketch.rate / tier.replicas) * residenceOf(sketch, sizes, owner, tier);
  const threads = Math.max(Math.ceil(perInstance * (tier.threads ?? 1)), Math.ceil(2 * ceilingOf(tier)) + 2);
  const resources: readonly Resource[] = [
    ...(tier.quota === undefined ? [] : [{ kind: 'quota', id: 'cpu-quota', cores: tier.quota, period: 0.1 } as const]),
    ...(tier.technology === 'node-service' ? [{ kind: 'workers', id: 'event-loop', threads: 1 } as const] : []),
    ...(tier.threads === undefined ? [] : [{ kind: 'workers', id: 'threads', threads } as const]),
    ...(tier === owner ? [pool('pool', sizes.pool, { queue: sketch.pool.queue, patience: sketch.pool.patience })] : []),
  ];
  return part(tier.name, tier.technology, resources, { replicas: tier.replicas, on: nodeOf(tier), calls });
}

function partOfDatabase(random: Random, sketch: Sketch, sizes: Sizes, owner: Tier): Part {
  const { database, bouncer } = sketch;
  const others = whole(random, 1, 8);
  const most = others + (bouncer ? sizes.serverPool : sizes.pool * owner.replicas);
  const room = Math.max(database.maxConnections, Math.ceil((most * 1.2 + 3) / 100) * 100) - 3;
  const resources: readonly Resource[] = [
    ...(database.quota ? [{ kind: 'quota', id: 'cpu-quota', cores: database.cores, period: 0.1 } as const] : []),
    pool('connections', room, { queue: 0, others }),
  ];
  return part(database.name, 'postgres', resources, { on: nodeOfDatabase(sketch) });
}

/** How many cores the fullest of the shared nodes uses at the rate: instances are dealt out in turn. */
function busiestNode(sketch: Sketch, sizes: Sizes, tiers: readonly Tier[]): number {
  const { nodes, rate, database, bouncer, redis } = sketch;
  const busy = Array.from({ length: nodes.replicas }, () => 0);
  const put = (replicas: number, cores: number) => {
    for (let index = 0; index < replicas; index += 1)
      busy[index % nodes.replicas] = (busy[index % nodes.replicas] ?? 0) + cores / replicas;
  };
  for (const tier of tiers) if (!ownsNodes(tier)) put(tier.replicas, secondsOf(tier, rate) * rate);
  if (database.quota) put(1, sizes.databaseSeconds * database.visits * rate);
  if (bouncer && nodeOfBouncer(sketch) === nodesName) put(1, bouncer.thread);
  if (redis) put(1, redis.use);
  return Math.max(...busy);
}

const nodeOfBouncer = (sketch: Sketch): string =>
  sketch.bouncer?.beside === true ? nodeOfDatabase(sketch) : nodesName;

function nodeParts(random: Random, sketch: Sketch, sizes: Sizes, tiers: readonly Tier[]): readonly Part[] {
  const { nodes, database, front, rate } = sketch;
  const busiest = busiestNode(sketch, sizes, tiers);
  const cores = Math.max(2, Math.ceil(busiest / (nodes.use * (1 - nodes.background)) / 2) * 2);
  const perInstance = rate * sizes.bytes;
  const line = (name: string, replicas: number): readonly Resource[] =>
    sketch.line !== undefined && nodeOf(front) === name
      ? [{ kind: 'link', id: 'network', bytes: rounded(perInstance / replicas / sketch.line) }]
      : [];
  const disk = (name: string): readonly Resource[] =>
    nodeOfDatabase(sketch) === name ? disksOf(random, sketch, sizes) : [];
  const needed = busiest > 0 || nodeOf(front) === nodesName || nodeOfDatabase(sketch) === nodesName;
  const shared = part(
    nodesName,
    'node',
    [{ kind: 'cpu', id: 'cpu', cores }, ...disk(nodesName), ...line(nodesName, nodes.replicas)],
    { replicas: nodes.replicas },
  );
  const own = tiers.filter(ownsNodes).map((tier) =>
    part(nodeOf(tier), 'node', [{ kind: 'cpu', id: 'cpu', cores: tier.cores }, ...line(nodeOf(tier), tier.replicas)], {
      replicas: tier.replicas,
    }),
  );
  const ofDatabase = part(nodeOfDatabase(sketch), 'node', [
    { kind: 'cpu', id: 'cpu', cores: database.cores },
    ...disk(nodeOfDatabase(sketch)),
  ]);
  return [...(needed ? [shared] : []), ...own, ...(database.quota ? [] : [ofDatabase])];
}

function disksOf(random: Random, sketch: Sketch, sizes: Sizes): readonly Resource[] {
  const { database, rate } = sketch;
  if (database.disk === undefined) return [];
  const asked = rate * database.visits * sizes.operations * database.statements;
  const operations = rounded(asked / database.disk);
  const depth = Math.max(4, Math.ceil(3 * operations * sizes.diskLatency));
  const bytes = rounded(8192 * operations * between(random, 2, 6));
  return [{ kind: 'disk', id: 'disk', depth, latency: rounded(sizes.diskLatency), operations, bytes }];
}

function strangersOf(sketch: Sketch, parts: readonly Part[]): readonly Happening[] {
  const share = new Map([
    [nodesName, sketch.nodes.background],
    [nodeOfDatabase(sketch), sketch.database.quota ? sketch.nodes.background : sketch.database.background],
  ]);
  return parts.flatMap((one) => {
    const machine = one.resources.find((resource) => resource.kind === 'cpu');
    const cores = (share.get(one.name) ?? 0) * (machine?.kind === 'cpu' ? machine.cores : 0);
    return cores > 0 ? [{ at: 0, what: 'strangers', part: one.name, cores: rounded(cores) } as const] : [];
  });
}

/** Where the bouncer would take most of what the database may use, it runs elsewhere; a database in a container has no machine of its own. */
function settled(sketch: Sketch): Sketch {
  const { bouncer, database, nodes } = sketch;
  const background = database.quota ? 0 : database.background;
  const room = (database.use - background) * database.cores;
  return {
    ...sketch,
    nodes: database.quota ? { ...nodes, replicas: 1 } : nodes,
    database: { ...database, background },
    bouncer: bouncer && {
      ...bouncer,
      beside: bouncer.beside && !database.quota && room > 2.5 * bouncer.thread,
    },
  };
}

/** Gives a sketch its numbers: demands and sizes such that everything is as full at the rate as the sketch says. */
export function assemble(random: Random, drawn: Sketch, around: Around = {}): Assembly {
  const sketch = settled(drawn);
  const { front, middle, edge, bouncer, database, redis, outside } = sketch;
  const owner = middle && chance(random, 0.6) ? middle : front;
  const sizes = sizesOf(random, sketch, owner);
  const tiers = [edge, front, middle].filter((tier) => tier !== undefined);
  const data = bouncer?.name ?? database.name;
  const names = (all: readonly (string | undefined)[]) => all.filter((name) => name !== undefined);
  const parts: readonly Part[] = [
    ...(edge ? [partOfTier(sketch, sizes, owner, edge, [front.name])] : []),
    partOfTier(
      sketch,
      sizes,
      owner,
      front,
      names([middle?.name, redis?.name, outside?.name, owner === front ? data : undefined]),
    ),
    ...(middle ? [partOfTier(sketch, sizes, owner, middle, owner === middle ? [data] : [])] : []),
    ...(bouncer ? [bouncerPart(sketch, sizes)] : []),
    partOfDatabase(random, sketch, sizes, owner),
    ...(redis ? [redisPart(redis.name)] : []),
    ...(outside ? [part(outside.name, 'external', [])] : []),
    ...nodeParts(random, sketch, sizes, tiers),
  ];
  return {
    sketch,
    parts,
    owner,
    sizes,
    happenings: strangersOf(sketch, parts),
    request: (factors) => requestOf(sketch, sizes, owner, around, factors),
  };
}

const redisPart = (name: string): Part =>
  part(name, 'redis', [{ kind: 'workers', id: 'thread', threads: 1 }], { on: nodesName });

const bouncerPart = (sketch: Sketch, sizes: Sizes): Part =>
  part(
    sketch.bouncer?.name ?? 'bouncer',
    'pgbouncer',
    [
      { kind: 'workers', id: 'process-cpu', threads: 1 },
      pool('server-pool', sizes.serverPool, { queue: 10_000, patience: 120 }),
    ],
    { on: nodeOfBouncer(sketch), calls: [sketch.database.name] },
  );

export const ref = (part: string, id: string): Ref => ({ part, id });
