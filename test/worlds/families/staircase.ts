import type { Random } from '../../../src/model/random.ts';
import type { Load } from '../world.ts';
import { between, chance, pick, rounded, whole } from './draw.ts';
import type { Setting } from './setting.ts';

type Steps = Extract<Load, { kind: 'steps' }>;

/** Seconds from the beginning of a load to its end. */
export function durationOfLoad(load: Load): number {
  if (load.kind === 'traffic') return load.points.at(-1)?.at ?? 0;
  const steps = load.kind === 'steps' ? load.rates.length : load.users.length;
  return steps * (load.settle + load.measure);
}

/** Windows that hold at least five scrapes, and settling that outlasts the first two. */
export function phasesFor(random: Random, interval: number): { readonly settle: number; readonly measure: number } {
  return {
    settle: Math.max(15, Math.ceil(1.5 * interval)),
    measure: Math.max(whole(random, 40, 90), Math.ceil(between(random, 5.2, 6.5) * interval)),
  };
}

/**
 * Rising rates from a low one to `reach` times the capacity. Even steps, or steps that grow by a factor; the first is low enough to be a baseline.
 */
export function staircase(random: Random, capacity: number, setting: Setting, changed: Partial<Steps> = {}): Steps {
  const count = whole(random, 7, 10);
  const low = between(random, 0.1, 0.25) * Math.min(1, setting.reach) * capacity;
  const top = setting.reach * capacity;
  const even = chance(random, 0.7);
  const rates = Array.from({ length: count }, (_, index) => {
    const way = index / (count - 1);
    return rounded(even ? low + (top - low) * way : low * (top / low) ** way);
  });
  return {
    kind: 'steps',
    rates,
    ...phasesFor(random, setting.interval),
    arrivals: pick(random, ['poisson', 'poisson', 'uniform']),
    timeout: pick(random, [5, 10, 10, 20]),
    ...changed,
  };
}
