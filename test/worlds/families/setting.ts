import type { Random } from '../../../src/model/random.ts';
import { between, chance, pick, rounded } from './draw.ts';

/** How a world is looked at and how far it is loaded; apart from the family, so that the same system can be seen in several ways. */
export type Setting = {
  readonly seed: number;
  /** Scrape interval (s). */
  readonly interval: number;
  /** Standard deviation of what is used besides the requests' work, as a share of each ceiling. */
  readonly noise: number;
  /** The top of the load as a share of the rough capacity. */
  readonly reach: number;
};

/** Scrape intervals as people have them: mostly 15 s. */
const intervals = [1, 5, 15, 15, 15, 30, 30, 60] as const;
const noises = [0.002, 0.005, 0.01, 0.02, 0.03] as const;

/** Just above the capacity, above, or far above. */
function drawReach(random: Random): number {
  if (chance(random, 0.35)) return between(random, 1.08, 1.2);
  if (chance(random, 0.7)) return between(random, 1.2, 1.45);
  return between(random, 1.45, 1.8);
}

/** Draws what the caller leaves open. The same seed gives the same setting, whatever of it is given. */
export function drawSetting(random: Random, seed: number, given: Partial<Setting> = {}): Setting {
  const drawn = {
    seed,
    interval: pick(random, intervals),
    noise: pick(random, noises),
    reach: rounded(drawReach(random)),
  };
  return { ...drawn, ...given };
}
