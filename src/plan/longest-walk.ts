import type { ClassSource } from '../model/request-source.ts';
import { meanOf } from '../model/think.ts';
import { type Seconds, seconds } from '../model/units.ts';

/** How long (s) the walk with the longest pauses pauses in all, on average; 0 where none does. */
export function longestWalk(classes: readonly ClassSource[]): Seconds {
  const pauses = classes.map(({ steps }) =>
    steps.slice(1).reduce((sum, { think }) => sum + (think === undefined ? 0 : meanOf(think)), 0),
  );
  return seconds(Math.max(0, ...pauses));
}
