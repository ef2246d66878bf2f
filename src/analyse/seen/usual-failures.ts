import type { Window } from '../../model/sheet.ts';
import type { View } from './view.ts';

/** Loads up to this share of the highest tell what fails at any load. */
const quiet = 0.7;
const least = 2;
/** Most of them: one in four may be of the time in which an overload before it ended. */
const most = 0.75;

/** Which share of the answers fails at any load, where others make it: a client that asks for what is not there, and no sign of too much. 0 where hardly a window is quiet. */
export function usualFailures({ windows }: View): number {
  const top = Math.max(0, ...windows.map(({ load }) => load));
  const shares = windows.filter(({ load }) => load <= quiet * top).map(shareIn);
  if (shares.length < least) return 0;
  return shares.toSorted((a, b) => a - b)[Math.ceil(most * (shares.length - 1))] ?? 0;
}

const shareIn = ({ throughput, goodput }: Window): number =>
  throughput > 0 ? Math.max(0, 1 - goodput / throughput) : 0;
