import type { Random } from '../../../src/model/random.ts';
import type { Act, Load } from '../world.ts';
import { between, chance, pick, rounded, whole } from './draw.ts';
import { type Family, familyOf } from './family.ts';
import { hold, pool, ref, withResources } from './pieces.ts';
import type { Sketch } from './sketch.ts';
import { durationOfLoad } from './staircase.ts';

const remote = (random: Random, sketch: Sketch): NonNullable<Sketch['outside']> =>
  sketch.outside ?? {
    name: pick(random, ['payments', 'partner']),
    seconds: rounded(between(random, 0.05, 0.3), 2),
    cv: 0.5,
  };

/** A remote system takes so many calls a second and refuses the rest. */
export const rateLimit: Family = familyOf({
  number: 28,
  name: 'rate limit of a remote system',
  sketch: (random, sketch) => ({ ...sketch, outside: remote(random, sketch) }),
  around: (_, { outside }) => ({
    outside: (wait) => [{ do: 'pass', of: ref(outside?.name ?? '', 'calls') }, ...wait],
  }),
  parts: (random, { parts, sketch }) =>
    withResources(parts, sketch.outside?.name ?? '', [
      { kind: 'rate-limit', id: 'calls', rate: sketch.rate, burst: Math.ceil(sketch.rate * between(random, 0.1, 1)) },
    ]),
});

/** A remote system that works on a few things at once becomes slow: the threads before it are all taken. */
export const slowDependency: Family = familyOf({
  number: 29,
  name: 'remote system becomes slow',
  sketch: (random, sketch) => ({
    ...sketch,
    outside: remote(random, sketch),
    front: { ...sketch.front, threads: sketch.front.technology === 'service' ? 6 : undefined },
    pool: { ...sketch.pool, use: 0.2, idle: 0.1 },
  }),
  around: (_, { outside }) => ({ outside: (wait) => [hold(ref(outside?.name ?? '', 'slots'), wait)] }),
  parts: (random, { parts, sketch }) => {
    const seconds = sketch.outside?.seconds ?? 0;
    const size = Math.max(4, Math.ceil(sketch.rate * seconds * between(random, 1.5, 2.6)));
    return withResources(parts, sketch.outside?.name ?? '', [pool('slots', size, { queue: 10_000 })]);
  },
  mend: (random, world, { parts, sketch }) => {
    const slots = parts.find((part) => part.name === sketch.outside?.name)?.resources[0];
    const size = slots?.kind === 'pool' ? slots.size : 1;
    const factor = size / (sketch.rate * (sketch.outside?.seconds ?? 1));
    const at = Math.round(between(random, 0.3, 0.6) * durationOfLoad(world.load));
    return { ...world, happenings: [...world.happenings, { at, what: 'slow', factor: rounded(factor) }] };
  },
});

/** Calls of the database are given up and made again while the first is still worked on. */
const stormy = (random: Random) => {
  const patience = between(random, 5, 10);
  const attempts = whole(random, 2, 4);
  const backoff = pick(random, [0, 0.05, 0.2]);
  return {
    call: (within: readonly Act[], seconds: number) => [
      { do: 'try', within, timeout: rounded(Math.max(0.1, patience * seconds), 2), attempts, backoff } as const,
    ],
  };
};

/** What is slow is asked for again: the database gets more work the less it can do. */
export const retryStorm: Family = familyOf({
  number: 30,
  name: 'retry storm',
  sketch: (_, sketch) => ({ ...sketch, database: { ...sketch.database, use: 1 } }),
  around: (random) => stormy(random),
});

function downAgain(random: Random, load: Load): Load {
  if (load.kind !== 'steps') return load;
  const { rates } = load;
  const back = rates
    .slice(0, -1)
    .reverse()
    .filter((_, index) => index % 2 === 0);
  return { ...load, rates: [...rates, ...(chance(random, 0.5) ? back : rates.slice(1, -1).reverse())] };
}

/** The load goes up and down again: what broke at the top stays broken for a while. */
export const upAndDown: Family = familyOf({
  number: 43,
  name: 'up and down again',
  sketch: (random, sketch) => ({
    ...sketch,
    database: { ...sketch.database, use: 1 },
    door: chance(random, 0.5) ? undefined : sketch.door,
  }),
  around: (random) => stormy(random),
  mend: (random, world) => ({ ...world, load: downAgain(random, world.load) }),
});
