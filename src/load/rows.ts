import type { Feeder } from '../model/script.ts';
import type { Counters } from './counters.ts';
import { draw } from './draw.ts';

/** Gives a row for what is drawn at (seed, index); undefined once a unique feeder has no more. */
export type RowSource = {
  readonly name: string;
  readonly per: Feeder['per'];
  readonly take: (seed: number, index: number) => readonly string[] | undefined;
};

/** Lanes of `draw` that no template reaches: one for each feeder. */
const firstLane = 1_000_000;

/** The rows of all feeders, in the script's order. Those given in order are given once by all workers together. */
export function rowSources(feeders: readonly Feeder[], counters: Counters): readonly RowSource[] {
  return feeders.map(({ name, per, order, rows }, at) => {
    const counted = { feeder: at } as const;
    const take = {
      random: (seed: number, index: number) => rows[Math.floor(draw(seed, index, firstLane + at) * rows.length)],
      sequential: () => rows[counters.next(counted) % rows.length],
      unique: () => rows[counters.next(counted)],
    }[order];
    return { name, per, take };
  });
}
