import type { Resource } from '../world.ts';
import { once } from './agenda.ts';
import type { Instance } from './instance.ts';
import { type Meter, makeMeter, settleMeter, shownBy } from './meter.ts';
import type { Motion } from './motion.ts';

type Space = Extract<Resource, { kind: 'memory' }>;

/** Bytes of an instance. When they are full it is killed. */
export type Memory = {
  readonly kind: 'memory';
  readonly space: Space;
  readonly meter: Meter;
  isFull: boolean;
};

export const makeMemory = (space: Space, now: number): Memory => ({
  kind: 'memory',
  space,
  meter: makeMeter(now, space.base),
  isFull: false,
});

/** A request came in or went: what is used now; `kill` is called in an event of its own when that is too much. */
export function weigh(motion: Motion, memory: Memory, { inside, served }: Instance, kill: () => void): void {
  const { base, each, leak, limit } = memory.space;
  settleMeter(memory.meter, motion.agenda);
  memory.meter.used = base + each * inside + leak * served;
  if (memory.meter.used < limit || memory.isFull) return;
  memory.isFull = true;
  once(motion.agenda, motion.agenda.now, kill);
}

export const lookAtMemory = (memory: Memory, kills: number, now: number) => ({
  size: memory.space.limit,
  ...shownBy(memory.meter, now),
  refusals: 0,
  more: { bytes: memory.meter.used, kills },
});
