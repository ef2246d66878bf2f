import type { Ranked } from './ranking.ts';

/** What is not the limit, with the number that says so: "db / cpu: at most 0.33 of 2 cores, 16.5 %; carries 1320/s …". */
export function ruledOut(ranked: readonly Ranked[]): readonly string[] {
  return ranked
    .filter(({ resource }) => resource.state === 'free' && resource.peak !== null)
    .map(
      ({ name, peak, capacity }) =>
        `${name}: at most ${peak}${capacity === '' ? '' : `; alone it carries ${capacity}`}`,
    );
}
