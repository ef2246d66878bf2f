import { mean } from 'simple-statistics';
import type { Start } from '../engine.ts';
import type { World } from '../world.ts';
import { climb, keepsUp, type Level, type Path } from './climb.ts';
import { factorOf, keyOf, type Limit, lifted, limitsOf, resourceOf } from './limits.ts';
import { type Gain, gainOf, type Plateau, plateauOf, type Slope } from './plateau.ts';
import { cycleOf, steadied } from './steadied.ts';

/** A world whose plateau was found, with what its resources showed there; `at` is the moment of its own run that it stands still at. */
export type Explored = {
  readonly world: World;
  readonly at: number;
  readonly start: Start;
  readonly path: Path;
  readonly plateau: Plateau;
  readonly climbs: readonly (readonly Level[])[];
  /** The first repetition, level by level. */
  readonly levels: readonly Level[];
};

const soundingFactor = 1.5;
const soundingAnswers = 300;
const soundings = 40;
const fineFactor = 1.06;
const fineAnswers = 2000;
/** A mix that takes turns needs more, and so does a small part of all that comes. */
const manyAnswers = 6000;
const below = 0.9;
/** No limit lifted by half carries more than half as much again, and rounding up a single one doubles it. */
const farthest = 2.3;

/** Finds where goodput stops rising, coarsely, then looks closely around it. */
export function explored(
  world: World,
  start: Start,
  { at, repetitions }: { readonly at: number; readonly repetitions: number },
): Explored {
  const steady = steadied(world, at);
  const warm = warmthOf(steady);
  const coarse = soundedFrom(steady, start, { least: 1, warm });
  const isClosed = world.load.kind === 'users';
  const from = isClosed ? Math.max(1, Math.floor(coarse.load / 2)) : coarse.rate * below;
  const factor = isClosed ? Math.max(1.15, 1 + 1 / from) : fineFactor;
  const cycle = cycleOf(world);
  const answers = cycle === undefined && slopeOf(world) !== 'cached' ? fineAnswers : manyAnswers;
  const further = slopeOf(world) === 'open';
  const path: Path = { from, factor, answers, most: farthest / below, warm, look: true, further, cycle };
  const base = { world, at, start, path, plateau: nowhere, climbs: [], levels: [] };
  return repeated({ ...base, path: slopeOf(world) === 'closed' ? path : calmed(steady, start, path) }, repetitions);
}

const nowhere: Plateau = { each: [], rate: 0, error: 0 };

/** The same with so many repetitions in all. */
export function repeated(base: Explored, repetitions: number): Explored {
  const steady = steadied(base.world, base.at);
  const more = Array.from({ length: Math.max(0, repetitions - base.climbs.length) }, (_, i) =>
    climb(steady, base.start, base.climbs.length + i, base.path),
  );
  const climbs = [...base.climbs, ...more];
  return { ...base, climbs, plateau: plateauOf(climbs, slopeOf(base.world)), levels: climbs[0] ?? [] };
}

const fineStep = 1.015;
const whole = 0.985;
const negligible = 1e-6;

/** The plateau of what breaks down above it lies between the last level that was carried and the first that was not: looked for in small steps. */
export function sharpened(base: Explored): Plateau {
  const { world, at, start, path, climbs, plateau } = base;
  const slope = slopeOf(world);
  const last = lastCarried(climbs);
  const isOnlyThat = last !== undefined && Math.abs(plateau.rate - last.good) < negligible * last.good;
  if (slope === 'closed' || !isOnlyThat) return plateau;
  const fine = {
    ...path,
    from: last.load / fineStep,
    factor: fineStep,
    most: path.factor * fineStep ** 2,
    look: slope === 'cached',
  };
  const steady = steadied(world, at);
  const found = plateauOf(
    climbs.map((_, r) => climb(steady, start, r, fine)),
    slope,
  );
  return found.rate > plateau.rate ? found : plateau;
}

/** The highest level that is carried whole in the mean of all repetitions, where it is the best that there is. */
function lastCarried(climbs: Explored['climbs']): { readonly load: number; readonly good: number } | undefined {
  const columns = (climbs[0] ?? []).map((first, i) => {
    const column = climbs.flatMap((levels) => levels[i] ?? []);
    return { load: first.load, came: mean(column.map(({ came }) => came)), good: mean(column.map(({ good }) => good)) };
  });
  const best = columns.reduce((top, one) => (one.good > (top?.good ?? 0) ? one : top), columns[0]);
  return best && best.good >= whole * best.came ? best : undefined;
}

const hurry = 2;

/** Once, in half the time: enough to see what changes nothing. */
export const hurried = (base: Explored): Explored =>
  repeated({ ...base, path: { ...base.path, answers: base.path.answers / hurry }, climbs: [] }, 1);

/** Behind a cache little of what comes is lost at first. */
function slopeOf({ load, parts }: World): Slope {
  if (load.kind === 'users') return 'closed';
  return parts.some(({ resources }) => resources.some(({ kind }) => kind === 'cache')) ? 'cached' : 'open';
}

const lower = 0.85;
const lowest = 0.15;
/** What a calm first level answers of what comes; of what passes a cache it is to be seen as well. */
const calm: Readonly<Record<Slope, number>> = { closed: 0, open: 0.985, cached: 0.995 };

/** The same path from a load that is carried: a climb that began above it would see a world that has broken down already, or is about to. */
function calmed(steady: World, start: Start, path: Path): Path {
  const share = calm[slopeOf(steady)];
  const isCalm = (from: number): boolean => {
    const [first] = climb(steady, start, 0, { ...path, from, most: 1 });
    return first !== undefined && first.good >= share * first.came;
  };
  let from = path.from;
  while (!isCalm(from) && from > lowest * path.from) from *= lower;
  return { ...path, from, most: (path.most * path.from) / from };
}

/** Caches fill, and the first answers come. */
function warmthOf({ parts }: World): number {
  const caches = parts.flatMap(({ resources }) => resources.flatMap((each) => (each.kind === 'cache' ? each.warm : 0)));
  return 2 + 1.5 * Math.max(0, ...caches);
}

function soundedFrom(
  world: World,
  start: Start,
  { least, warm }: { readonly least: number; readonly warm: number },
): { readonly load: number; readonly rate: number } {
  const path = {
    from: least,
    factor: soundingFactor,
    answers: soundingAnswers,
    most: soundingFactor ** soundings,
    warm,
  };
  const levels = climb(world, start, 0, path);
  const best = levels.reduce((top, level) => (level.good > top.good ? level : top));
  const isTooHigh = world.load.kind === 'users' ? least > 1 && best === levels[0] : best.good < 0.9 * least;
  if (isTooHigh && least > 0.01) return soundedFrom(world, start, { least: least / 8, warm });
  const reached = levels.find((level) => level.good >= 0.97 * best.good) ?? best;
  if (world.load.kind === 'users') return { load: reached.load, rate: best.good };
  const left = levels.find((level, i) => !keepsUp(level) && !keepsUp(levels[i + 1] ?? level));
  const last = levels[left ? levels.indexOf(left) - 1 : -1] ?? best;
  return { load: reached.load, rate: Math.min(best.good, Math.max(left?.good ?? best.good, last.good)) };
}

/** What lifting limits brings, in so many repetitions: each against its twin in the base, which drew the same numbers. What had to be rounded up gains in proportion less. */
export function gainFrom(base: Explored, limits: readonly Limit[], factor: number, repetitions: number): Gain {
  const steady = steadied(lifted(base.world, limits, factor), base.at);
  const slope = slopeOf(base.world);
  const twins = plateauOf(base.climbs.slice(0, repetitions), slope);
  const climbed = (path: Path) => Array.from({ length: repetitions }, (_, r) => climb(steady, base.start, r, path));
  const path = { ...base.path, look: slope === 'cached' };
  const straight = climbed(path);
  const plateau = plateauOf(straight, slope);
  const isBroken =
    slope !== 'closed' && plateau.rate < twins.rate && straight.some(([first]) => first && !keepsUp(first));
  const { gain, error } = gainOf(isBroken ? plateauOf(climbed(earlier(path)), slope) : plateau, twins);
  const rounded = (factor - 1) / (Math.max(...limits.map((limit) => factorOf(base.world, limit, factor))) - 1);
  return { gain: gain * rounded, error: error * rounded };
}

const stepsEarlier = 6;

/** The same levels, and some before them: what is lifted may carry less, and is to be seen before it breaks down. */
const earlier = (path: Path): Path => {
  const by = path.factor ** stepsEarlier;
  return { ...path, from: path.from / by, most: path.most * by };
};

/** How a resource stood at one level: mean use as a share of its size (of the fullest instance), mean number waiting, refusals a second. */
export type Stand = {
  readonly use: number;
  readonly waiting: number;
  readonly refused: number;
  readonly stalled: number;
};

export function standOf(level: Level, { part, id }: Limit): Stand {
  const looks = level.looks.filter(({ of }) => of.part === part && of.id === id);
  const sum = (of: (look: Level['looks'][number]) => number): number => looks.reduce((all, look) => all + of(look), 0);
  return {
    use: Math.max(0, ...looks.map((look) => (look.size > 0 ? look.usedTime / look.size : 0))),
    waiting: sum((look) => look.waitingTime),
    refused: sum((look) => look.refusals),
    stalled: sum((look) => look.stalledTime) + sum((look) => look.more.throttledTime ?? 0),
  };
}

/** Fewer waiting than this share of the smallest hold lengthen no hold by more. */
const fewWaiting = 0.004;

/**
 * Limits that may gain anything: where nobody ever waited, was refused or kept from running, more of it changes nothing.
 * What acts without waiting (a cache, a heap, memory, an autoscaler, hardware threads) is always tried.
 */
export function limitsThatMatter({ world, levels, plateau }: Explored): readonly Limit[] {
  const sizes = world.parts.flatMap(({ resources }) =>
    resources.flatMap((each) => (each.kind === 'pool' ? each.size : each.kind === 'workers' ? each.threads : [])),
  );
  const few = fewWaiting * Math.max(1, Math.min(...sizes, Number.POSITIVE_INFINITY));
  const near = levels.filter((level) => level.load >= 0.9 * plateau.rate || world.load.kind === 'users');
  return limitsOf(world).filter((limit) => {
    const resource = resourceOf(world, limit);
    if (!resource || actsWithoutWaiting(resource)) return resource !== undefined;
    const stands = near.map((level) => standOf(level, limit));
    return stands.some(({ waiting, refused, stalled }) => waiting > few || refused > 0 || stalled > 0);
  });
}

function actsWithoutWaiting(resource: World['parts'][number]['resources'][number]): boolean {
  if (resource.kind === 'cpu') return resource.smt !== undefined;
  return ['cache', 'heap', 'memory', 'autoscaler'].includes(resource.kind);
}

/** Full at the plateau, by key: used to nine tenths and more by its fullest instance, in the levels that did not carry their load. */
export function fullAt({ world, levels, plateau }: Explored): readonly string[] {
  const above = levels.filter(({ load, good }) => world.load.kind === 'users' || good < 0.985 * load);
  const chosen = above.length > 0 ? above.slice(0, 2) : levels.slice(-1);
  return limitsOf(world)
    .filter((limit) => mean(chosen.map((level) => standOf(level, limit).use)) >= 0.9 && plateau.rate > 0)
    .map(keyOf);
}
