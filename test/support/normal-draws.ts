import type { Random } from '../../src/model/random.ts';

/** Standard normal numbers from a seeded source (Box & Muller 1958). */
export const normalDraws = (random: Random): Random => {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
};
