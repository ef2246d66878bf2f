import { type Explored, fullAt, gainFrom, hurried, limitsThatMatter, repeated } from './expedition.ts';
import { keyOf, type Limit } from './limits.ts';
import type { Gain } from './plateau.ts';

/** Which limit is first, found by lifting each; and what each would gain. */
export type First = {
  readonly why: 'one' | 'tie' | 'together' | 'protective' | 'none';
  readonly keys: readonly string[];
  readonly gains: Readonly<Record<string, Gain>>;
};

/** Each limit is made half as large again. */
const larger = 1.5;
/** A gain counts from this share and so many standard errors on; and two differ if they are so far apart. */
const least = 0.02;
const errors = 3;
/** What breaks down is seen only at the levels below, which lie so far apart: a smaller loss may be their grid's. */
const leastLoss = 0.06;
/** After one repetition nothing below this share of the bar can pass it any more, and what lies so far apart needs no second look. */
const hopeless = 0.4;
const clear = 0.08;
const morePairs = 4;
/** Repetitions of what may count, and of what those leave in doubt, again and again. */
const few = 4;
const rounds = [few, 12, 30] as const;

/**
 * Lifts each limit that may matter, most repetitions only where one does not tell, still more where a few leave it in doubt; pairs only where no single limit gains.
 *
 * @param most repetitions at the most
 */
export function firstOf(base: Explored, most: number): First {
  const candidates = limitsThatMatter(base);
  const quick = hurried(base);
  const screened = candidates.map((limit) => tryOut(quick, limit, 1));
  const begun = refine(base, screened);
  const { tried: refined } = rounds.filter((times) => times <= most).reduce(settle, begun);
  const gains = Object.fromEntries(refined.map(({ limit, gain }) => [keyOf(limit), gain]));
  const full = fullAt(base);
  const shields = refined.filter((one) => full.includes(keyOf(one.limit)) && isShield(base, one));
  const winners = refined
    .filter(({ gain }) => gain.gain > 0 && counts(gain))
    .toSorted((a, b) => b.gain.gain - a.gain.gain);
  const best = winners[0];
  const level = best ? refined.filter(({ gain }) => isLikely(gain) && !isAbove(best.gain, gain)) : [];
  const keys = [...shields, ...level].map(({ limit }) => keyOf(limit));
  if (shields.length > 0) return { why: 'protective', keys, gains };
  if (keys.length === 0) return together(base, candidates, gains);
  return { why: keys.length > 1 ? 'tie' : 'one', keys, gains };
}

/** Lifted out of the way altogether. */
const removed = 4;
/** Half as large again and no loss proven, but this much seen: without it at all it may be. */
const hint = 0.01;

/** A limit whose removal loses goodput protects what lies behind it. */
function isShield(base: Explored, { limit, gain }: Tried): boolean {
  if (gain.gain < 0 && counts(gain)) return true;
  if (gain.gain > -hint) return false;
  const without = gainFrom(repeated(base, few), [limit], removed, few);
  return without.gain < 0 && counts(without);
}

type Tried = { readonly limit: Limit; readonly gain: Gain; readonly times: number };

const tryOut = (base: Explored, limit: Limit, times: number): Tried => ({
  limit,
  times,
  gain: gainFrom(base, [limit], larger, times),
});

const barOf = (gain: number): number => (gain < 0 ? leastLoss : least);

/** Proven, as a gain or as a loss. */
const counts = ({ gain, error }: Gain): boolean => Math.abs(gain) >= barOf(gain) && Math.abs(gain) >= errors * error;

/** Not proven, but more likely than not: such a one keeps the best from standing alone. */
export const isLikely = ({ gain, error }: Gain): boolean => gain >= least && gain >= 1.5 * error;

function isAbove(best: Gain, other: Gain): boolean {
  const difference = best.gain - other.gain;
  return best !== other && difference >= least && difference >= errors * Math.hypot(best.error, other.error);
}

type Trials = { readonly base: Explored; readonly tried: readonly Tried[] };

/** A few repetitions for the best and for those that may still count, unless it gains so much that nothing comes near; what gains clearly itself has been unlucky once, perhaps. */
function refine(base: Explored, screened: readonly Tried[]): Trials {
  const [top, second] = screened.toSorted((a, b) => b.gain.gain - a.gain.gain);
  const isClear = top !== undefined && top.gain.gain > clear && (second?.gain.gain ?? 0) < top.gain.gain - clear;
  const isHopeless = ({ gain: { gain } }: Tried): boolean =>
    (isClear && gain > 0 && gain < clear) || Math.abs(gain) < hopeless * barOf(gain);
  const again = screened.filter((one) => one === top || !isHopeless(one));
  const fuller = repeated(base, few);
  return {
    base: fuller,
    tried: screened.map((one) => (again.includes(one) ? tryOut(fuller, one.limit, few) : one)),
  };
}

/** What a few repetitions leave in doubt is tried in more: whether it gains or loses, and whether it gains less than the best. */
function settle({ base, tried }: Trials, times: number): Trials {
  const [best] = tried.toSorted((a, b) => b.gain.gain - a.gain.gain);
  if (!best) return { base, tried };
  const rivals = tried.filter((one) => one !== best && isLikely(one.gain) && !isFarBelow(one.gain, best.gain));
  const open = tried.filter((one) => (one === best || one.gain.gain < 0) && isInDoubt(one.gain));
  const even = rivals.length > 0 && times <= evenly ? [...rivals, best] : [];
  const again = [...open, ...even].filter((one) => one.times < times);
  if (again.length === 0) return { base, tried };
  const fuller = repeated(base, times);
  return {
    base: fuller,
    tried: tried.map((one) => (again.includes(one) ? tryOut(fuller, one.limit, times) : one)),
  };
}

/** So few standard errors from what counts, a few repetitions may err. */
const margin = 2;
const surely = 5;
/** Less than this share of the bar is not about to pass it. */
const nearly = 0.75;
/** Two that stay level in so many repetitions are. */
const evenly = 12;

function isInDoubt({ gain, error }: Gain): boolean {
  const size = Math.abs(gain);
  const bar = barOf(gain);
  const isNothing = size < nearly * bar || size + margin * error < bar;
  const isSomething = size - margin * error >= bar && size >= surely * error;
  return !isNothing && !isSomething;
}

const isFarBelow = (gain: Gain, best: Gain): boolean =>
  best.gain - gain.gain >= Math.max(least, surely * Math.hypot(best.error, gain.error));

/** Two limits, both full, may gain only together. */
function together(base: Explored, candidates: readonly Limit[], gains: First['gains']): First {
  const full = fullAt(base);
  const tight = candidates.filter((limit) => full.includes(keyOf(limit))).slice(0, morePairs);
  const pairs = tight.flatMap((one, i) => tight.slice(i + 1).map((other) => [one, other] as const));
  const fuller = pairs.length > 0 ? repeated(base, few) : base;
  const tried = pairs.map((pair) => ({ pair, gain: gainFrom(fuller, pair, larger, few) }));
  const best = tried
    .filter(({ gain }) => gain.gain > 0 && counts(gain))
    .toSorted((a, b) => b.gain.gain - a.gain.gain)[0];
  return best
    ? {
        why: 'together',
        keys: best.pair.map(keyOf),
        gains: { ...gains, [best.pair.map(keyOf).join(' + ')]: best.gain },
      }
    : { why: 'none', keys: [], gains };
}
