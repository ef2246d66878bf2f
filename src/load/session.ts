import type { Socket } from 'node:net';
import { type buildConnector, Client, type Dispatcher } from 'undici';
import type { Wire } from '../model/wire.ts';
import type { Composed } from './compose.ts';
import { bare, type Dial } from './dial.ts';

/** Where connections go, how, and what is spoken on them. */
export type Line = { readonly origin: string; readonly dial: Dial; readonly wire: Wire };

/** Ten minutes: longer than any pause between requests; a server's own shorter hint is kept to. */
const keepAlive = 600_000;

/** One undici client: one TCP connection at a time, which it makes anew by itself when the last one closed. It carries one request, or several streams of HTTP/2. */
export class Session {
  readonly #line: Line;
  /** Each request closes the connection behind it. */
  readonly #anew: boolean;
  #client: Client;
  #ready: Socket | undefined;
  /** When (s) the connection answered last; undefined on a new one. */
  answeredAt: number | undefined;

  constructor(line: Line) {
    this.#line = line;
    this.#anew = line.wire.connections === 'new';
    this.#client = this.#fresh();
  }

  dispatch(request: Composed, handler: Dispatcher.DispatchHandler): void {
    // Of itself undici closes the connection behind each HEAD, for servers that answer it with a body.
    const isPlain = !this.#anew && request.method !== 'HEAD';
    this.#client.dispatch(isPlain ? request : { ...request, reset: this.#anew }, handler);
  }

  /** Connects ahead of need, and tells the error where that failed. */
  warm(told: (error: Error | null) => void): void {
    const { hostname, host, protocol, port } = new URL(this.#line.origin);
    this.#line.dial({ hostname: bare(hostname), host, protocol, port }, (error, socket) => {
      if (error === null) this.#ready = socket;
      told(error);
    });
  }

  /** Gives up whatever waits for this connection, and the connection. */
  drop(): void {
    this.#client.destroy().catch(() => undefined);
    this.#client = this.#fresh();
  }

  async close(): Promise<void> {
    this.#ready?.destroy();
    await this.#client.destroy();
  }

  #fresh(): Client {
    const { origin, wire } = this.#line;
    const h2 = wire.http === 2;
    return new Client(origin, {
      pipelining: 1,
      allowH2: h2,
      ...(h2 ? { h2Options: { maxConcurrentStreams: wire.streams, useH2c: origin.startsWith('http:') } } : {}),
      keepAliveTimeout: keepAlive,
      keepAliveMaxTimeout: keepAlive,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (options, callback) => this.#connect(options, callback),
    });
  }

  /** Called by undici whenever it has no socket: the one that was opened ahead of need serves first. */
  #connect(options: buildConnector.Options, callback: buildConnector.Callback): void {
    const socket = this.#ready;
    this.#ready = undefined;
    this.answeredAt = undefined;
    if (socket === undefined || socket.destroyed) this.#line.dial(options, callback);
    else queueMicrotask(() => callback(null, socket));
  }
}
