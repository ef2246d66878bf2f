import { between, pick, rounded } from './draw.ts';
import { type Family, familyOf } from './family.ts';

/** A few rows are fought over; the database's CPU is idle. */
export const rowLocks: Family = familyOf({
  number: 5,
  name: 'row locks',
  sketch: (random, sketch) => ({
    ...sketch,
    pool: { ...sketch.pool, use: 0.2 },
    database: {
      ...sketch.database,
      use: rounded(between(random, 0.2, 0.45), 2),
      lock: { use: 1, rows: pick(random, [1, 1, 2, 3]), crowding: 0 },
    },
  }),
});

/** The more wait for the lock, the longer each holds it: beyond the best load less is carried. */
export const retrograde: Family = familyOf({
  number: 42,
  name: 'less beyond the best load',
  sketch: (random, sketch) => ({
    ...sketch,
    pool: { ...sketch.pool, use: 0.12, patience: undefined },
    bouncer: undefined,
    database: {
      ...sketch.database,
      use: rounded(between(random, 0.15, 0.35), 2),
      lock: { use: 1, rows: 1, crowding: rounded(between(random, 0.4, 1.5), 2) },
    },
  }),
});

/** Commits are written to the log one after the other. */
export const commitLog: Family = familyOf({
  number: 13,
  name: 'commits one after the other',
  sketch: (random, sketch) => ({
    ...sketch,
    database: { ...sketch.database, use: rounded(between(random, 0.2, 0.6), 2), disk: 1 },
  }),
  parts: (random, { parts }) =>
    parts.map((part) => ({
      ...part,
      resources: part.resources.map((one) => {
        if (one.kind !== 'disk') return one;
        const latency = rounded(1 / one.operations, 4);
        return { ...one, depth: 1, latency, operations: rounded(one.operations * pick(random, [1.02, 3, 10])) };
      }),
    })),
});
