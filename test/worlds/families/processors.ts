import type { Random } from '../../../src/model/random.ts';
import { assemble } from './assemble.ts';
import { between, chance, pick, rounded } from './draw.ts';
import type { Family } from './family.ts';
import type { Setting } from './setting.ts';
import { drawSketch, type Sketch, type Tier } from './sketch.ts';
import { worldOf } from './world-of.ts';

/** A front that is a program with threads. */
export function threaded(random: Random, front: Tier, changed: Partial<Tier>): Tier {
  const threads = front.threads ?? rounded(between(random, 1.8, 4));
  return { ...front, technology: 'service', threads, ...changed };
}

const full = (
  named: { readonly number: number; readonly name: string },
  change: (random: Random, sketch: Sketch) => Sketch,
): Family => ({
  ...named,
  saturates: true,
  build: (random: Random, setting: Setting) =>
    worldOf(random, setting, named, assemble(random, change(random, drawSketch(random, setting)))),
});

/** Bursty threads use up a quota early in its period: it throttles long before its mean use is full. */
export const quotaThrottling = full({ number: 1, name: 'CPU quota, bursty threads' }, (random, sketch) => ({
  ...sketch,
  front: threaded(random, sketch.front, {
    quota: pick(random, [0.3, 0.5, 1, 1, 2]),
    use: 1,
    cv: pick(random, [1, 1.5, 2]),
  }),
}));

/** A program without a quota fills the machines it has for itself; its threads are all taken then. */
export const serviceCpu = full({ number: 2, name: 'CPU of the service' }, (random, sketch) => ({
  ...sketch,
  front: threaded(random, sketch.front, { quota: undefined, use: 1 }),
}));

/** The database's machine; the pools before it fill. */
export const databaseCpu = full({ number: 4, name: 'CPU of the database' }, (_, sketch) => ({
  ...sketch,
  database: { ...sketch.database, use: 1 },
}));

/** One thread does everything: the machine is hardly used. */
export const eventLoop = full({ number: 16, name: 'event loop' }, (random, sketch) => ({
  ...sketch,
  front: {
    ...sketch.front,
    technology: 'node-service',
    quota: chance(random, 0.5) ? pick(random, [1.5, 2, 4]) : undefined,
    threads: undefined,
    use: 1,
  },
}));

/** Nothing is full at the top of the load: it goes to .2, .5 or .7 of what the fullest resource carries. */
export const nothing: Family = {
  number: 31,
  name: 'nothing saturates',
  saturates: false,
  build: (random, setting) => {
    const reach = setting.reach < 1 ? setting.reach : pick(random, [0.2, 0.5, 0.7]);
    return worldOf(random, { ...setting, reach }, nothing, assemble(random, drawSketch(random, setting)));
  },
};
