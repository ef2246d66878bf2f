import type { Random } from '../../../src/model/random.ts';
import { normalDraws } from '../../support/normal-draws.ts';
import type { Happening, World } from '../world.ts';
import { between, pick, rounded, whole } from './draw.ts';
import { type Family, familyOf } from './family.ts';
import { threaded } from './processors.ts';
import { roughCapacity } from './rough-capacity.ts';

const hour = 3600;
const day = 24 * hour;
/** A point of the traffic each so many seconds. */
const spacing = 600;

/** Days of other people's traffic: low at night, high in the afternoon, calmer at the weekend, and never quite smooth. */
function days(random: Random, count: number, peak: number): readonly { readonly at: number; readonly rate: number }[] {
  const normal = normalDraws(random);
  const night = between(random, 0.15, 0.4);
  const first = whole(random, 0, 6);
  const [calm, shift] = [between(random, 0.6, 1), between(random, -2, 2) * hour];
  const heights = Array.from({ length: count }, () => between(random, 0.85, 1));
  let drift = 0;
  return Array.from({ length: (count * day) / spacing + 1 }, (_, index) => {
    const at = index * spacing;
    const today = Math.min(count - 1, Math.floor(at / day));
    const clock = 0.5 - 0.5 * Math.cos((2 * Math.PI * (at + shift - 3 * hour)) / day);
    const isWeekend = (first + today) % 7 >= 5;
    drift = 0.8 * drift + 0.03 * normal();
    const shape = night + (1 - night) * clock ** 1.3;
    return {
      at,
      rate: rounded(Math.max(0.02, (heights[today] ?? 1) * (isWeekend ? calm : 1) * shape * (1 + drift)) * peak),
    };
  });
}

/** The same system, only watched: every minute, for days. */
function watched(random: Random, world: World, reach: number): World {
  const peak = Math.min(reach, between(random, 0.45, 0.8)) * roughCapacity(world);
  const points = days(random, whole(random, 5, 7), peak);
  const interval = pick(random, [30, 60, 60]);
  return {
    ...world,
    load: { kind: 'traffic', points, timeout: 30 },
    seen: { ...world.seen, interval, intervals: {} },
  };
}

/** Every night a report runs on the database: its CPU is full then, and not because of the traffic. */
export const nightlyBatch: Family = familyOf({
  number: 45,
  name: 'days, with a batch at night',
  saturates: false,
  sketch: (random, sketch) => ({
    ...sketch,
    rate: rounded(between(random, 40, 150)),
    database: { ...sketch.database, quota: false, use: rounded(between(random, 0.6, 1), 2), background: 0.05 },
  }),
  mend: (random, world, { sketch }, { reach }) => {
    const { name, cores } = sketch.database;
    const begins = between(random, 1, 4) * hour;
    const [share, seconds] = [between(random, 0.5, 0.95), whole(random, 20, 80) * 60];
    const calm = watched(random, world, reach);
    const nights = calm.load.kind === 'traffic' ? Math.floor((calm.load.points.at(-1)?.at ?? 0) / day) : 0;
    const batches = Array.from({ length: nights }, (_, night): Happening => {
      const at = Math.round(night * day + begins + between(random, 0, 300));
      return { at, what: 'batch', part: name, cores: rounded(share * cores), seconds };
    });
    return { ...calm, happenings: [...calm.happenings, ...batches] };
  },
});

/** In the middle a new version is rolled out that asks for a fifth more of the CPU. */
export const deployMidway: Family = familyOf({
  number: 46,
  name: 'days, with a deploy in between',
  saturates: false,
  sketch: (random, sketch) => ({
    ...sketch,
    rate: rounded(between(random, 40, 150)),
    front: threaded(random, sketch.front, { quota: pick(random, [1, 2, 4]), use: 1 }),
  }),
  mend: (random, world, { sketch }, { reach }) => {
    const calm = watched(random, world, reach);
    const end = calm.load.kind === 'traffic' ? (calm.load.points.at(-1)?.at ?? 0) : 0;
    const at = Math.round(between(random, 0.35, 0.65) * end);
    const deploy: Happening = {
      at,
      what: 'rollout',
      part: sketch.front.name,
      factor: rounded(between(random, 1.15, 1.25)),
    };
    return { ...calm, happenings: [...calm.happenings, deploy] };
  },
});
