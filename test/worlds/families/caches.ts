import type { Random } from '../../../src/model/random.ts';
import type { Act, Resource } from '../world.ts';
import { between, pick, rounded } from './draw.ts';
import { type Family, familyOf } from './family.ts';
import { ref, withResources } from './pieces.ts';
import { threaded } from './processors.ts';
import { hitRatio } from './rough-capacity.ts';
import type { Sketch } from './sketch.ts';

type Cache = Extract<Resource, { kind: 'cache' }>;

/** A cache into which not everything fits that is asked for. */
function drawCache(random: Random, fits: number, warm: number): Cache {
  const entries = pick(random, [50_000, 200_000, 1_000_000]);
  const skew = rounded(between(random, 0.3, 0.7), 2);
  const size = Math.round(entries * fits);
  return { kind: 'cache', id: 'entries', size, entries, skew, warm, each: pick(random, [400, 2000, 8000]) };
}

/** The cache is drawn anew where it is needed from what a sketch keeps of it: how many visits it leaves over. */
function cacheFor(misses: number, random: Random, fits: number, warm: number): Cache {
  const cache = drawCache(random, fits, warm);
  const skew = Math.log(1 - misses) / Math.log(fits);
  return { ...cache, skew: rounded(skew, 6) };
}

const missesOf = (random: Random, fits: number): number => rounded(1 - hitRatio(drawCache(random, fits, 0)), 2);

const behind = (part: string) => ({
  call: (miss: readonly Act[]): readonly Act[] => [{ do: 'look-up', of: ref(part, 'entries'), hit: [], miss }],
});

/** Everything but the database is less than half used, so that fewer misses show. */
const calm = (sketch: Sketch): Sketch => ({
  ...sketch,
  front: { ...sketch.front, use: 0.55 * sketch.front.use },
  middle: sketch.middle && { ...sketch.middle, use: 0.5 * sketch.middle.use },
  line: undefined,
  edge: undefined,
});

const fitsWhole = 0.7;

/** What does not fit into Redis is dropped, and asked of the database again. */
export const evictions: Family = familyOf({
  number: 26,
  name: 'Redis drops what does not fit',
  sketch: (random, sketch) => ({
    ...calm(sketch),
    redis: { name: sketch.redis?.name ?? 'redis', use: rounded(between(random, 0.1, 0.35), 2) },
    database: { ...sketch.database, use: 1, disk: undefined, visits: 1, misses: missesOf(random, fitsWhole) },
  }),
  around: (_, sketch) => behind(sketch.redis?.name ?? 'redis'),
  parts: (random, { parts, sketch }) =>
    withResources(parts, sketch.redis?.name ?? 'redis', [cacheFor(sketch.database.misses ?? 0, random, fitsWhole, 0)]),
});

/** What is asked for has outgrown the cache of the service: the disk of the database pays. */
export const cacheCollapse: Family = familyOf({
  number: 27,
  name: 'more is asked for than the cache holds',
  sketch: (random, sketch) => ({
    ...calm(sketch),
    database: {
      ...sketch.database,
      use: rounded(between(random, 0.2, 0.45), 2),
      disk: 1,
      visits: 1,
      misses: missesOf(random, fitsWhole),
    },
  }),
  around: (_, sketch) => behind(sketch.redis?.name ?? sketch.front.name),
  parts: (random, { parts, sketch }) =>
    withResources(parts, sketch.redis?.name ?? sketch.front.name, [
      cacheFor(sketch.database.misses ?? 0, random, fitsWhole, 0),
    ]),
});

/** The first steps find the cache cold: they are slow for another reason than the last. */
export const coldStart: Family = familyOf({
  number: 39,
  name: 'cold cache in the first steps',
  sketch: (random, sketch) => ({
    ...sketch,
    front: threaded(random, sketch.front, { use: 1, quota: pick(random, [1, 2]) }),
    redis: { name: sketch.redis?.name ?? 'redis', use: rounded(between(random, 0.1, 0.35), 2) },
    database: {
      ...sketch.database,
      use: rounded(between(random, 0.3, 0.55), 2),
      visits: 1,
      misses: missesOf(random, 0.8),
    },
  }),
  around: (_, sketch) => behind(sketch.redis?.name ?? 'redis'),
  parts: (random, { parts, sketch }) =>
    withResources(parts, sketch.redis?.name ?? 'redis', [cacheFor(sketch.database.misses ?? 0, random, 0.8, 0)]),
  mend: (random, world) => {
    const { load } = world;
    const step = load.kind === 'steps' ? load.settle + load.measure : 60;
    const warm = Math.round(step * between(random, 0.7, 1.8));
    return {
      ...world,
      parts: world.parts.map((part) => ({
        ...part,
        resources: part.resources.map((one) => (one.kind === 'cache' ? { ...one, warm } : one)),
      })),
    };
  },
});
