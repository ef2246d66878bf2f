import type { Jar } from './cookies.ts';
import { ringOf } from './ring.ts';

/** Someone who is logged in: the rows that are theirs, what the login extracted, and their cookies. */
export type Session = {
  readonly rows: ReadonlyMap<string, readonly string[]>;
  variables: Map<string, string>;
  jar: Jar;
  /** How many walks it is at. */
  walks: number;
  /** When it was last begun to be logged in anew, -Infinity where it never was. */
  renewedAt: number;
};

/** The sessions of one worker. Arrivals take them in turn, the one that has been idle longest first; where all are busy they are shared, again in turn. */
export type SessionPool = {
  readonly add: (session: Session) => void;
  readonly size: () => number;
  /** Undefined where there are none. */
  readonly take: () => Session | undefined;
  readonly give: (session: Session) => void;
};

/** A pool for up to `most` sessions. */
export function sessionPool(most: number): SessionPool {
  const all: Session[] = [];
  const idle = ringOf<Session>(most);
  let turn = 0;
  return {
    add(session) {
      all.push(session);
      idle.push(session);
    },
    size: () => all.length,
    take() {
      const next = idle.shift() ?? all[turn++ % all.length];
      if (next !== undefined) next.walks += 1;
      return next;
    },
    give(session) {
      session.walks -= 1;
      if (session.walks === 0) idle.push(session);
    },
  };
}
