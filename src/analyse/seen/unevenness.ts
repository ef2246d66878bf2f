import { shortfall } from '../../model/shortfall.ts';
import { betaProbability } from '../../stats/beta-probability.ts';
import { sum } from '../../stats/sum.ts';
import { selective } from './selective.ts';

/** Instances are told apart where they would differ so much by chance in fewer cases than this. */
const significant = 0.01;
const two = 1.96;

/** How many times sooner than if they were evenly loaded several instances together end, and the standard error of that. */
export type Unevenness = { readonly factor: number; readonly error: number };

/** All alike. */
export const evenly: Unevenness = { factor: 1, error: 0 };

/**
 * Of several instances the one that looks fullest does so by chance as well: each is drawn to their mean by as much of what they differ as chance explains
 * (James & Stein 1961, the positive part, with the spread estimated: Efron & Morris 1975).
 *
 * They are told apart at all only where an analysis of variance says so, since even ones would else seem uneven in a third of all cases. All together end later than
 * where the fullest is full; how much of what goes there is late and still good is not known: the error reaches back to there.
 *
 * @param fills how full each would be at one load, with its standard error, and how large it is where they are not of one size; `df` of those errors, all together
 */
export function unevennessOf(
  fills: readonly { readonly value: number; readonly error: number; readonly size?: number }[],
  df: number,
): Unevenness {
  if (fills.length < 2) return evenly;
  const center = mean(fills.map(({ value }) => value));
  const chance = mean(fills.map(({ error }) => error ** 2));
  const spread = fills.reduce((sum, { value }) => sum + (value - center) ** 2, 0) / (fills.length - 1);
  if (spread <= chance || byChance(spread / chance, fills.length - 1, df) > significant) return evenly;
  const kept = 1 - chance / spread;
  const sizes = fills.map(({ size = 1 }) => size);
  // As full as all of them together: a small one that is full does little to that.
  const together = sum(fills.map(({ value, size = 1 }) => value * size)) / sum(sizes);
  const fullest = Math.max(...fills.map(({ value }) => value));
  const at = fills.findIndex(({ value }) => value === fullest);
  const fuller = 1 + (kept * (fullest - together)) / together;
  const beyond = beyondFullest((fuller * (sizes[at] ?? 1)) / sum(sizes), fuller);
  const factor = fuller / beyond;
  return { factor, error: Math.hypot(Math.sqrt(kept * chance) / together, (factor * (beyond - 1)) / two) };
}

/**
 * How many times as much as when the fullest is full is carried by all. Beyond that everything that goes there fails: all falls behind where that is `shortfall` of everything, and the others carry on as
 * far as even ones would. In the middle of these two, as where a run went there.
 */
function beyondFullest(share: number, fuller: number): number {
  const followed = share <= shortfall ? fuller : Math.min(fuller, ((1 - shortfall) * share) / (share - shortfall));
  return (followed + Math.min(fuller, selective * followed)) / 2;
}

/** The probability that a ratio of variances is as high by chance (Fisher's F). */
const byChance = (ratio: number, above: number, below: number): number =>
  1 - betaProbability((above * ratio) / (above * ratio + below), above / 2, below / 2);

const mean = (values: readonly number[]): number => sum(values) / values.length;
