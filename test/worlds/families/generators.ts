import { between, pick, rounded, whole } from './draw.ts';
import { type Family, familyOf } from './family.ts';
import { residenceOf } from './sizes.ts';
import { phasesFor } from './staircase.ts';

/** The generator's own CPU is full: it sends later and later, and the target could do more. */
export const generatorCpu: Family = familyOf({
  number: 20,
  name: 'CPU of the generator',
  saturates: false,
  reach: (random) => rounded(between(random, 0.75, 0.92), 2),
  mend: (random, world) => {
    const { load } = world;
    if (load.kind !== 'steps') return world;
    const rate = rounded(Math.max(...load.rates) * between(random, 0.55, 0.85));
    return { ...world, load: { ...load, generator: { rate } } };
  },
});

/** Too few users who wait for their answers: they never ask for as much as the target carries. */
export const tooFewUsers: Family = familyOf({
  number: 21,
  name: 'too few users',
  saturates: false,
  mend: (random, world, { sketch, sizes, owner }, setting) => {
    const think = pick(random, [0.5, 1, 2, 3]);
    const first = sketch.edge ?? sketch.front;
    const cycle = think + residenceOf(sketch, sizes, owner, first);
    const most = Math.max(8, Math.round(Math.min(setting.reach, between(random, 0.25, 0.65)) * sketch.rate * cycle));
    const count = whole(random, 6, 8);
    const users = Array.from({ length: count }, (_, index) => Math.max(1, Math.round((most * (index + 1)) / count)));
    const phases = phasesFor(random, setting.interval);
    return { ...world, load: { kind: 'users', users: [...new Set(users)], think, ...phases, timeout: 30 } };
  },
});
