import { buildConnector } from 'undici';
import type { Script } from '../model/script.ts';
import { bare, type Carrier, Connection, type Listener } from './connection.ts';
import { forbidden } from './forbidden.ts';
import { ringOf } from './ring.ts';

/** All connections of one worker, at most `limit`; those that are free are used in turn, so that load spreads evenly over replicas. */
export type Connections<E> = {
  readonly take: () => Carrier<E> | undefined;
  readonly give: (carrier: Carrier<E>) => void;
  readonly open: () => number;
  /** Opens one more ahead of need; it becomes free once it is connected. */
  readonly warm: () => void;
  readonly close: () => Promise<void>;
};

/** Opens nothing yet. Connections go to `script.address` and nowhere else, redirects are not followed, and HTTP/1.1 is spoken. */
export function openConnections<E>(script: Script, limit: number, listener: Listener<E>): Connections<E> {
  const dial = pinned(script);
  const all: Connection<E>[] = [];
  const idle = ringOf<Carrier<E>>(limit);

  function grow(): Connection<E> | undefined {
    if (all.length >= limit) return undefined;
    const connection = new Connection(script.origin, dial, listener);
    all.push(connection);
    return connection;
  }

  return {
    take: () => idle.shift() ?? grow(),
    give: (connection) => {
      idle.push(connection);
    },
    open: () => all.length,
    warm: () => grow()?.warm(),
    async close() {
      await Promise.all(all.splice(0).map((connection) => connection.close()));
    },
  };
}

/** A connector that refuses any host but that of the script, and dials its resolved address. */
function pinned(script: Script): buildConnector.connector {
  const { hostname, port } = new URL(script.origin);
  const refused = forbidden(script.address);
  const dial = buildConnector({ allowH2: false, timeout: Math.ceil(script.timeout * 1000) });
  return (options, callback) => {
    if (refused !== undefined) return callback(new Error(`no load goes to ${script.address}: ${refused}`), null);
    if (options.hostname !== bare(hostname) || options.port !== port)
      return callback(new Error(`this load goes to ${script.origin} only`), null);
    dial({ ...options, hostname: script.address }, callback);
  };
}
