import { between, pick, rounded, whole } from './draw.ts';
import { type Family, familyOf } from './family.ts';
import { withResources } from './pieces.ts';
import { threaded } from './processors.ts';
import { hottestOf, residenceOf } from './sizes.ts';
import type { Sketch } from './sketch.ts';

const mebibyte = 2 ** 20;

/** Requests that wait long for a remote system: many are inside at once, and none is refused. */
const waiting = (sketch: Sketch, seconds: number): Sketch => ({
  ...sketch,
  edge: undefined,
  door: 30,
  outside: { name: sketch.outside?.name ?? 'partner', seconds, cv: 0.3 },
});

/** Each request inside takes memory; too many, and the instance is killed. */
export const memory: Family = familyOf({
  number: 14,
  name: 'memory, killed when full',
  sketch: (random, sketch) => {
    const front = threaded(random, sketch.front, {
      technology: pick(random, ['service', 'node-service']),
      replicas: pick(random, [1, 2, 3]),
      use: rounded(between(random, 0.3, 0.55), 2),
    });
    const threads = front.technology === 'service' ? 8 : undefined;
    return { ...waiting(sketch, rounded(between(random, 0.6, 1.5), 2)), front: { ...front, threads } };
  },
  parts: (random, { parts, sketch, sizes, owner }) => {
    const { front } = sketch;
    const inside = sketch.rate * hottestOf(front) * residenceOf(sketch, sizes, owner, front);
    const fit = Math.ceil(inside + 3 * Math.sqrt(inside) + 4);
    const each = whole(random, 4, 24) * mebibyte;
    const base = whole(random, 120, 400) * mebibyte;
    const restart = pick(random, [5, 10, 20]);
    return withResources(parts, front.name, [
      { kind: 'memory', id: 'memory', limit: base + each * fit, base, each, leak: 0, restart },
    ]);
  },
});

/** The more requests live, the more of the CPU goes into collecting: the heap is too small. */
export const heap: Family = familyOf({
  number: 15,
  name: 'heap, collected all the time',
  sketch: (random, sketch) => {
    const front = threaded(random, sketch.front, {
      technology: pick(random, ['service', 'node-service']),
      use: 0.55,
      cv: 0.5,
    });
    const threads = front.technology === 'service' ? 8 : undefined;
    const calm = waiting(sketch, rounded(between(random, 0.6, 1.5), 2));
    return { ...calm, database: { ...sketch.database, use: 0.4 }, front: { ...front, threads }, line: undefined };
  },
  parts: (random, { parts, sketch, sizes, owner }) => {
    const { front } = sketch;
    const inside = sketch.rate * hottestOf(front) * residenceOf(sketch, sizes, owner, front);
    const full = whole(random, 400, 2000) * mebibyte;
    const base = rounded(full * between(random, 0.3, 0.42));
    const each = rounded((0.85 * full - base) / (inside + 3 * Math.sqrt(inside)));
    const most = Math.ceil(1.6 * (inside + 3 * Math.sqrt(inside)));
    const bounded = parts.map((part) => ({
      ...part,
      resources: part.resources.map((one) =>
        part.name === front.name && one.kind === 'workers' && one.threads > 1
          ? { ...one, threads: most, queue: 0 }
          : one,
      ),
    }));
    return withResources(bounded, front.name, [{ kind: 'heap', id: 'heap', heap: full, base, each, cost: 0.06 }]);
  },
});
