import type { Random } from '../../../src/model/random.ts';
import type { RequestClass, Seen, World } from '../world.ts';
import type { Factors } from './acts-of.ts';
import type { Assembly } from './assemble.ts';
import { between, chance, pick, rounded } from './draw.ts';
import { roughCapacity } from './rough-capacity.ts';
import type { Setting } from './setting.ts';
import { staircase } from './staircase.ts';

/** What a family may set besides the system itself. */
export type Changed = Partial<Pick<World, 'load' | 'classes' | 'happenings'>> & { readonly seen?: Partial<Seen> };

const steady = (weight: number) => [{ at: 0, weight }];
const named = ['browse', 'buy', 'search'] as const;

/** One to three kinds of request with different demands, of which the mean is 1; where the database is not always asked, one kind does without. */
export function drawClasses(random: Random, assembly: Assembly): readonly RequestClass[] {
  const without = 1 - assembly.sketch.database.visits;
  const count = pick(random, [1, 1, 2, 2, 3]);
  const weights = Array.from({ length: count }, () => between(random, 0.2, 1));
  const total = weights.reduce((sum, one) => sum + one, 0) / assembly.sketch.database.visits;
  const raw = weights.map((): Factors => ({ service: between(random, 0.5, 2), database: between(random, 0.3, 2.5) }));
  const mean = (of: keyof Factors) =>
    raw.reduce((sum, one, index) => sum + one[of] * ((weights[index] ?? 0) / total), 0);
  const plain = rounded(between(random, 0.5, 1.2));
  const scale = { service: (1 - without * plain) / mean('service'), database: (1 - without) / mean('database') };
  const classes = raw.map((one, index) => ({
    name: named[index] ?? 'other',
    weight: steady(rounded((weights[index] ?? 0) / total)),
    acts: assembly.request({
      service: count === 1 && without === 0 ? 1 : one.service * scale.service,
      database: count === 1 ? 1 : one.database * scale.database,
    }),
  }));
  const page = {
    name: 'page',
    weight: steady(rounded(without)),
    acts: assembly.request({ service: plain, database: 0 }),
  };
  return without > 0 ? [...classes, page] : classes;
}

/** Bounds that OpenTelemetry's stable HTTP metrics use, and Prometheus' own default. */
const bounds: readonly [readonly number[], ...(readonly number[])[]] = [
  [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
  [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
];

/** How people's installations are scraped: some parts slower than others, a little is lost. */
export function drawSeen(random: Random, setting: Setting, parts: World['parts']): Seen {
  const slower = chance(random, 0.15) ? parts[Math.floor(random() * parts.length)] : undefined;
  const slow =
    slower && setting.interval <= 30 ? { [slower.name]: setting.interval === 1 ? 5 : setting.interval * 2 } : {};
  return {
    interval: setting.interval,
    intervals: slow,
    missing: [],
    lag: pick(random, [0, 0, 5, 10, 15]),
    gaps: pick(random, [0, 0, 0.01, 0.03]),
    gapsWhenBusy: 0,
    skew: rounded(between(random, -0.2, 0.2), 2),
    buckets: pick(random, bounds),
    noise: setting.noise,
    callsDeclared: chance(random, 0.85),
  };
}

/** A world from a system that has its numbers, loaded up to `reach` times what it carries. */
export function worldOf(
  random: Random,
  setting: Setting,
  named: { readonly number: number; readonly name: string },
  assembly: Assembly,
  changed: Changed = {},
): World {
  const { seen, load, ...rest } = changed;
  const drawn = { ...drawSeen(random, setting, assembly.parts), ...seen };
  const slowest = Math.max(drawn.interval, ...Object.values(drawn.intervals));
  const world: Omit<World, 'load'> = {
    family: named.number,
    name: named.name,
    seed: setting.seed,
    parts: assembly.parts,
    classes: drawClasses(random, assembly),
    happenings: assembly.happenings,
    seen: drawn,
    ...rest,
  };
  const capacity = roughCapacity({ ...world, load: { kind: 'traffic', points: [], timeout: 0 } });
  return { ...world, load: load ?? staircase(random, capacity, { ...setting, interval: slowest }) };
}
