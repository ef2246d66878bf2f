import type { Act, Part, Ref, Resource } from '../world.ts';
import { rounded } from './draw.ts';

/** Small pieces that worlds are put together from. */
export const cpu = (part: string, seconds: number, cv: number): Act => ({
  do: 'cpu',
  part,
  seconds: rounded(seconds, 4),
  cv,
});

export const pause = (seconds: number, cv: number): Act => ({ do: 'pause', seconds: rounded(seconds, 4), cv });

export const hold = (of: Ref, within: readonly Act[]): Act => ({ do: 'hold', of, within });

type Pool = Extract<Resource, { kind: 'pool' }>;

export const pool = (id: string, size: number, rest: Partial<Omit<Pool, 'kind' | 'id' | 'size'>> = {}): Pool => ({
  kind: 'pool',
  id,
  size,
  queue: 1000,
  patience: undefined,
  ...rest,
});

export const part = (
  name: string,
  technology: Part['technology'],
  resources: readonly Resource[],
  rest: Partial<Omit<Part, 'name' | 'technology' | 'resources'>> = {},
): Part => ({ name, technology, replicas: 1, balance: [], on: undefined, calls: [], resources, ...rest });

export const ref = (part: string, id: string): Ref => ({ part, id });

/** The part with more resources. */
export const withResources = (parts: readonly Part[], name: string, more: readonly Resource[]): readonly Part[] =>
  parts.map((one) => (one.name === name ? { ...one, resources: [...one.resources, ...more] } : one));
