import type { Random } from '../model/random.ts';

/**
 * One draw of a stratified moving-block bootstrap (Künsch 1989, wrapped round as Politis & Romano 1992): for each stratum as many indices as it has entries,
 * in runs of `length` neighbours. Take the same indices from every series: what happened together stays together.
 *
 * @param sizes how many entries each stratum has
 * @param length neighbours per run; 1 where entries are block means already
 * @example blockBootstrap([3, 2], seeded(1)) // => two lists: 3 of {0, 1, 2}, 2 of {0, 1}
 */
export function blockBootstrap(sizes: readonly number[], random: Random, length = 1): readonly (readonly number[])[] {
  return sizes.map((size) => {
    const starts = Array.from({ length: Math.ceil(size / length) }, () => Math.floor(random() * size));
    return starts.flatMap((start) => Array.from({ length }, (_, i) => (start + i) % size)).slice(0, size);
  });
}
