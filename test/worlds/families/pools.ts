import type { Part } from '../world.ts';
import { between, chance, pick, rounded, whole } from './draw.ts';
import { type Family, familyOf } from './family.ts';
import { durationOfLoad } from './staircase.ts';

/** The service's own pool of connections is too small; the database could do more. */
export const applicationPool: Family = familyOf({
  number: 6,
  name: 'pool of the service',
  sketch: (_, sketch) => ({ ...sketch, pool: { ...sketch.pool, use: 1 } }),
});

/** The bouncer's pool is too small; the pools of the service before it fill too. */
export const bouncerPool: Family = familyOf({
  number: 7,
  name: 'pool of the bouncer',
  sketch: (random, sketch) => ({
    ...sketch,
    bouncer: {
      name: pick(random, ['bouncer', 'pgbouncer']),
      pool: 1,
      thread: rounded(between(random, 0.05, 0.4), 2),
      beside: chance(random, 0.5),
    },
  }),
});

/** A bouncer is one process with one thread: its core is full on a machine that is not. */
export const bouncerThread: Family = familyOf({
  number: 8,
  name: 'thread of the bouncer',
  sketch: (random, sketch) => ({
    ...sketch,
    bouncer: {
      name: pick(random, ['bouncer', 'pgbouncer']),
      pool: rounded(between(random, 0.3, 0.5), 2),
      thread: 1,
      beside: chance(random, 0.5),
    },
  }),
});

/** The pools together may open more connections than the server takes: it refuses. */
export const maxConnections: Family = familyOf({
  number: 9,
  name: 'max_connections exceeded',
  sketch: (random, sketch) => ({
    ...sketch,
    bouncer: undefined,
    pool: { ...sketch.pool, use: rounded(between(random, 0.4, 0.55), 2), idle: 0 },
    database: {
      ...sketch.database,
      use: rounded(between(random, 0.2, 0.55), 2),
      maxConnections: pick(random, [25, 40, 60]),
      connections: 1,
    },
  }),
});

/** Now and then a connection is not given back: time fills the pool, whatever the load. */
export const leak: Family = familyOf({
  number: 10,
  name: 'connections leak',
  byTime: true,
  reach: (random) => rounded(between(random, 0.5, 0.8), 2),
  mend: (random, world, { owner, sizes, sketch }) => {
    const { load } = world;
    if (load.kind !== 'steps') return world;
    const requests = load.rates.reduce((sum, rate) => sum + rate * (load.settle + load.measure), 0);
    const chanceOf = (sizes.pool * owner.replicas) / (requests * sketch.database.visits * between(random, 0.4, 0.8));
    const reclaim = chance(random, 0.25) ? rounded(0.3 * durationOfLoad(load), 2) : undefined;
    return {
      ...world,
      parts: world.parts.map((part) => ({
        ...part,
        resources: part.resources.map((one) =>
          part.name === owner.name && one.id === 'pool' && one.kind === 'pool'
            ? { ...one, leak: { chance: rounded(Math.min(0.5, chanceOf), 2), reclaim } }
            : one,
        ),
      })),
    };
  },
});

/** Refusing at once is cheap: more and more is answered, and less and less of it is good. */
export const fastErrors: Family = familyOf({
  number: 40,
  name: 'errors are answered fast',
  sketch: (random, sketch) => ({
    ...sketch,
    pool: { ...sketch.pool, use: 1, queue: whole(random, 0, 4), patience: undefined },
  }),
});

/** A pool keeps more from coming in than the database can bear: a larger one would lose. */
export const protectivePool: Family = familyOf({
  number: 41,
  name: 'pool that protects',
  sketch: (random, sketch) => ({
    ...sketch,
    bouncer: undefined,
    pool: { ...sketch.pool, use: 1, patience: undefined },
    database: {
      ...sketch.database,
      use: rounded(between(random, 0.88, 0.93), 2),
      background: 0,
      disk: undefined,
      crowding: rounded(between(random, 1.5, 3), 2),
      statements: 1,
    },
  }),
});

/** A consumer of a queue keeps all its workers busy, as it is meant to. */
export const fullByDesign: Family = familyOf({
  number: 47,
  name: 'workers that are always busy',
  saturates: false,
  reach: (random) => rounded(between(random, 0.25, 0.75), 2),
  mend: (random, world, { sketch }) => {
    const size = whole(random, 2, 16);
    const consumer: Part = {
      name: 'consumer',
      technology: pick<Part['technology']>(random, ['service', 'node-service']),
      replicas: 1,
      balance: [],
      on: world.parts.find((part) => part.technology === 'node')?.name,
      calls: [sketch.database.name],
      resources: [{ kind: 'pool', id: 'pool', size, queue: 100, patience: undefined, others: size }],
    };
    const firstNode = world.parts.findIndex((part) => part.technology === 'node');
    return { ...world, parts: [...world.parts.slice(0, firstNode), consumer, ...world.parts.slice(firstNode)] };
  },
});
