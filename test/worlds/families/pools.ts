import { assemble } from './assemble.ts';
import { between, pick, rounded } from './draw.ts';
import type { Family } from './family.ts';
import { drawSketch } from './sketch.ts';
import { worldOf } from './world-of.ts';

/** The service's own pool of connections is too small; the database could do more. */
export const applicationPool: Family = {
  number: 6,
  name: 'pool of the service',
  saturates: true,
  build: (random, setting) => {
    const sketch = drawSketch(random, setting);
    return worldOf(random, setting, applicationPool, assemble(random, { ...sketch, pool: { ...sketch.pool, use: 1 } }));
  },
};

/** The bouncer's pool is too small; the pools of the service before it fill too. */
export const bouncerPool: Family = {
  number: 7,
  name: 'pool of the bouncer',
  saturates: true,
  build: (random, setting) => {
    const sketch = drawSketch(random, setting);
    const bouncer = {
      name: pick(random, ['bouncer', 'pgbouncer']),
      pool: 1,
      thread: rounded(between(random, 0.05, 0.4), 2),
      beside: random() < 0.5,
    };
    return worldOf(random, setting, bouncerPool, assemble(random, { ...sketch, bouncer }));
  },
};
