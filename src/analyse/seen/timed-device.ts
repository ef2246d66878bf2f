import { type Case, known, type Track } from './cases.ts';
import type { View } from './view.ts';

/** Beyond so many servers in use there is one more; less is what the shortest time at low load is longer than alone, since some wait there as well (M/D/1 at a quarter of its use: 17 %). */
const besides = 0.2;

/** A device that tells how long an operation takes. */
export const isTimed = ({ resource, queueReads }: Case): boolean =>
  resource.kind === 'rate' && resource.unit === 'operations/s' && (queueReads?.startsWith('$seconds') ?? false);

/** Whether both are sides of one device, its operations and its bytes: what an operation takes is told of both. */
export const isSameDevice = (one: Case, other: Case): boolean =>
  other.resource.component === one.resource.component && String(other.queue) === String(one.queue);

/** How long an operation takes that meets no other (s): the shortest at low load. */
export function timeAlone({ queue }: Case, view: View): number | undefined {
  const low = known(queue, view.low);
  return low.length === 0 ? undefined : Math.min(...low);
}

/** How many operations wait on average for others, by Little's law: what each takes longer than alone. */
export function waitingAt(one: Case, alone: number): Track {
  return one.usage.map((done, i) => {
    const time = one.queue?.[i];
    return done === undefined || time === undefined ? undefined : done * (time - alone);
  });
}

/**
 * The same device as servers of which some are busy: operations a second × how long one takes alone, of the fewest that can do so much. What does one thing after the other is full at 1, far below the
 * operations that are stated for many at once.
 */
export function asServers(one: Case, alone: number): Case {
  const usage = one.usage.map((done) => done && done * alone);
  const most = Math.max(0, ...usage.filter((value) => value !== undefined));
  const servers = Math.max(1, Math.ceil(most - besides));
  return { ...one, usage: usage.map((busy) => busy && Math.min(busy, servers)), ceiling: usage.map(() => servers) };
}
