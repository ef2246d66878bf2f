import type { Act, Load, Part, Resource, World } from '../world.ts';

/** One instance of a service with these resources. */
export const bare = (name: string, resources: readonly Resource[], more: Partial<Part> = {}): Part => ({
  name,
  technology: 'service',
  replicas: 1,
  balance: [],
  on: undefined,
  calls: [],
  resources,
  ...more,
});

/** Nobody is impatient in it. */
const openLoad = {
  kind: 'steps',
  rates: [],
  settle: 0,
  measure: 0,
  arrivals: 'poisson',
  timeout: 1e9,
} as const satisfies Load;

/** A world of these parts in which all requests do the same: random arrivals, nobody gives up, all is seen. */
export const bareWorld = (parts: readonly Part[], acts: readonly Act[], more: Partial<World> = {}): World => ({
  family: 0,
  name: 'bare',
  seed: 1,
  parts,
  classes: [{ name: 'all', weight: [{ at: 0, weight: 1 }], acts }],
  load: openLoad,
  happenings: [],
  seen: {
    interval: 5,
    intervals: {},
    missing: [],
    lag: 0,
    gaps: 0,
    gapsWhenBusy: 0,
    skew: 0,
    buckets: [0.01, 0.1, 1],
    noise: 0,
    callsDeclared: true,
  },
  ...more,
});

export const users = (think: number): Load => ({
  kind: 'users',
  users: [],
  think,
  settle: 0,
  measure: 0,
  timeout: 1e9,
});

/** Arrivals one like the other, each given up after so long. */
export const evenly = (timeout: number): Load => ({ ...openLoad, arrivals: 'uniform', timeout });
