import { connect } from 'node:http2';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { fault } from '../faults.ts';
import type { Script } from '../model/script.ts';
import { codeOf } from './carrier.ts';
import { dialOf, noH2 } from './dial.ts';
import { outcomeOfFailure } from './outcome.ts';

/** What a certificate is refused for, in words; the code of Node's error → the sentence. */
const refusals: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted; tls.ca_file names the authority that is',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted; tls.ca_file names the authority that is',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is not trusted; tls.ca_file names the authority that is',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted; tls.ca_file names the authority that is',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name; tls.server_name says which name is meant',
};

/**
 * Shakes hands once before any load over TLS or HTTP/2: what each request would fail of is said in one sentence instead. Gives the script back with no more
 * streams to a connection than the server allows. A server that cannot be reached at all is left to the load to tell.
 *
 * @throws ADDRESS_REFUSED where the certificate is not accepted, or HTTP/2 is not spoken; CONFIG_INVALID where the files of TLS cannot be used
 */
export async function greet(script: Script): Promise<Script> {
  const { origin, wire } = script;
  const socket = await dialled(script);
  if (socket === undefined) return script;
  try {
    if (wire.http === 1) {
      await staysOpen(socket, origin);
      return script;
    }
    const streams = Math.min(wire.streams, await streamsOn(socket, script));
    return { ...script, wire: { ...wire, streams } };
  } finally {
    socket.destroy();
  }
}

function dialled(script: Script): Promise<Socket | undefined> {
  const dial = dialOf(script);
  return new Promise((resolve, reject) => {
    dial((dialled) => {
      if (!(dialled instanceof Error)) return resolve(dialled);
      const why = whyNot(dialled);
      if (why === undefined) resolve(undefined);
      else reject(fault('ADDRESS_REFUSED', [script.origin, why], dialled));
    });
  });
}

/** Why a handshake failed that reached the server; undefined where it was not reached. */
function whyNot(error: Error): string | undefined {
  if (error.message === noH2) return `${noH2}; without "http: 2" HTTP/1.1 is spoken`;
  const code = codeOf(error);
  if (outcomeOfFailure({ code, onSocket: false, idle: undefined, answering: false }) !== 'tls') return undefined;
  return Object.hasOwn(refusals, code) ? refusals[code] : `TLS failed: ${error.message}`;
}

/**
 * A server that misses a certificate of the client's says so, in TLS 1.3, only after the handshake; most just close then. One that is content sends the tickets of
 * its session instead.
 */
function staysOpen(socket: Socket, origin: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!(socket instanceof TLSSocket) || socket.getProtocol() !== 'TLSv1.3') return resolve();
    // Where this thread was blocked meanwhile, it must first hear what the server said.
    let whole = setTimeout(() => {
      whole = setTimeout(resolve, hearing);
    }, patience);
    socket.once('session', () => resolve());
    socket.resume();
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      clearTimeout(whole);
      reject(fault('ADDRESS_REFUSED', [origin, closed]));
    });
  });
}

/** How long (ms) one looks whether a connection stays open, where a server sends no tickets; and how long then for what came while one could not look. */
const patience = 1000;
const hearing = 100;
const closed =
  'it closed the connection right after the handshake; it may want a client certificate (tls.cert_file and tls.key_file)';
const noPreface = 'it does not speak HTTP/2; without "http: 2" HTTP/1.1 is spoken';

/** How many streams a server allows at a time. */
function streamsOn(socket: Socket, { origin, timeout }: Script): Promise<number> {
  return new Promise((resolve, reject) => {
    const why = origin.startsWith('https:') ? closed : noPreface;
    const refuse = (): void => {
      clearTimeout(late);
      reject(fault('ADDRESS_REFUSED', [origin, why]));
    };
    const session = connect(origin, { createConnection: () => socket });
    const late = setTimeout(refuse, timeout * 1000);
    for (const end of ['end', 'close', 'error']) socket.once(end, refuse);
    session.once('remoteSettings', ({ maxConcurrentStreams = Number.POSITIVE_INFINITY }) => {
      clearTimeout(late);
      resolve(Math.max(1, maxConcurrentStreams));
      session.destroy();
    });
    session.on('error', refuse);
    session.once('close', refuse);
  });
}
