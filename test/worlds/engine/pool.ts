import { once, putDown, strike } from './agenda.ts';
import { keyOf, uniformOf } from './draw.ts';
import { type Meter, makeMeter, settleMeter, shownBy } from './meter.ts';
import type { Motion } from './motion.ts';
import { type Group, stalledAt } from './processor.ts';
import { join, leave, makeQueue } from './queue.ts';
import type { Strand, Waiting } from './strand.ts';

/** Units that are kept while something else works; a worker and a row's lock are such units too. */
export type Pool = {
  readonly kind: 'pool';
  readonly size: number;
  readonly limit: number;
  readonly patience: number | undefined;
  readonly linger: number;
  readonly leak: { readonly chance: number; readonly reclaim: number | undefined } | undefined;
  /** How much longer work inside takes for each other unit in use, or for each that waits. */
  readonly crowding: number;
  readonly isCrowdedBy: 'units' | 'waiting';
  readonly meter: Meter;
  readonly queue: Waiting;
  held: number;
  /** Units that were given back and are not free yet. */
  lingering: number;
  /** How long those units were kept that were given back. */
  kept: number;
  /** Its instance is dead: nothing is handed on. */
  isClosed: boolean;
  /** CPU work that its units do now, and what that and earlier work was kept from running, less what its group had stalled when it began. */
  stalling: number;
  stalled: number;
  group: Group | undefined;
};

type Size = Partial<Pick<Pool, 'limit' | 'patience' | 'linger' | 'leak' | 'crowding' | 'isCrowdedBy' | 'meter'>>;

export const makePool = (size: number, others: number, now: number, more: Size): Pool => ({
  kind: 'pool',
  size,
  limit: Number.POSITIVE_INFINITY,
  patience: undefined,
  linger: 0,
  leak: undefined,
  crowding: 0,
  isCrowdedBy: 'units',
  meter: makeMeter(now, others),
  queue: makeQueue(),
  held: others,
  lingering: 0,
  kept: 0,
  isClosed: false,
  stalling: 0,
  stalled: 0,
  group: undefined,
  ...more,
});

/** Takes a unit if one is free; else the strand waits, or is refused because too many wait. */
export function take(motion: Motion, pool: Pool, strand: Strand): 'granted' | 'waiting' | 'refused' {
  const { agenda } = motion;
  settleMeter(pool.meter, agenda);
  if (pool.held < pool.size && pool.queue.length === 0) {
    pool.held += 1;
    pool.meter.used += 1;
    return 'granted';
  }
  if (pool.queue.length >= pool.limit) {
    pool.meter.refusals += 1;
    return 'refused';
  }
  pool.meter.waiting += 1;
  join(pool.queue, strand);
  strand.state = 'waiting';
  if (pool.patience !== undefined) putDown(agenda, strand.timer, agenda.now + pool.patience);
  return 'waiting';
}

/** Ends the wait of a strand without a unit. */
export function stopWaiting(motion: Motion, pool: Pool, strand: Strand): void {
  settleMeter(pool.meter, motion.agenda);
  pool.meter.waiting -= 1;
  leave(strand);
  strike(motion.agenda, strand.timer);
}

/** Gives a unit back: to the next that waits, once it lingered, or not at all if it leaks. */
export function give(
  motion: Motion,
  pool: Pool,
  { key, since }: { readonly key: number; readonly since: number },
): void {
  const { agenda } = motion;
  settleMeter(pool.meter, agenda);
  pool.meter.completions += 1;
  const { leak, linger } = pool;
  if (leak !== undefined && uniformOf(keyOf(key, 0x1eac)) < leak.chance) {
    if (leak.reclaim !== undefined) once(agenda, agenda.now + leak.reclaim, () => free(motion, pool));
    return;
  }
  pool.kept += agenda.now - since;
  if (linger > 0) {
    pool.lingering += 1;
    once(agenda, agenda.now + linger, () => endLinger(motion, pool));
  } else free(motion, pool);
}

function endLinger(motion: Motion, pool: Pool): void {
  pool.lingering -= 1;
  free(motion, pool);
}

function free(motion: Motion, pool: Pool): void {
  settleMeter(pool.meter, motion.agenda);
  const next = pool.isClosed ? undefined : pool.queue.first;
  if (next === undefined) {
    pool.held -= 1;
    pool.meter.used -= 1;
    return;
  }
  stopWaiting(motion, pool, next);
  next.state = 'ready';
  if (next.top !== undefined) {
    next.top.isHeld = true;
    next.top.since = motion.agenda.now;
  }
  join(motion.ready, next);
}

/** How many times as long work takes inside of it now. */
export const crowdingOf = ({ crowding, isCrowdedBy, held, queue }: Pool): number =>
  1 + crowding * (isCrowdedBy === 'units' ? Math.max(0, held - 1) : queue.length);

/** CPU work by a worker begins in its instance's group. */
export function beginStall(pool: Pool, group: Group, now: number): void {
  pool.group = group;
  pool.stalling += 1;
  pool.stalled -= stalledAt(group, now);
}

export function endStall(pool: Pool, group: Group, now: number): void {
  pool.stalling -= 1;
  pool.stalled += stalledAt(group, now);
}

export function lookAtPool(pool: Pool, now: number) {
  const stalled = pool.group === undefined ? 0 : pool.stalled + pool.stalling * stalledAt(pool.group, now);
  return {
    size: pool.size,
    ...shownBy(pool.meter, now),
    stalledTime: stalled,
    more: { lingering: pool.lingering, kept: pool.kept },
  };
}
