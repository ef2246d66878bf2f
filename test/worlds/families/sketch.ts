import type { Random } from '../../../src/model/random.ts';
import type { Resource } from '../world.ts';
import { between, chance, pick, rounded, whole } from './draw.ts';
import type { Setting } from './setting.ts';

/**
 * A system before it has numbers: who is there, and how full each would be at the rate `rate`. Whatever is to saturate first is set to 1;
 * everything else is a decoy between 0.1 and 0.8.
 */
export type Sketch = {
  readonly rate: number;
  readonly front: Tier;
  /** A service between the front and the database. */
  readonly middle: Tier | undefined;
  /** A proxy before the front: many slots, little work. */
  readonly edge: Tier | undefined;
  /** The pool of connections that every instance of the last service keeps: `size` in units, or `use` of them at the rate. */
  readonly pool: Pooled;
  readonly bouncer: Bouncer | undefined;
  readonly database: Database;
  /** Sessions or counters, asked by each request. */
  readonly redis: { readonly name: string; readonly use: number } | undefined;
  /** A remote system that the front waits for. */
  readonly outside: { readonly name: string; readonly seconds: number; readonly cv: number } | undefined;
  /** Use of the line by which the answers leave; undefined: none is seen. */
  readonly line: number | undefined;
  /** How many seconds' worth of requests at the rate may be inside at the front before more are refused; undefined: any number. */
  readonly door: number | undefined;
  /** How full the nodes are that carry everything with a quota. */
  readonly nodes: { readonly replicas: number; readonly use: number; readonly background: number };
};

export type Tier = {
  readonly name: string;
  readonly technology: 'node-service' | 'service';
  readonly replicas: number;
  /** Of what limits its CPU: its quota, its event loop, or its own nodes. */
  readonly use: number;
  /** Cores of the quota of each instance; undefined: no quota, on nodes of its own with so many `cores`. */
  readonly quota: number | undefined;
  readonly cores: number;
  readonly cv: number;
  /** Threads as a multiple of those that are busy at the rate; undefined: nothing bounds what is inside. */
  readonly threads: number | undefined;
  /** What a second hardware thread adds to a core of its own nodes; absent: they have one each. */
  readonly smt?: number;
  /** Share of the requests that each instance gets; absent: all alike. */
  readonly balance?: readonly number[];
  /** It starts with `least` instances; `replicas` are what the rate needs at most. */
  readonly scaler?: Omit<Extract<Resource, { kind: 'autoscaler' }>, 'kind' | 'id'>;
};

export type Pooled = {
  readonly use: number;
  /** Time with the connection in hand and nothing done (s), as a share of the time that the database works. */
  readonly idle: number;
  readonly queue: number;
  readonly patience: number | undefined;
};

export type Bouncer = {
  readonly name: string;
  readonly pool: number;
  readonly thread: number;
  /** Whether it runs beside the database or on the nodes. */
  readonly beside: boolean;
};

export type Database = {
  readonly name: string;
  readonly cores: number;
  readonly use: number;
  readonly quota: boolean;
  readonly cv: number;
  /** What others use of its cores. */
  readonly background: number;
  /** Use of its disk: of the operations it may do. */
  readonly disk: number | undefined;
  /** Statements made with one connection in hand. */
  readonly statements: number;
  /** How often a request asks it, in the mean: below 1 where a cache or a kind of request does without. */
  readonly visits: number;
  /** The share of those visits that a cache before it leaves over; absent: there is none. */
  readonly misses?: number;
  readonly maxConnections: number;
  /** Use of max_connections where that is to be full: time is added to each transaction until it is. */
  readonly connections?: number;
  /** How much longer work takes when all connections are in use, as a share: with few it is less. */
  readonly crowding?: number;
  readonly smt?: number;
  /** Rows that are fought over: a part of the work and a pause are done with one of them locked. `crowding`: how much longer it takes when all others wait. */
  readonly lock?: { readonly use: number; readonly rows: number; readonly crowding: number };
};

/** Capacities low enough that a world is simulated in seconds: the longer the windows, the fewer requests. */
export function drawRate(random: Random, setting: Setting): number {
  if (setting.interval <= 5) return rounded(between(random, 50, 120));
  if (setting.interval <= 15) return rounded(between(random, 40, 100));
  if (setting.interval <= 30) return rounded(between(random, 25, 60));
  return rounded(between(random, 15, 35));
}

/** How full what is innocent is: often rather full. */
export const innocent = (random: Random): number => rounded(between(random, 0.3, 0.78), 2);

const fronts = ['api', 'shop', 'checkout', 'orders', 'web', 'booking'] as const;
const middles = ['catalog', 'pricing', 'inventory', 'profiles'] as const;

function drawTier(random: Random, name: string, technology: Tier['technology']): Tier {
  const loop = technology === 'node-service';
  return {
    name,
    technology,
    replicas: pick(random, [1, 1, 2, 2, 3, 4]),
    use: innocent(random),
    quota: chance(random, loop ? 0.4 : 0.7) ? pick(random, loop ? [0.5, 1.5, 2] : [0.5, 1, 2, 4]) : undefined,
    cores: pick(random, [2, 4, 8]),
    cv: pick(random, [0, 0.3, 0.5, 1, 1, 1.5]),
    threads: loop ? undefined : rounded(between(random, 1.8, 5)),
  };
}

function drawDatabase(random: Random): Database {
  return {
    name: pick(random, ['db', 'postgres', 'store']),
    cores: pick(random, [2, 4, 4, 8]),
    use: innocent(random),
    quota: chance(random, 0.25),
    cv: pick(random, [0.3, 0.5, 1, 1, 1.5]),
    background: chance(random, 0.4) ? rounded(between(random, 0.02, 0.15), 2) : 0,
    disk: chance(random, 0.5) ? rounded(between(random, 0.15, 0.7), 2) : undefined,
    statements: pick(random, [1, 1, 1, 2, 3]),
    visits: chance(random, 0.2) ? rounded(between(random, 0.5, 0.9), 2) : 1,
    maxConnections: pick(random, [100, 200, 341, 500]),
  };
}

/** A system as people have it, in which nothing is full at `rate`. */
export function drawSketch(random: Random, setting: Setting): Sketch {
  const technology = pick<Tier['technology']>(random, ['node-service', 'node-service', 'service']);
  return {
    rate: drawRate(random, setting),
    front: drawTier(random, pick(random, fronts), technology),
    middle: chance(random, 0.35)
      ? drawTier(random, pick(random, middles), pick<Tier['technology']>(random, ['node-service', 'service']))
      : undefined,
    edge: chance(random, 0.25)
      ? { ...drawTier(random, 'gateway', 'service'), quota: 1, use: between(random, 0.1, 0.5), threads: 8 }
      : undefined,
    pool: {
      use: rounded(between(random, 0.25, 0.55), 2),
      idle: pick(random, [0.1, 0.3, 0.6, 1]),
      queue: pick(random, [100, 300, 1000]),
      patience: pick(random, [undefined, 2, 5, 10]),
    },
    bouncer: chance(random, 0.4)
      ? {
          name: pick(random, ['bouncer', 'pgbouncer']),
          pool: rounded(between(random, 0.3, 0.6), 2),
          thread: rounded(between(random, 0.05, 0.4), 2),
          beside: chance(random, 0.5),
        }
      : undefined,
    database: drawDatabase(random),
    redis: chance(random, 0.4)
      ? { name: pick(random, ['cache', 'redis']), use: rounded(between(random, 0.05, 0.6), 2) }
      : undefined,
    outside: chance(random, 0.25)
      ? { name: pick(random, ['payments', 'maps', 'mail']), seconds: between(random, 0.03, 0.25), cv: 0.5 }
      : undefined,
    door: chance(random, 0.85) ? rounded(between(random, 0.8, 3), 2) : undefined,
    line: chance(random, 0.3) ? rounded(between(random, 0.1, 0.6), 2) : undefined,
    nodes: {
      replicas: whole(random, 1, 3),
      use: rounded(between(random, 0.25, 0.65), 2),
      background: chance(random, 0.4) ? rounded(between(random, 0.02, 0.15), 2) : 0,
    },
  };
}
