import { mean, sampleStandardDeviation } from 'simple-statistics';
import { beforeTheFall, bendOf } from './bend.ts';
import { type Climbs, keepsUp, type Level, together } from './climb.ts';
import { followedUpTo } from './followed.ts';

/** What a climb goes up: a closed world has no load of its own; behind a cache only what it misses is asked for. */
export type Slope = 'closed' | 'open' | 'cached';

/** The highest rate of good answers that a world sustains, one number for each repetition, with their mean and its standard error. */
export type Plateau = { readonly each: readonly number[]; readonly rate: number; readonly error: number };

/** Levels this close to the best belong to the plateau, unless they merely carried what was offered. */
const close = 0.01;
const carried = 0.985;

/** Several climbs on the same path, one a repetition, summed up. The levels of the plateau are chosen by their mean over all repetitions, so that the choice follows no noise. */
export function plateauOf(climbs: readonly (readonly Level[])[], slope: Slope): Plateau {
  const length = Math.min(...climbs.map((levels) => levels.length));
  const columns = Array.from({ length }, (_, i) => climbs.flatMap((levels) => levels[i] ?? []));
  const means = columns.map((column) => mean(column.map(({ good }) => good)));
  const best = Math.max(...means);
  const top = means.indexOf(best);
  const chosen = columns.filter((column, i) => {
    const load = column[0]?.load ?? 0;
    return i === top || ((means[i] ?? 0) >= best * (1 - close) && best < carried * load);
  });
  const each = climbs.map((_, r) => mean(chosen.map((column) => column[r]?.good ?? 0)));
  const found = (slope === 'closed' ? undefined : carriedWhole(climbs, mean(each), slope)) ?? each;
  return { each: found, rate: mean(found), error: errorOf(found, chosen) };
}

/** Where goodput goes on rising though not all of the load is carried: how much was, in each repetition. */
function carriedWhole(climbs: Climbs, plateau: number, slope: Slope): readonly number[] | undefined {
  if (slope === 'cached') {
    const levels = beforeTheFall(together(climbs));
    const bend = bendOf(levels);
    const isLost = !levels.every(keepsUp) && bend !== undefined && bend.lost < partly;
    if (isLost && plateau > bend.from * beyondBend && isFullAt(climbs, bend.from))
      return leftOut(climbs, bend.from, (some) => bendOf(together(some).slice(0, levels.length))?.from);
  }
  const all = followedUpTo(climbs);
  return all !== undefined && plateau > selective * all ? leftOut(climbs, all, followedUpTo) : undefined;
}

/** At a bend something is used to this share; else what is lost there is lost to chance, a few late answers long before anything is full. */
const used = 0.9;

/** Whether anything is full, in the mean of all repetitions, at the first level that reaches a load. */
function isFullAt(climbs: Climbs, load: number): boolean {
  const there = climbs.flatMap((levels) => levels.find(({ came }) => came >= load) ?? []);
  const fullest = there.map(({ looks }) => Math.max(0, ...looks.map(({ usedTime, size }) => usedTime / size)));
  return fullest.length > 0 && mean(fullest) >= used;
}

/** What each repetition adds to what all of them show (a jackknife's pseudo-values): one alone scatters too much to show it. */
function leftOut(climbs: Climbs, all: number, shown: (climbs: Climbs) => number | undefined): readonly number[] {
  const n = climbs.length;
  if (n === 1) return [all];
  return climbs.map((_, r) => n * all - (n - 1) * (shown(climbs.filter((_, i) => i !== r)) ?? all));
}

/** Beyond the bend a level no longer follows, but less than this share of what is asked in addition is lost: the rest comes from a cache. And the bend is that far below what is got at best. */
const partly = 0.5;
const beyondBend = 1.02;

/** Where some requests are turned away and others are not, goodput may rise beyond the load that was carried whole: then that load counts. */
const selective = 1.2;

/** From several repetitions their spread; from a single one the spread of its quarters. */
function errorOf(each: readonly number[], chosen: readonly (readonly Level[])[]): number {
  if (each.length > 1) return sampleStandardDeviation([...each]) / Math.sqrt(each.length);
  const blocks = chosen.flatMap((column) => column.flatMap((level) => level.blocks));
  return sampleStandardDeviation([...blocks]) / Math.sqrt(blocks.length);
}

/** A gain and its standard error, both as shares of what is gained on. */
export type Gain = { readonly gain: number; readonly error: number };

/** By how much one plateau lies above another; repetitions are compared each with its own twin, which drew the same numbers. */
export function gainOf(larger: Plateau, base: Plateau): Gain {
  const pairs = larger.each.flatMap((value, r) => {
    const twin = base.each[r];
    return twin === undefined ? [] : [value / twin - 1];
  });
  const apart = Math.hypot(larger.error, base.error) / base.rate;
  if (pairs.length < 2) return { gain: pairs[0] ?? 0, error: apart };
  return { gain: mean(pairs), error: sampleStandardDeviation(pairs) / Math.sqrt(pairs.length) };
}
