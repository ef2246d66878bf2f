import type { Random } from '../../../src/model/random.ts';
import { between, pick, rounded, whole } from './draw.ts';
import { type Family, familyOf } from './family.ts';
import { threaded } from './processors.ts';
import type { Sketch, Tier } from './sketch.ts';

/** A front in containers that follows its CPU: `replicas` instances are what the rate needs. */
function scaled(
  random: Random,
  sketch: Sketch,
  room: (replicas: number) => { readonly most: number; readonly room: number },
): Sketch {
  const replicas = whole(random, 3, 6);
  const front: Tier = threaded(random, sketch.front, {
    replicas,
    quota: pick(random, [0.5, 1, 2]),
    use: 1,
    scaler: {
      least: pick(random, [1, 2]),
      target: pick(random, [0.5, 0.6, 0.7]),
      delay: pick(random, [15, 20, 30]),
      ...room(replicas),
    },
  });
  return { ...sketch, edge: undefined, middle: undefined, front };
}

/** A sticky load balancer or a hot shard: one instance gets more than the others, and the mean looks fine. */
export const unevenPods: Family = familyOf({
  number: 22,
  name: 'uneven instances',
  sketch: (random, sketch) => {
    const replicas = whole(random, 2, 4);
    const hot = rounded(between(random, 1.7, 3), 2);
    const rest = Array.from({ length: replicas - 1 }, () => rounded(between(random, 0.7, 1.1), 2));
    const place = whole(random, 0, replicas - 1);
    const balance = [...rest.slice(0, place), hot, ...rest.slice(place)];
    const technology = pick<Tier['technology']>(random, ['service', 'node-service']);
    const front = threaded(random, sketch.front, {
      replicas,
      balance,
      use: 1,
      quota: pick(random, [0.5, 2]),
      technology,
    });
    return {
      ...sketch,
      front: { ...front, threads: technology === 'service' ? front.threads : undefined },
      edge: undefined,
    };
  },
});

/** The autoscaler is at its maximum: then the quota of what runs is the limit. */
export const scalerAtMost: Family = familyOf({
  number: 23,
  name: 'autoscaler at its maximum',
  sketch: (random, sketch) => scaled(random, sketch, (replicas) => ({ most: replicas, room: replicas + 4 })),
});

/** The autoscaler wants more than the nodes have room for: pods stay pending. */
export const noRoom: Family = familyOf({
  number: 24,
  name: 'no room on the nodes',
  sketch: (random, sketch) =>
    scaled(random, sketch, (replicas) => ({ most: replicas + whole(random, 2, 6), room: replicas })),
});

/** The autoscaler follows the load, late at times, and never comes to its maximum. */
export const scalerFollows: Family = familyOf({
  number: 25,
  name: 'autoscaler that follows',
  saturates: false,
  reach: (random) => rounded(between(random, 0.3, 0.5), 2),
  sketch: (random, sketch) => scaled(random, sketch, (replicas) => ({ most: replicas, room: replicas + 4 })),
});
