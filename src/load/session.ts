import type { Socket } from 'node:net';
import { type buildConnector, Client, type Dispatcher } from 'undici';
import type { Script } from '../model/script.ts';
import type { Composed } from './compose.ts';
import type { Dial, Dialled } from './dial.ts';

/** Ten minutes: longer than any pause between requests. */
const keepAlive = 600_000;

/** One undici client for HTTP/2: one TCP connection at a time with several streams, which it makes anew by itself when the last one closed. */
export class Session {
  readonly #dial: Dial;
  readonly #anew: boolean;
  readonly #client: Client;
  #ready: Socket | undefined;
  /** When (s) the connection answered last; undefined on a new one. */
  answeredAt: number | undefined;

  constructor({ origin, wire }: Pick<Script, 'origin' | 'wire'>, dial: Dial) {
    this.#dial = dial;
    this.#anew = wire.connections === 'new';
    this.#client = new Client(origin, {
      pipelining: 1,
      allowH2: true,
      h2Options: { maxConcurrentStreams: wire.streams, useH2c: origin.startsWith('http:') },
      keepAliveTimeout: keepAlive,
      keepAliveMaxTimeout: keepAlive,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (_, callback) => this.#connect(callback),
    });
  }

  dispatch({ method, path, headers, body }: Composed, handler: Dispatcher.DispatchHandler): void {
    this.#client.dispatch({ method, path, headers, body, reset: this.#anew }, handler);
  }

  /** Connects ahead of need. */
  warm(told: (dialled: Dialled) => void): void {
    this.#dial((dialled) => {
      if (!(dialled instanceof Error)) this.#ready = dialled;
      told(dialled);
    });
  }

  async close(): Promise<void> {
    this.#ready?.destroy();
    await this.#client.destroy();
  }

  /** Called by undici whenever it has no socket: the one that was opened ahead of need serves first. */
  #connect(callback: buildConnector.Callback): void {
    const socket = this.#ready;
    this.#ready = undefined;
    this.answeredAt = undefined;
    const use = (dialled: Dialled): void => {
      if (dialled instanceof Error) callback(dialled, null);
      else callback(null, Object.assign(dialled, { alpnProtocol: 'h2' }));
    };
    if (socket === undefined || socket.destroyed) this.#dial(use);
    else queueMicrotask(() => use(socket));
  }
}
