import { buildConnector } from 'undici';
import type { Script } from '../model/script.ts';
import { credentialsOf } from './credentials.ts';
import { forbidden } from './forbidden.ts';

/** Opens one connection; the protocol has been agreed on where TLS does that. */
export type Dial = buildConnector.connector;

/** The name of a host without the brackets that a URL puts around an IPv6 address. */
export const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

/**
 * Dials the resolved address of a script and nothing else: another host is refused, and so is an address that load never goes to, each time anew.
 *
 * @throws CONFIG_INVALID where the files of TLS cannot be used
 */
export function dialOf({ origin, address, wire, timeout }: Script): Dial {
  const { hostname, port, protocol } = new URL(origin);
  const h2 = wire.http === 2;
  const options = {
    ...(protocol === 'https:' ? credentialsOf(wire.tls) : {}),
    allowH2: h2,
    preferH2: h2,
    useH2c: h2,
    // Who comes anew each time shakes hands in full each time.
    maxCachedSessions: wire.connections === 'new' ? 0 : 100,
    timeout: Math.ceil(timeout * 1000),
  };
  const dial = buildConnector(options);
  return (asked, callback) => {
    const refused = forbidden(address);
    if (refused !== undefined) return callback(new Error(`no load goes to ${address}: ${refused}`), null);
    if (asked.hostname !== bare(hostname) || asked.port !== port)
      return callback(new Error(`this load goes to ${origin} only`), null);
    dial({ ...asked, hostname: address }, (...[error, socket]) => {
      if (error !== null) return callback(error, null);
      if (!h2 || protocol === 'http:' || spoken(socket) === 'h2') return callback(null, socket);
      socket.destroy();
      callback(new Error(noH2), null);
    });
  };
}

/** What is said where a server would rather speak something else. */
export const noH2 = 'it does not agree to HTTP/2 (ALPN)';

const spoken = (socket: object): unknown => Reflect.get(socket, 'alpnProtocol');
