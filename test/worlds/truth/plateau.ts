import { mean, sampleStandardDeviation } from 'simple-statistics';
import { keepsUp, type Level, stopsBetween } from './climb.ts';

/** The highest rate of good answers that a world sustains, one number for each repetition, with their mean and its standard error. */
export type Plateau = { readonly each: readonly number[]; readonly rate: number; readonly error: number };

/** Levels this close to the best belong to the plateau, unless they merely carried what was offered. */
const close = 0.01;
const carried = 0.985;

/** Several climbs on the same path, one a repetition, summed up. The levels of the plateau are chosen by their mean over all repetitions, so that the choice follows no noise. */
export function plateauOf(climbs: readonly (readonly Level[])[], isOpen: boolean): Plateau {
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
  const followed = isOpen ? climbs.map((levels) => followedUpTo(levels)) : each;
  const isSelective = mean(each) > selective * mean(followed);
  const found = isSelective ? followed : each;
  return { each: found, rate: mean(found), error: errorOf(found, chosen) };
}

/** Where some requests are turned away and others are not, goodput may rise beyond the load that was carried whole: then that load counts. */
const selective = 1.2;

/** Goodput at the load from which on it no longer follows, between the two levels where that begins for good. */
function followedUpTo(levels: readonly Level[]): number {
  const at = levels.findIndex((level, i) => !keepsUp(level) && !keepsUp(levels[i + 1] ?? level));
  const [before, here] = [levels[at - 1], levels[at]];
  if (!here) return Math.max(...levels.map(({ good }) => good));
  return before && keepsUp(before) ? stopsBetween(before, here) : here.good;
}

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
