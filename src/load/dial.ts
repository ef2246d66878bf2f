import { connect, isIP, type OnReadOpts, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import type { Script } from '../model/script.ts';
import { credentialsOf } from './credentials.ts';
import { forbidden } from './forbidden.ts';

/** What dialling comes to: a connection on which the protocol has been agreed, or why there is none. */
export type Dialled = Socket | Error;

/** Opens one connection; what it gives back hangs up. What comes in goes to `read` where that is given, past the stream of the socket. */
export type Dial = (told: (dialled: Dialled) => void, read?: OnReadOpts) => () => void;

/** How long (ms) a connection is silent before the system asks whether the other side still stands. */
const silence = 60_000;

/**
 * Dials the resolved address of a script and nothing else; an address that load never goes to is refused, each time anew.
 *
 * @throws CONFIG_INVALID where the files of TLS cannot be used
 */
export function dialOf(script: Script): Dial {
  const { address, wire, timeout } = script;
  const isSecure = script.origin.startsWith('https:');
  const open = openerOf(script, isSecure);
  return (told, read) => {
    const refused = forbidden(address);
    if (refused !== undefined) {
      queueMicrotask(() => told(new Error(`no load goes to ${address}: ${refused}`)));
      return () => undefined;
    }
    const socket = open(read);
    const late = setTimeout(() => socket.destroy(tooLate()), timeout * 1000);
    let isAwaited = true;
    const isOver = (): boolean => {
      clearTimeout(late);
      const was = isAwaited;
      isAwaited = false;
      return was;
    };
    const opened = (): void => {
      isOver();
      const isAgreed = wire.http === 1 || !isSecure || spoken(socket) === 'h2';
      if (!isAgreed) socket.destroy();
      told(isAgreed ? socket : new Error(noH2));
    };
    socket.once(isSecure ? 'secureConnect' : 'connect', opened);
    // Whoever uses the connection listens too; here an error of one that nobody uses any more, or not yet, comes to rest.
    socket.on('error', (error) => {
      if (isOver()) told(error);
    });
    return () => {
      isOver();
      socket.destroy();
    };
  };
}

function openerOf({ origin, address, wire }: Script, isSecure: boolean): (read: OnReadOpts | undefined) => Socket {
  const { hostname, port } = new URL(origin);
  const line = { host: address, noDelay: true, keepAlive: true, keepAliveInitialDelay: silence };
  const reading = (read: OnReadOpts | undefined) => (read === undefined ? {} : { onread: read });
  if (!isSecure) return (read) => connect({ ...line, port: Number(port || 80), ...reading(read) });
  const name = bare(hostname);
  const secure = {
    ...line,
    port: Number(port || 443),
    ...(isIP(name) === 0 ? { servername: name } : {}),
    ...credentialsOf(wire.tls),
    ALPNProtocols: wire.http === 2 ? ['h2', 'http/1.1'] : ['http/1.1'],
  };
  let session: Buffer | undefined;
  return (read) => {
    // Who comes anew each time shakes hands in full each time.
    const known = session === undefined || wire.connections === 'new' ? {} : { session };
    const socket = connectSecurely({ ...secure, ...known, ...reading(read) });
    return socket.on('session', (latest) => {
      session = latest;
    });
  };
}

/** The name of a host without the brackets that a URL puts around an IPv6 address. */
const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

const tooLate = (): Error => Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' });

/** What is said where a server would rather speak something else. */
export const noH2 = 'it does not agree to HTTP/2 (ALPN)';

const spoken = (socket: object): unknown => Reflect.get(socket, 'alpnProtocol');
