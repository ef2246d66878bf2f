import { seconds } from '../../../src/model/units.ts';
import { shortestPhases } from '../../../src/plan/shortest-phases.ts';
import type { Happening, World } from '../world.ts';
import { diskOperations } from './devices.ts';
import { between, chance, pick, rounded, whole } from './draw.ts';
import { type Family, familyOver } from './family.ts';
import { applicationPool, bouncerPool } from './pools.ts';
import { databaseCpu, eventLoop, quotaThrottling, serviceCpu } from './processors.ts';
import { roughCapacities } from './rough-capacity.ts';
import { durationOfLoad } from './staircase.ts';
import { withoutExporter } from './without-exporter.ts';

const bases = [
  databaseCpu,
  serviceCpu,
  quotaThrottling,
  eventLoop,
  applicationPool,
  bouncerPool,
  diskOperations,
] as const;

const withSeen = (world: World, seen: Partial<World['seen']>): World => ({
  ...world,
  seen: { ...world.seen, ...seen },
});

/** Somebody else takes a third of a machine in the middle of the run; nothing is full even so. */
export const noisyNeighbour: Family = familyOver(
  { number: 34, name: 'noisy neighbour', saturates: false },
  [databaseCpu, serviceCpu],
  (random, world) => {
    const nodes = world.parts.filter((part) => part.technology === 'node');
    const node = nodes[Math.floor(random() * nodes.length)];
    const machine = node?.resources.find((one) => one.kind === 'cpu');
    if (node === undefined || machine?.kind !== 'cpu') return world;
    const at = Math.round(between(random, 0.35, 0.65) * durationOfLoad(world.load));
    const cores = rounded(machine.cores * between(random, 0.2, 0.33));
    return { ...world, happenings: [...world.happenings, { at, what: 'strangers', part: node.name, cores }] };
  },
  (random) => rounded(between(random, 0.35, 0.55), 2),
);

/** No exporter speaks of what saturates first. */
export const unobserved: Family = familyOver({ number: 35, name: 'without its exporter' }, bases, (_, world) => {
  const first = roughCapacities(world)[0]?.of;
  if (first === undefined) return world;
  const isFront = world.parts[0]?.name === first.part;
  return withoutExporter(world, isFront ? `${first.part}/${first.id}` : first.part);
});

/** Exporters answer less and less where the machine is full. */
export const gapsAtTheTop: Family = familyOver({ number: 36, name: 'gaps at high load' }, bases, (random, world) =>
  withSeen(world, { gapsWhenBusy: rounded(between(random, 0.2, 0.6), 2), gaps: 0.02 }),
);

/** Instances restart and are rolled out anew; their counters begin at nought. */
export const churn: Family = familyOver({ number: 37, name: 'restarts' }, bases, (random, world) => {
  const pods = world.parts.filter((part) => part.technology !== 'node' && part.technology !== 'external');
  const end = durationOfLoad(world.load);
  const restarts = Array.from({ length: whole(random, 1, 3) }, (): Happening => {
    const of = pods.filter((part) => part.replicas > 1);
    const chosen = of[Math.floor(random() * of.length)] ?? pods[0];
    return {
      at: Math.round(between(random, 0.1, 0.9) * end),
      what: 'restart',
      part: chosen?.name ?? '',
      replica: whole(random, 0, (chosen?.replicas ?? 1) - 1),
      away: pick(random, [2, 5, 10]),
    };
  });
  return { ...world, happenings: [...world.happenings, ...restarts].sort((one, other) => one.at - other.at) };
});

/** The clocks of the generator and of Prometheus differ, or what is scraped is old. */
export const clocks: Family = familyOver({ number: 38, name: 'clocks and lags' }, bases, (random, world) => {
  const away = between(random, 20, 120) * (chance(random, 0.5) ? 1 : -1);
  const skew = chance(random, 0.6) ? Math.round(away) : world.seen.skew;
  const lag = chance(random, 0.6) ? whole(random, 60, 180) : world.seen.lag;
  return patientFor(lag, withSeen(world, { skew, lag }));
});

/** Whoever sees a load so late takes steps that are long enough for that. */
function patientFor(lag: number, world: World): World {
  const { load } = world;
  if (load.kind !== 'steps') return world;
  const { settle, measure } = shortestPhases(seconds(lag));
  return {
    ...world,
    load: { ...load, settle: Math.max(load.settle, settle), measure: Math.max(load.measure, measure) },
  };
}

/** The histogram of the service ends below what its answers take. */
export const clippedBuckets: Family = familyOver({ number: 48, name: 'clipped histogram' }, bases, (random, world) =>
  withSeen(world, {
    buckets: pick(random, [
      [0.005, 0.01, 0.025, 0.05],
      [0.01, 0.05, 0.1],
      [0.05, 0.1, 0.25],
    ]),
  }),
);
