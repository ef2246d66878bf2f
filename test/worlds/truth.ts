import type { VerdictKind } from '../../src/model/verdict.ts';
import type { Start } from './engine.ts';
import { type Explored, explored, fullAt, repeated, sharpened } from './truth/expedition.ts';
import { type First, firstOf, isLikely } from './truth/first.ts';
import { kindsOf } from './truth/kinds.ts';
import { type Limit, lifted, limitOf } from './truth/limits.ts';
import { type OnsetTruth, onsetOf } from './truth/onset.ts';
import type { Gain } from './truth/plateau.ts';
import { momentOf, topLoad } from './truth/schedule.ts';
import { filledByTime } from './truth/through-time.ts';
import type { World } from './world.ts';

/** A rate with its standard error. */
export type Rate = { readonly rate: number; readonly error: number };

/** What is true of a system however far it is loaded and whoever looks: found by making each of its limits larger and running it again with the same draws. Limits are named "part/id". */
export type Nature = {
  /** `time`: a leak fills it, whatever the load. */
  readonly why: First['why'] | 'time';
  /** The limits that are first: one, a set, or none. */
  readonly first: readonly string[];
  readonly capacity: Rate;
  readonly gains: Readonly<Record<string, Gain>>;
  /** Full at the plateau, and more of them gains nothing. */
  readonly symptoms: readonly string[];
  /** What limits once the first are lifted out of the way. */
  readonly next: { readonly first: readonly string[]; readonly capacity: Rate } | undefined;
  readonly onset: OnsetTruth | undefined;
  /** Good answers over load, around the plateau. */
  readonly curve: readonly { readonly load: number; readonly good: number }[];
};

/** What is true of a run of that system. */
export type Truth = Nature & {
  /** Kinds of verdict that are right, the best first. */
  readonly kinds: readonly VerdictKind[];
  /** How much of the capacity the run asks for at its highest load. */
  readonly use: number;
};

const repetitions = 4;
const repetitionsNext = 2;
/** Where those leave in doubt what is first; and what is carried, by more than this share. */
const most = 30;
const mostNext = 4;
const several = 12;
const precise = 0.007;
const vague = 0.02;
/** What is lifted out of the way is made so many times as large. */
const outOfTheWay = 4;

/** Computes the nature of a world. Deterministic; takes seconds. */
export function natureOf(world: World, start: Start): Nature {
  const base = precisely(explored(world, start, { at: momentOf(world), repetitions }));
  const byTime = filledByTime(world, start);
  const found = byTime.length > 0 ? ({ why: 'time', keys: byTime, gains: {} } as const) : firstOf(base, most);
  const { why, keys: first } = found;
  const gains: Nature['gains'] = found.gains;
  const plateau = sharpened(base);
  const limits = why === 'time' ? [] : first.flatMap((key) => limitOf(world, key) ?? []);
  return {
    why,
    first,
    capacity: { rate: plateau.rate, error: plateau.error },
    gains,
    symptoms: fullAt(base).filter((key) => !first.includes(key) && !isLikely(gains[key] ?? nothing)),
    next: limits.length > 0 ? nextOf(base, limits) : undefined,
    onset: limits.length > 0 ? onsetOf({ ...base, plateau }, limits) : undefined,
    curve: base.levels.map(({ load, good }) => ({ load, good })),
  };
}

const nothing: Gain = { gain: 0, error: 0 };

/** More repetitions where a few scatter. */
function precisely(base: Explored): Explored {
  const doubt = base.plateau.error / base.plateau.rate;
  if (!(doubt > precise)) return base;
  return repeated(base, doubt > vague ? most : several);
}

function nextOf(base: Explored, limits: readonly Limit[]): Nature['next'] {
  const world = lifted(base.world, limits, outOfTheWay);
  const higher = explored(world, base.start, { at: base.at, repetitions: repetitionsNext });
  return {
    first: firstOf(higher, mostNext).keys,
    capacity: { rate: higher.plateau.rate, error: higher.plateau.error },
  };
}

/** The truth of one run of a world whose nature is known. */
export function truthOf(world: World, nature: Nature): Truth {
  const use = useOf(world, nature);
  return { ...nature, use, kinds: kindsOf(world, { ...nature, use }) };
}

/** Of users nobody knows how much they ask for: what they get tells. */
function useOf(world: World, { capacity, curve }: Nature): number {
  const top = topLoad(world);
  if (world.load.kind !== 'users') return top / capacity.rate;
  const within = curve.filter(({ load }) => load <= top).map(({ good }) => good);
  const first = curve[0] ?? { load: top, good: capacity.rate };
  return within.length > 0 ? Math.max(...within) / capacity.rate : ((top / first.load) * first.good) / capacity.rate;
}
