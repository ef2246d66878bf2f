import type { Think } from '../model/think.ts';

/**
 * How long a pause is (s).
 *
 * @param drawn a number in [0, 1): the same one gives the same pause
 */
export function pauseOf(think: Think | undefined, drawn: number): number {
  switch (think?.kind) {
    case undefined:
      return 0;
    case 'fixed':
      return think.for;
    case 'uniform':
      return think.from + drawn * (think.to - think.from);
    case 'exponential':
      return -Math.log(1 - drawn) * think.mean;
  }
}
