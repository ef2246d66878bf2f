import type { Seconds } from '../model/units.ts';

/** A Ctrl-C to npm arrives twice: from the terminal, and passed on. */
const echo = 1;

/**
 * What a signal means at `now`, where the first one came at `first`, both on a clock that never goes back:
 * the first stops in order, what follows within a second is its echo, and one after that means "now".
 */
export function meaningOfSignal(first: Seconds | undefined, now: Seconds): 'stop' | 'echo' | 'now' {
  if (first === undefined) return 'stop';
  return now - first > echo ? 'now' : 'echo';
}
