import type { Load, Seen, World } from '../worlds/world.ts';

/** Everything is scraped each second and nothing is lost; a little is used of everything besides the work. */
export const everySecond: Seen = {
  interval: 1,
  intervals: {},
  missing: [],
  lag: 0,
  gaps: 0,
  gapsWhenBusy: 0,
  skew: 0,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  noise: 0.002,
  callsDeclared: true,
};

type Steps = Extract<Load, { kind: 'steps' }>;

/** A staircase of rates (requests a second), each held for 20 s after 3 s. */
export const stairs = (rates: readonly number[], changed: Partial<Steps> = {}): Steps => ({
  kind: 'steps',
  rates,
  settle: 3,
  measure: 20,
  arrivals: 'poisson',
  timeout: 10,
  ...changed,
});

/** A world of a story: it belongs to no family of the benchmark. */
export const story = (name: string, rest: Pick<World, 'parts' | 'classes' | 'load'> & Partial<World>): World => ({
  family: 0,
  name,
  seed: 1,
  happenings: [],
  seen: everySecond,
  ...rest,
});

/** All requests are alike. */
export const alike = (acts: World['classes'][number]['acts']): World['classes'] => [
  { name: 'request', weight: [{ at: 0, weight: 1 }], acts },
];
