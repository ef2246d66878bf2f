import type { Script } from '../model/script.ts';
import { type Carrier, codeOf, type Listener } from './carrier.ts';
import { Connection } from './connection.ts';
import { type Dialled, dialOf } from './dial.ts';
import { textFor } from './request-text.ts';
import { ringOf } from './ring.ts';

/** Places for so many exchanges as one worker may have at a time, at most `limit`; those that are free are used in turn, so that load spreads evenly over replicas. */
export type Connections<E> = {
  readonly take: () => Carrier<E> | undefined;
  readonly give: (carrier: Carrier<E>) => void;
  readonly open: () => number;
  /** Opens one more connection ahead of need; its places become free once it is connected. */
  readonly warm: () => void;
  readonly close: () => Promise<void>;
};

/** A connection, which may be made ahead of need, and all its places. */
export type Opened<E> = {
  readonly warm: (told: (dialled: Dialled) => void) => void;
  readonly close: () => void | Promise<void>;
  readonly places: readonly Carrier<E>[];
};

/** How a connection with so many places is begun. */
export type Opening = <E>(places: number, listener: Listener<E>) => Opened<E>;

/**
 * Makes ready for connections that go to `script.address` and nowhere else, follow no redirect, and speak what `script.wire` says. undici is loaded for HTTP/2 only: it
 * takes 26 MB of each thread.
 *
 * @throws CONFIG_INVALID where the files of TLS cannot be used
 */
export async function openingOf(script: Script): Promise<Opening> {
  const { origin, wire } = script;
  const dial = dialOf(script);
  if (wire.http === 2) return (await import('./streams.ts')).openingStreams(script, dial);
  const line = { dial, text: textFor(origin, wire.connections), connections: wire.connections };
  return (_, listener) => {
    const connection = new Connection(line, listener);
    return { warm: (told) => connection.warm(told), close: () => connection.close(), places: [connection] };
  };
}

/**
 * Opens nothing yet. With HTTP/2 a connection has as many places as streams; the next is opened when all places of those before are taken.
 *
 * @param limit so many places there are at most
 */
export function openConnections<E>(
  opening: Opening,
  { wire }: Pick<Script, 'wire'>,
  limit: number,
  listener: Listener<E>,
): Connections<E> {
  const all: Opened<E>[] = [];
  const idle = ringOf<Carrier<E>>(limit);
  let open = 0;

  /** A new connection with all its places, unless the limit is reached. */
  function grow(): Opened<E> | undefined {
    if (open >= limit) return undefined;
    const opened = opening(Math.min(wire.streams, limit - open), listener);
    all.push(opened);
    open += opened.places.length;
    return opened;
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
      grown?.warm((dialled) => {
        if (dialled instanceof Error) listener.notOpened(codeOf(dialled));
        for (const place of grown.places) listener.free(place);
      });
    },
    async close() {
      await Promise.all(all.splice(0).map((opened) => opened.close()));
    },
  };
}
