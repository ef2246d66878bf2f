import { mean } from 'simple-statistics';
import type { Interval } from '../../src/model/interval.ts';
import { inversePrediction } from '../../src/stats/inverse-prediction.ts';
import { line } from '../../src/stats/line.ts';
import { meanInterval } from '../../src/stats/mean-interval.ts';
import type { Door, Look, Running, Start } from './engine.ts';
import { isUnseen } from './truth/kinds.ts';
import { type Limit, limitOf } from './truth/limits.ts';
import { scheduleOf } from './truth/schedule.ts';
import type { Truth } from './truth.ts';
import type { World } from './world.ts';

/** The best that anybody could say from the same run: knowing what is first, and with exact integrals in place of scrapes. */
export type Oracle = {
  /** Whether the run shows the first resource at its limit, so that a refusal is one too many. */
  readonly shows: boolean;
  readonly capacity: Interval | undefined;
};

type Given = { readonly start: Start; readonly stretches: number };

/** One stretch of the world's own run, with nothing between the world and the eye. */
export type Seen = {
  readonly load: number;
  /** Arrivals a second as they were drawn, and good answers a second. */
  readonly came: number;
  readonly good: number;
  readonly time: number;
  readonly blocks: readonly number[];
  readonly uses: readonly number[];
  readonly isPressed: boolean;
};

const blocks = 4;
const carried = 0.98;
/** As full as this, or with this many waiting at any time, a resource is plainly at its limit. */
const plainlyFull = 0.93;
const plainlyWaiting = 0.5;

/** Runs as many stretches of the world's own run as were really run (a staircase may end early), and says what they show. */
export function oracleOf(world: World, truth: Truth, { start, stretches }: Given): Oracle {
  const limits = limitsSeen(world, truth);
  return toldBy(world, limits.length, watched(world, limits, { start, stretches }));
}

/** What is first, as far as anybody could see it. */
export const limitsSeen = (world: World, truth: Truth): readonly Limit[] =>
  truth.first.filter((key) => !isUnseen(world, key)).flatMap((key) => limitOf(world, key) ?? []);

/** What the stretches of a run show of so many limits. */
export function toldBy(world: World, limits: number, seen: readonly Seen[]): Oracle {
  const top = seen.toSorted((a, b) => b.load - a.load).slice(0, 2);
  const shows = limits > 0 && top.some(({ isPressed }) => isPressed);
  return { shows, capacity: reached(world, seen) ?? extrapolated(seen, limits) };
}

export function watched(world: World, limits: readonly Limit[], { start, stretches }: Given): readonly Seen[] {
  const running = start(world, 0);
  const schedule = scheduleOf(world);
  const run = world.load.kind === 'traffic' ? schedule : schedule.slice(0, stretches);
  return run.map(({ load, from, to }) => {
    if (world.load.kind !== 'traffic') running.advance(Math.max(running.now, from - world.load.settle));
    if (world.load.kind !== 'traffic') running.offer(load);
    running.advance(from);
    return seenUntil(running, to, load, limits);
  });
}

function seenUntil(running: Running, to: number, load: number, limits: readonly Limit[]): Seen {
  const time = to - running.now;
  const begin = running.now;
  const before = running.looks();
  const doors: Door[] = [running.client()];
  for (let i = 1; i <= blocks; i += 1) {
    running.advance(begin + (i * time) / blocks);
    doors.push(running.client());
  }
  const goods = doors.slice(1).map((door, i) => ((door.good - (doors[i]?.good ?? 0)) * blocks) / time);
  const after = running.looks();
  const stands = limits.map((limit) => standing(before, after, limit, time));
  return {
    load,
    came: ((doors.at(-1)?.arrivals ?? 0) - (doors[0]?.arrivals ?? 0)) / time,
    good: mean(goods),
    time,
    blocks: goods,
    uses: stands.map(({ use }) => use),
    isPressed: stands.some(
      ({ use, waiting, refused }) => use >= plainlyFull || waiting >= plainlyWaiting || refused > 0,
    ),
  };
}

/** Mean use of the fullest instance, all that waited, all that was refused, dropped or killed for want of room, between two looks. */
function standing(before: readonly Look[], after: readonly Look[], { part, id }: Limit, time: number) {
  const pairs = after
    .filter(({ of }) => of.part === part && of.id === id)
    .map((now) => ({
      now,
      earlier: before.find((old) => old.instance === now.instance && old.of.part === part && old.of.id === id),
    }));
  const over = (of: (look: Look) => number): readonly number[] =>
    pairs.map(({ now, earlier }) => (of(now) - (earlier ? of(earlier) : 0)) / time);
  return {
    use: Math.max(0, ...pairs.map(({ now, earlier }) => useOf(now, earlier, time))),
    waiting: over((look) => look.waitingTime).reduce((sum, each) => sum + each, 0),
    refused: over(({ refusals, more }) => refusals + (more.evictions ?? 0) + (more.kills ?? 0)).reduce(
      (sum, each) => sum + each,
      0,
    ),
  };
}

/** The share of an instance that was in use; a disk ends where its depth, its operations or its bytes do. */
function useOf(now: Look, earlier: Look | undefined, time: number): number {
  const rise = (key: string): number => ((now.more[key] ?? 0) - (earlier?.more[key] ?? 0)) / time;
  const held = now.size > 0 ? (now.usedTime - (earlier?.usedTime ?? 0)) / time / now.size : 0;
  const { operationsLimit, bytesLimit } = now.more;
  return operationsLimit === undefined || bytesLimit === undefined
    ? held
    : Math.max(held, rise('operations') / operationsLimit, rise('bytes') / bytesLimit);
}

/** The plateau, where there is one: the stretches that did not get what was offered, the best of them and what is close to it. Where goodput broke down at once there is none. */
function reached(world: World, seen: readonly Seen[]): Interval | undefined {
  if (world.load.kind === 'users') return undefined;
  const over = seen.filter(isBehind);
  const best = Math.max(0, ...over.map(({ good }) => good));
  if (best < carried * Math.max(0, ...seen.filter((each) => !over.includes(each)).map(({ good }) => good)))
    return undefined;
  return meanInterval(over.filter(({ good }) => good >= 0.97 * best).flatMap((stretch) => stretch.blocks));
}

/** Good answers stay this share behind what came, beyond three standard deviations of so many that fail. */
const behind = 0.03;
const isBehind = ({ came, good, time }: Seen): boolean =>
  came - good > behind * came + 3 * Math.sqrt((behind * came) / time);

/** Where use meets its ceiling, going on from the stretches that carried their load; the lowest of several. */
function extrapolated(seen: readonly Seen[], count: number): Interval | undefined {
  const calm = seen.filter((each) => !isBehind(each));
  if (calm.length < 3 || new Set(calm.map(({ good }) => good)).size < 3) return undefined;
  const found = Array.from({ length: count }, (_, i) => endOf(calm, i)).filter((end) => end !== undefined);
  return found.toSorted((a, b) => pointOf(a) - pointOf(b))[0];
}

/**
 * The end of the line through all stretches, no better known than three ways to go on agree: along that line, along the one through the upper half, and as each request cost at the top.
 * Nobody who sees no more than these stretches knows which it will be.
 */
function endOf(calm: readonly Seen[], i: number): Interval | undefined {
  const along = (some: readonly Seen[]) =>
    line(
      some.map(({ good }) => good),
      some.map(({ uses }) => uses[i] ?? 0),
    );
  const whole = along(calm);
  const end = whole.slope > 0 ? inversePrediction(whole, 1) : undefined;
  if (end?.kind !== 'interval') return end;
  const upper = calm.slice(Math.min(Math.floor(calm.length / 2), calm.length - 3));
  const last = new Set(upper.map(({ good }) => good)).size < 2 ? whole : along(upper);
  const top = calm.at(-1);
  const others = [
    ...(last.slope > 0 ? [(1 - last.intercept) / last.slope] : []),
    ...(top ? [top.good / (top.uses[i] ?? 1)] : []),
  ];
  const apart = Math.max(...others.map((other) => Math.abs(other - end.value)));
  const { value, low, high } = end;
  return {
    kind: 'interval',
    value,
    low: value - Math.hypot(value - low, apart),
    high: value + Math.hypot(high - value, apart),
  };
}

const pointOf = (interval: Interval): number =>
  interval.kind === 'interval' ? interval.value : Number.POSITIVE_INFINITY;
