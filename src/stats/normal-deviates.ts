import { seeded } from '../model/random.ts';
import { normalQuantile } from './normal-quantile.ts';

/** Nothing is drawn further out than this share of all draws. */
const outermost = 0.0005;

type Drawn = { readonly random: () => number; readonly values: number[] };
const kept = new Map<number, Drawn>();

/**
 * So many standard normal numbers from a seed: by quantiles of uniform ones, up to 3.3 deviations. What was drawn from a seed before is kept, since the same draws are asked for again and again.
 *
 * @example normalDeviates(1, 2) // => two numbers, the same at each call
 */
export function normalDeviates(seed: number, count: number): readonly number[] {
  const { random, values } = kept.get(seed) ?? { random: seeded(seed), values: [] };
  kept.set(seed, { random, values });
  while (values.length < count) values.push(normalQuantile(Math.min(1 - outermost, Math.max(outermost, random()))));
  return values;
}
