import type { Look, Running } from '../engine.ts';
import type { Act, Part, World } from '../world.ts';
import { bareWorld } from './bare-world.ts';
import { start } from './start.ts';

/** A bare world that has run under a load for so many seconds. */
export function ran(
  parts: readonly Part[],
  acts: readonly Act[],
  load: number,
  seconds: number,
  more: Partial<World> = {},
): Running {
  const running = start(bareWorld(parts, acts, more), 0);
  running.offer(load);
  running.advance(seconds);
  return running;
}

/** What one resource shows. */
export function lookAt(running: Running, part: string, id: string, replica = 0): Look {
  const found = running.looks().find((look) => look.of.part === part && look.of.id === id && look.replica === replica);
  if (found === undefined) throw new Error(`${part}/${id} of instance ${replica} shows nothing`);
  return found;
}
