import { agendaOf } from './agenda.ts';
import { ringOf } from './ring.ts';

/** What is not sent yet: what is due and waits for a connection, first come first served, and what is to follow later. */
export type Backlog<T> = {
  /** False where no more can wait. */
  readonly wait: (item: T) => boolean;
  /** Who has waited longest. */
  readonly next: () => T | undefined;
  /** Who has waited longest, if they were due at this time or before. */
  readonly dueBy: (time: number) => T | undefined;
  readonly waiting: () => number;
  readonly later: (item: T) => void;
  /** When the first of what is to follow is due, Infinity where nothing is. */
  readonly followsAt: () => number;
  /** The first of what is to follow, if it is due. */
  readonly follower: (now: number) => T | undefined;
  /** Empties it. */
  readonly takeAll: () => { readonly waiting: readonly T[]; readonly following: readonly T[] };
};

/** @param changed is told by how many more (or fewer) wait now */
export function backlogOf<T extends { readonly due: number }>(
  mostWaiting: number,
  changed: (by: number) => void,
): Backlog<T> {
  const ring = ringOf<T>(mostWaiting);
  const agenda = agendaOf<T>();
  const next = (): T | undefined => {
    const first = ring.shift();
    if (first !== undefined) changed(-1);
    return first;
  };
  return {
    wait(item) {
      const hasRoom = ring.push(item);
      if (hasRoom) changed(1);
      return hasRoom;
    },
    next,
    dueBy: (time) => ((ring.peek()?.due ?? Number.POSITIVE_INFINITY) <= time ? next() : undefined),
    waiting: ring.size,
    later: (item) => agenda.add(item.due, item),
    followsAt: agenda.due,
    follower: (now) => (agenda.due() <= now ? agenda.shift()?.item : undefined),
    takeAll: () => ({ waiting: all(next), following: all(() => agenda.shift()?.item) }),
  };
}

function all<T>(shift: () => T | undefined): readonly T[] {
  const items: T[] = [];
  for (let item = shift(); item !== undefined; item = shift()) items.push(item);
  return items;
}
