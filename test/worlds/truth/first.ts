import { type Explored, fullAt, gainFrom, limitsThatMatter } from './expedition.ts';
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
/** After one repetition nothing below this can become a gain any more, and what lies so far apart needs no second look. */
const hopeless = 0.007;
const clear = 0.08;
const morePairs = 4;

/** Lifts each limit that may matter, most repetitions only where one does not tell; pairs only where no single limit gains. */
export function firstOf(base: Explored): First {
  const candidates = limitsThatMatter(base);
  const screened = candidates.map((limit) => ({ limit, gain: gainFrom(base, [limit], larger, 1) }));
  const refined = refine(base, screened);
  const gains = Object.fromEntries(refined.map(({ limit, gain }) => [keyOf(limit), gain]));
  const protective = refined.filter(({ gain }) => counts({ ...gain, gain: -gain.gain }));
  const full = fullAt(base);
  const shields = protective.filter(({ limit }) => full.includes(keyOf(limit)));
  if (shields.length > 0) return { why: 'protective', keys: shields.map(({ limit }) => keyOf(limit)), gains };
  const winners = refined.filter(({ gain }) => counts(gain)).toSorted((a, b) => b.gain.gain - a.gain.gain);
  const best = winners[0];
  if (!best) return together(base, candidates, gains);
  const level = refined.filter(({ gain }) => isLikely(gain) && !isAbove(best.gain, gain));
  return { why: level.length > 1 ? 'tie' : 'one', keys: level.map(({ limit }) => keyOf(limit)), gains };
}

type Tried = { readonly limit: Limit; readonly gain: Gain };

const counts = ({ gain, error }: Gain): boolean => gain >= least && gain >= errors * error;

/** Not proven, but more likely than not: such a one keeps the best from standing alone. */
const isLikely = ({ gain, error }: Gain): boolean => gain >= least && gain >= 1.5 * error;

function isAbove(best: Gain, other: Gain): boolean {
  const difference = best.gain - other.gain;
  return best !== other && difference >= least && difference >= errors * Math.hypot(best.error, other.error);
}

/** All repetitions for those that may still count, unless one gains so much that nothing comes near. */
function refine(base: Explored, screened: readonly Tried[]): readonly Tried[] {
  const [top, second] = screened.toSorted((a, b) => b.gain.gain - a.gain.gain);
  const isClear = top !== undefined && top.gain.gain > clear && (second?.gain.gain ?? 0) < top.gain.gain - clear;
  return screened.map((tried) => {
    const isSettled = isClear && tried.gain.gain > -least;
    if (isSettled || Math.abs(tried.gain.gain) < hopeless) return tried;
    return { ...tried, gain: gainFrom(base, [tried.limit], larger, base.plateau.each.length) };
  });
}

/** Two limits, both full, may gain only together. */
function together(base: Explored, candidates: readonly Limit[], gains: First['gains']): First {
  const full = fullAt(base);
  const tight = candidates.filter((limit) => full.includes(keyOf(limit))).slice(0, morePairs);
  const pairs = tight.flatMap((one, i) => tight.slice(i + 1).map((other) => [one, other] as const));
  const tried = pairs.map((pair) => ({ pair, gain: gainFrom(base, pair, larger, base.plateau.each.length) }));
  const best = tried.filter(({ gain }) => counts(gain)).toSorted((a, b) => b.gain.gain - a.gain.gain)[0];
  return best
    ? {
        why: 'together',
        keys: best.pair.map(keyOf),
        gains: { ...gains, [best.pair.map(keyOf).join(' + ')]: best.gain },
      }
    : { why: 'none', keys: [], gains };
}
