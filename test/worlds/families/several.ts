import type { Random } from '../../../src/model/random.ts';
import { between, pick, rounded } from './draw.ts';
import { type Family, familyOf } from './family.ts';
import { threaded } from './processors.ts';
import type { Sketch } from './sketch.ts';
import { durationOfLoad } from './staircase.ts';

/** Ways to make one resource as full as is wanted at the rate of the sketch. */
const fills: readonly [Fill, Fill, ...Fill[]] = [
  (random, sketch, use) => ({
    ...sketch,
    front: threaded(random, sketch.front, { quota: pick(random, [1, 2, 4]), use }),
  }),
  (_, sketch, use) => ({ ...sketch, database: { ...sketch.database, use } }),
  (_, sketch, use) => ({ ...sketch, line: use }),
];
type Fill = (random: Random, sketch: Sketch, use: number) => Sketch;

/** Two resources that are full at nearly the same load: 2, 10 or 30 % apart. */
export const nearlyEqual: Family = familyOf({
  number: 32,
  name: 'two nearly alike',
  sketch: (random, sketch) => {
    const apart = pick(random, [1.02, 1.1, 1.3]);
    const first = Math.floor(random() * fills.length);
    const second = (first + 1 + Math.floor(random() * (fills.length - 1))) % fills.length;
    const more = (fills[second] ?? fills[0])(random, sketch, rounded(1 / apart));
    return (fills[first] ?? fills[0])(random, more, 1);
  },
});

/** Two kinds of request come in turns, each heavy on another resource: both are full at times, neither in the mean. */
export const alternating: Family = familyOf({
  number: 33,
  name: 'two in turns',
  sketch: (random, sketch) => ({
    ...sketch,
    front: threaded(random, sketch.front, { quota: pick(random, [1, 2, 4]), use: 1 }),
    database: { ...sketch.database, use: 1, visits: 1, background: 0 },
    pool: { ...sketch.pool, patience: undefined, queue: 1000 },
    door: 3,
  }),
  mend: (random, world, assembly) => {
    const end = durationOfLoad(world.load);
    const period = between(random, 2, 6);
    const heavy = rounded(between(random, 1.5, 1.8), 2);
    const turns = Array.from({ length: Math.floor(end / period) }, (_, index) => rounded(index * period, 6));
    const weight = (first: number) => [
      ...turns.flatMap((at, index) => [
        { at, weight: index % 2 === first ? 1 : 0 },
        { at: rounded(at + 0.9 * period, 6), weight: index % 2 === first ? 1 : 0 },
      ]),
      { at: end, weight: 0.5 },
    ];
    const light = rounded(2 - heavy, 2);
    return {
      ...world,
      classes: [
        { name: 'render', weight: weight(0), acts: assembly.request({ service: heavy, database: light }) },
        { name: 'report', weight: weight(1), acts: assembly.request({ service: light, database: heavy }) },
      ],
    };
  },
});

/** Towards the end of the run more and more requests are of the kind that costs most. */
export const mixDrift: Family = familyOf({
  number: 44,
  name: 'mix drifts',
  sketch: (random, sketch) => {
    const plain = { ...sketch, database: { ...sketch.database, visits: 1 } };
    const fill = pick(random, [fills[0], fills[1]]);
    return fill(random, plain, 1);
  },
  mend: (random, world, assembly) => {
    const end = durationOfLoad(world.load);
    const heavy = rounded(between(random, 1.4, 1.7), 2);
    const light = rounded(2 - heavy, 2);
    const from = rounded(between(random, 0.05, 0.2), 2);
    const kind = (name: string, start: number, factor: number) => ({
      name,
      weight: [
        { at: 0, weight: start },
        { at: end, weight: 0.5 },
      ],
      acts: assembly.request({ service: factor, database: factor }),
    });
    return { ...world, classes: [kind('list', 1 - from, light), kind('export', from, heavy)] };
  },
});
