/** How a resource carries load. rate: work per second; servers: parallel workers; pool: things lent out; space: fills and stays; quota: a grant per period; external: someone else's limit. */
export const resourceKinds = ['rate', 'servers', 'pool', 'space', 'quota', 'external'] as const;
export type ResourceKind = (typeof resourceKinds)[number];

/** A leaf does work itself (cpu, quota, memory, disk, lock); a thread runs on leaves; a hold (pool, connections) is kept while something else works. */
export const layers = ['leaf', 'thread', 'hold'] as const;
export type Layer = (typeof layers)[number];

/** What a signal tells about its resource; `busy`: how much was in use on average, by a counter of the time. */
export const roles = ['usage', 'busy', 'ceiling', 'queue', 'refusals', 'stall', 'completions'] as const;
export type Role = (typeof roles)[number];

/** Something in a component that can fill. */
export type Resource = {
  readonly component: string;
  readonly resource: string;
  readonly kind: ResourceKind;
  readonly layer: Layer;
  /** What usage and ceiling count: cores, connections, bytes … */
  readonly unit: string;
  /** A hard limit refuses instead of letting wait. */
  readonly hard: boolean;
};
