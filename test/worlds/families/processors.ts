import type { Random } from '../../../src/model/random.ts';
import { between, chance, pick, rounded } from './draw.ts';
import { type Family, familyOf } from './family.ts';
import type { Tier } from './sketch.ts';

/** A front that is a program with threads. */
export function threaded(random: Random, front: Tier, changed: Partial<Tier>): Tier {
  const threads = front.threads ?? rounded(between(random, 1.8, 4));
  return { ...front, technology: 'service', threads, ...changed };
}

/** Bursty threads use up a quota early in its period: it throttles long before its mean use is full. */
export const quotaThrottling: Family = familyOf({
  number: 1,
  name: 'CPU quota, bursty threads',
  sketch: (random, sketch) => ({
    ...sketch,
    front: threaded(random, sketch.front, {
      quota: pick(random, [0.3, 0.5, 1, 1, 2]),
      use: 1,
      cv: pick(random, [1, 1.5, 2]),
    }),
  }),
});

/** A program without a quota fills the machines it has for itself; its threads are all taken then. */
export const serviceCpu: Family = familyOf({
  number: 2,
  name: 'CPU of the service',
  sketch: (random, sketch) => ({ ...sketch, front: threaded(random, sketch.front, { quota: undefined, use: 1 }) }),
});

/** Half of a machine's processors are second threads of its cores: use goes up steeply beyond one half. */
export const secondThreads: Family = familyOf({
  number: 3,
  name: 'CPU with two threads a core',
  sketch: (random, sketch) => {
    const own = { smt: rounded(between(random, 0.2, 0.35), 2), cores: pick(random, [4, 8]), use: 1 };
    return chance(random, 0.5)
      ? { ...sketch, front: threaded(random, sketch.front, { quota: undefined, ...own }) }
      : { ...sketch, database: { ...sketch.database, quota: false, background: 0, ...own } };
  },
});

/** The database's machine; the pools before it fill. */
export const databaseCpu: Family = familyOf({
  number: 4,
  name: 'CPU of the database',
  sketch: (_, sketch) => ({ ...sketch, database: { ...sketch.database, use: 1 } }),
});

/** One thread does everything: the machine is hardly used. */
export const eventLoop: Family = familyOf({
  number: 16,
  name: 'event loop',
  sketch: (random, sketch) => ({
    ...sketch,
    front: {
      ...sketch.front,
      technology: 'node-service',
      quota: chance(random, 0.5) ? pick(random, [1.5, 2, 4]) : undefined,
      threads: undefined,
      use: 1,
    },
  }),
});

/** Nothing is full at the top of the load: it goes to .2, .5 or .7 of what the fullest resource carries. */
export const nothing: Family = familyOf({
  number: 31,
  name: 'nothing saturates',
  saturates: false,
  reach: (random) => pick(random, [0.2, 0.5, 0.7]),
});
