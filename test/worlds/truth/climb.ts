import { mean } from 'simple-statistics';
import type { Door, Look, Running, Start } from '../engine.ts';
import type { World } from '../world.ts';

/** One load and what the client got of it. */
export type Level = {
  readonly load: number;
  /** Arrivals a second as they were drawn. */
  readonly came: number;
  /** Good answers a second, in consecutive quarters of the time. */
  readonly blocks: readonly number[];
  readonly good: number;
  /** What the resources showed over the time (integrals and counts are increases), where they were asked for. */
  readonly looks: readonly Look[];
};

/** How a climb is done: from which load, by which factor, how many answers a level is to rest on. */
export type Path = {
  readonly from: number;
  readonly factor: number;
  readonly answers: number;
  /** At most so many times the first load. */
  readonly most: number;
  /** Seconds at a gentle load before anything counts: caches fill, clocks start. */
  readonly warm: number;
  readonly look?: boolean;
  /** On to where goodput no longer rises, though it follows no longer. */
  readonly further?: boolean;
  /** Levels last whole turns of so many seconds. */
  readonly cycle?: number | undefined;
};

const quarters = 4;
/** A level is left behind after this share of its time, and one lasts at least and at most so long (s). */
const settling = 0.4;
const shortest = 3;
const longest = 120;
/** Goodput this far below the load no longer follows it; after so many such levels, or of users so many that bring nothing more, the climb ends. */
export const follows = 0.97;
const patience = 3;
/** What is cold is not asked for more than this share of the first load: at once it might break down and never come back. */
export const gentle = 0.1;
/** What counts as bringing more; and what goodput still rises by where it follows no longer, because some are turned away and others are not. */
const more = 1.005;
const rises = 1.02;

/**
 * Raises the load of a world level by level until goodput has stopped following and rising. One run: what a level leaves behind burdens the next, as in a real staircase,
 * so that a world which collapses under overload is seen at its best before it does.
 */
export function climb(world: World, start: Start, repetition: number, path: Path): readonly Level[] {
  const running = start(world, repetition);
  const levels: Level[] = [];
  let best = 0;
  let idle = 0;
  running.offer(world.load.kind === 'users' ? path.from : gentle * path.from);
  running.advance(path.warm);
  for (let load = path.from; load <= path.from * path.most && idle < patience; load *= path.factor) {
    const level = measured(running, world.load.kind === 'users' ? Math.round(load) : load, path, best);
    levels.push(level);
    idle = brings(level, best, world, path) ? 0 : idle + 1;
    best = Math.max(best, level.good);
  }
  return levels;
}

/** Whether a level is any better than those before: more is done by more users, what comes is carried, or more of it is than ever. */
function brings(level: Level, best: number, { load }: World, { further }: Path): boolean {
  if (load.kind === 'users') return level.good > best * more;
  return keepsUp(level) || (further === true && level.good > best * rises);
}

/** A level lasts until the expected number of answers has come; of users nobody knows, so what they did before tells. */
function measured(running: Running, load: number, path: Path, before: number): Level {
  const expected = before > 0 ? before : load;
  const time = whole(Math.min(longest, Math.max(shortest, path.answers / expected)), path.cycle);
  running.offer(load);
  running.advance(running.now + whole(settling * time, path.cycle));
  const looked = path.look ? running.looks() : [];
  const doors: Door[] = [running.client()];
  for (let i = 0; i < quarters; i += 1) {
    running.advance(running.now + time / quarters);
    doors.push(running.client());
  }
  const blocks = doors.slice(1).map((door, i) => ((door.good - (doors[i]?.good ?? 0)) * quarters) / time);
  const came = ((doors.at(-1)?.arrivals ?? 0) - (doors[0]?.arrivals ?? 0)) / time;
  return { load, came, blocks, good: mean(blocks), looks: path.look ? since(looked, running.looks(), time) : [] };
}

/** Whether goodput follows what came. */
export const keepsUp = ({ came, good }: Pick<Level, 'came' | 'good'>): boolean => good >= follows * came;

const whole = (time: number, cycle: number | undefined): number =>
  cycle === undefined ? time : Math.ceil(time / cycle) * cycle;

/** Increases between two looks at the same instances, a second; what started meanwhile counts from its start. */
function since(before: readonly Look[], after: readonly Look[], time: number): readonly Look[] {
  const at = new Map(before.map((look) => [`${look.of.part}/${look.of.id}/${look.instance}`, look]));
  return after.map((look) => {
    const old = at.get(`${look.of.part}/${look.of.id}/${look.instance}`);
    const rate = (now: number, then: number | undefined): number => (now - (then ?? 0)) / time;
    return {
      ...look,
      usedTime: rate(look.usedTime, old?.usedTime),
      waitingTime: rate(look.waitingTime, old?.waitingTime),
      stalledTime: rate(look.stalledTime, old?.stalledTime),
      completions: rate(look.completions, old?.completions),
      refusals: rate(look.refusals, old?.refusals),
      more: Object.fromEntries(Object.entries(look.more).map(([key, value]) => [key, rate(value, old?.more[key])])),
    };
  });
}

/** Several climbs on the same path, one a repetition. */
export type Climbs = readonly (readonly Level[])[];

/** What came and what was good at each level, in the mean of all repetitions. */
export function together(climbs: Climbs): readonly Pick<Level, 'came' | 'good'>[] {
  const length = Math.min(...climbs.map((levels) => levels.length));
  return Array.from({ length }, (_, i) => {
    const column = climbs.flatMap((levels) => levels[i] ?? []);
    return { came: mean(column.map(({ came }) => came)), good: mean(column.map(({ good }) => good)) };
  });
}
