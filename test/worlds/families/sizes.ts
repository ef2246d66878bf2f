import type { Random } from '../../../src/model/random.ts';
import { between, pick, whole } from './draw.ts';
import type { Sketch, Tier } from './sketch.ts';

/** The numbers that follow from a sketch; times in seconds. */
export type Sizes = {
  /** CPU of the database for one visit, operations of its disk for one statement, and what each takes. */
  readonly databaseSeconds: number;
  readonly operations: number;
  readonly diskLatency: number;
  /** How long a row is locked. */
  readonly lockSeconds: number;
  readonly bouncerSeconds: number;
  readonly serverPool: number;
  /** Time with a connection of the database in hand and nothing done, and with one of the service's own pool. */
  readonly serverIdle: number;
  readonly pool: number;
  readonly poolIdle: number;
  /** Connections that ordinary users may open, and those that others have open. */
  readonly connections: number;
  readonly others: number;
  /** Connections that the pools before it may have in use at once. */
  readonly most: number;
  readonly bytes: number;
};

/** What a machine carries: a second hardware thread adds `gain` of a core. */
export const coresOf = (cores: number, gain: number | undefined): number =>
  gain === undefined ? cores : (cores / 2) * (1 + gain);

/** Cores that an instance may use. */
export const ceilingOf = (tier: Tier): number =>
  Math.min(
    tier.technology === 'node-service' ? 1 : Number.POSITIVE_INFINITY,
    tier.quota ?? Math.max(1, coresOf(tier.cores, tier.smt)),
  );

/** The share of the requests that the hottest instance gets. */
export const hottestOf = ({ balance, replicas }: Tier): number =>
  balance === undefined ? 1 / replicas : Math.max(...balance) / balance.reduce((sum, one) => sum + one, 0);

/** CPU that a request asks of a tier, such that its hottest instance is used as the sketch says. */
export const secondsOf = (tier: Tier, rate: number): number => (tier.use * ceilingOf(tier)) / (rate * hottestOf(tier));

/** How often a request comes to the database in the mean. */
export const visitsOf = ({ database }: Sketch): number => database.visits * (database.misses ?? 1);

/** A pool that is used as asked for at the rate; where it shall be full first, time is added to the hold until it is exactly so. */
function poolFor(random: Random, use: number, perSecond: number, work: number, idle: number) {
  if (use < 1) return { size: Math.max(2, Math.ceil((perSecond * (work + idle)) / use)), idle };
  const size = Math.max(2, Math.ceil(perSecond * work * between(random, 1.25, 1.8)) + whole(random, 0, 3));
  return { size, idle: size / perSecond - work };
}

/** How long a row is locked in one visit. */
const lockOf = ({ database }: Sketch, visitRate: number): number =>
  database.lock === undefined ? 0 : (database.lock.use * database.lock.rows) / visitRate;

/** Seconds of one visit that the database works: on its CPU, on its disk, and what is waited for with a row locked. */
export function workIn(
  sketch: Sketch,
  sizes: Pick<Sizes, 'databaseSeconds' | 'operations' | 'diskLatency' | 'lockSeconds'>,
): number {
  const inside = lockedWork(sketch, sizes);
  const disk = sizes.operations * sketch.database.statements * sizes.diskLatency;
  return sizes.databaseSeconds + disk + Math.max(0, sizes.lockSeconds - inside);
}

/** How much of the database's CPU work is done with a row locked. */
export const lockedWork = (
  { database }: Sketch,
  { databaseSeconds, lockSeconds }: Pick<Sizes, 'databaseSeconds' | 'lockSeconds'>,
): number => Math.min(0.5 * lockSeconds, (0.5 * databaseSeconds) / database.statements);

/** Cores that the requests' own work keeps busy at the rate. */
function workOfDatabase({ quota, use, cores, smt, background }: Sketch['database']): number {
  if (quota) return Math.min(use, 1) * cores;
  const all = coresOf(cores, smt);
  return Math.min(Math.max(use - background, 0.1) * all, all - background * cores);
}

/** The numbers of a sketch whose pool of connections is kept by `owner`. */
export function sizesOf(random: Random, sketch: Sketch, owner: Tier): Sizes {
  const { database, bouncer, rate } = sketch;
  const visitRate = rate * visitsOf(sketch);
  const isCrowded = database.crowding !== undefined;
  const slowed = 1 + (database.crowding ?? 0);
  const bouncerSeconds = bouncer ? bouncer.thread / visitRate : 0;
  const beside = bouncer?.beside === true ? bouncerSeconds : 0;
  const databaseSeconds = (workOfDatabase(database) / visitRate - beside) / slowed;
  const operations = database.disk === undefined ? 0 : whole(random, 1, 4);
  const perOperation = operations * database.statements;
  const diskLatency = operations ? (between(random, 0.15, 0.5) * databaseSeconds) / perOperation : 0;
  const lockSeconds = lockOf(sketch, visitRate);
  const work = slowed * workIn(sketch, { databaseSeconds, operations, diskLatency, lockSeconds });
  const others = whole(random, 1, 8);
  const free = database.maxConnections - 3 - others;
  const full = database.connections === undefined ? 0 : Math.max(0, (database.connections * free) / visitRate - work);
  const server = bouncer ? poolFor(random, bouncer.pool, visitRate, work, full) : { size: 0, idle: full };
  const inHand = work + server.idle + bouncerSeconds;
  const own = poolFor(random, sketch.pool.use, visitRate * hottestOf(owner), inHand, sketch.pool.idle * work);
  const most = bouncer ? server.size : own.size * owner.replicas;
  const room = database.connections === undefined ? Math.ceil((others + most * 1.2 + 3) / 100) * 100 : 0;
  return {
    databaseSeconds,
    operations,
    diskLatency,
    lockSeconds,
    bouncerSeconds,
    serverPool: server.size,
    serverIdle: isCrowded ? own.idle / slowed : server.idle,
    pool: own.size,
    poolIdle: isCrowded ? 0 : own.idle,
    connections: Math.max(database.maxConnections, room) - 3,
    most,
    others,
    bytes: pick(random, [20_000, 50_000, 120_000, 300_000]),
  };
}

/** Seconds that a request keeps a thread of a tier, where nothing queues. */
export function residenceOf(sketch: Sketch, sizes: Sizes, owner: Tier, tier: Tier): number {
  const { front, middle, edge, rate } = sketch;
  const connected = (1 + (sketch.database.crowding ?? 0)) * (workIn(sketch, sizes) + sizes.serverIdle);
  const call = visitsOf(sketch) * (connected + sizes.poolIdle + sizes.bouncerSeconds);
  const inMiddle = middle ? secondsOf(middle, rate) + (owner === middle ? call : 0) : 0;
  if (tier === middle) return inMiddle;
  const inFront = secondsOf(front, rate) + inMiddle + (owner === front ? call : 0) + (sketch.outside?.seconds ?? 0);
  return edge && tier === edge ? inFront + secondsOf(edge, rate) : inFront;
}
