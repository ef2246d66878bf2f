import type { Script } from '../model/script.ts';
import { type Carrier, Connection, codeOf, type Listener } from './connection.ts';
import { dialOf } from './dial.ts';
import { ringOf } from './ring.ts';
import { type Line, Session } from './session.ts';

/** Places for so many exchanges as one worker may have at a time, at most `limit`; those that are free are used in turn, so that load spreads evenly over replicas. */
export type Connections<E> = {
  readonly take: () => Carrier<E> | undefined;
  readonly give: (carrier: Carrier<E>) => void;
  readonly open: () => number;
  /** Opens one more connection ahead of need; its places become free once it is connected. */
  readonly warm: () => void;
  readonly close: () => Promise<void>;
};

/**
 * Opens nothing yet. Connections go to `script.address` and nowhere else, redirects are not followed, and what `script.wire` says is spoken. With HTTP/2 a
 * connection has as many places as streams; the next is opened when all places of those before are taken.
 *
 * @throws CONFIG_INVALID where the files of TLS cannot be used
 */
export function openConnections<E>(script: Script, limit: number, listener: Listener<E>): Connections<E> {
  const { origin, wire } = script;
  const line: Line = { origin, dial: dialOf(script), wire };
  const sessions: Session[] = [];
  const idle = ringOf<Carrier<E>>(limit);
  let open = 0;

  /** A new connection with all its places, unless the limit is reached. */
  function grow(): { readonly session: Session; readonly places: readonly Connection<E>[] } | undefined {
    if (open >= limit) return undefined;
    const session = new Session(line);
    const length = Math.min(wire.streams, limit - open);
    sessions.push(session);
    open += length;
    return { session, places: Array.from({ length }, () => new Connection(session, wire.http === 2, listener)) };
  }

  function takeNew(): Carrier<E> | undefined {
    const [first, ...others] = grow()?.places ?? [];
    for (const place of others) idle.push(place);
    return first;
  }

  return {
    take: () => idle.shift() ?? takeNew(),
    give: (connection) => {
      idle.push(connection);
    },
    open: () => open,
    warm() {
      const grown = wire.connections === 'new' ? undefined : grow();
      grown?.session.warm((error) => {
        if (error !== null) listener.notOpened(codeOf(error));
        for (const place of grown.places) listener.free(place);
      });
    },
    async close() {
      await Promise.all(sessions.splice(0).map((session) => session.close()));
    },
  };
}
