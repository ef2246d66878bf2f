import type { Socket } from 'node:net';
import { type buildConnector, Client, type Dispatcher } from 'undici';
import type { Composed } from './compose.ts';
import { instant } from './instant.ts';
import type { Failure } from './outcome.ts';
import type { Answer, Kept } from './read-answer.ts';

/** What becomes of an exchange, told as it happens. `free` follows each end: the connection may be used again. */
export type Listener<E> = {
  readonly started: (exchange: E) => void;
  readonly answered: (exchange: E, answer: Answer) => void;
  readonly failed: (exchange: E, failure: Failure) => void;
  readonly free: (carrier: Carrier<E>) => void;
  /** A connection that was opened ahead of need failed with this code. */
  readonly notOpened: (code: string) => void;
};

/** Something that carries one exchange at a time. */
export interface Carrier<E> {
  /** `keeps` is how much of the answer will be told. */
  readonly send: (exchange: E, request: Composed, keeps: Kept) => void;
  /** Gives the exchange up: its socket is closed, nothing more is told of it but that the carrier is free. */
  readonly cut: () => void;
}

const noHeaders: Answer['headers'] = {};
/** So much of a body is kept for those who ask for it (bytes). */
const longestKept = 1024 * 1024;
/** Ten minutes: longer than any pause between requests; a server's own shorter hint is kept to. */
const keepAlive = 600_000;

/** One connection to the target; it carries one exchange at a time, and connects anew by itself when the last one closed. */
export class Connection<E> implements Carrier<E> {
  readonly #origin: string;
  readonly #dial: buildConnector.connector;
  readonly #listener: Listener<E>;
  #line: Line;
  #exchange: E | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #keeps: Kept = 'status';
  #status = 0;
  #headers: Answer['headers'] = noHeaders;
  #chunks: Buffer[] = [];
  #length = 0;
  #answeredAt: number | undefined;
  #idle: number | undefined;
  #ready: Socket | undefined;

  /** Connects to `origin` through `dial`, when there is something to send. */
  constructor(origin: string, dial: buildConnector.connector, listener: Listener<E>) {
    this.#origin = origin;
    this.#dial = dial;
    this.#listener = listener;
    this.#line = this.#fresh();
  }

  send(exchange: E, request: Composed, keeps: Kept): void {
    this.#exchange = exchange;
    this.#keeps = keeps;
    this.#status = 0;
    if (this.#length > 0) this.#chunks = [];
    this.#length = 0;
    this.#idle = this.#answeredAt === undefined ? undefined : instant() - this.#answeredAt;
    this.#line.dispatch(request);
  }

  cut(): void {
    const controller = this.#controller;
    this.#release();
    if (controller === undefined) {
      this.#line.close().catch(() => undefined);
      this.#line = this.#fresh();
    } else controller.abort(new Error('timed out'));
    this.#freeLater();
  }

  /** Connects ahead of need; the connection is told to be free once that has ended, well or not. */
  warm(): void {
    const { hostname, host, protocol, port } = new URL(this.#origin);
    this.#dial({ hostname: bare(hostname), host, protocol, port }, (error, socket) => {
      if (error === null) this.#ready = socket;
      else this.#listener.notOpened(codeOf(error));
      this.#listener.free(this);
    });
  }

  async close(): Promise<void> {
    this.#ready?.destroy();
    await this.#line.close();
  }

  #fresh(): Line {
    const client = clientOf(this.#origin, (options, callback) => this.#connect(options, callback));
    return lineOf(client, {
      start: (controller) => {
        this.#controller = controller;
        if (this.#exchange !== undefined) this.#listener.started(this.#exchange);
      },
      head: (status, headers) => {
        this.#status = status;
        if (this.#keeps !== 'status') this.#headers = headers;
      },
      part: (chunk) => {
        if (this.#keeps === 'body' && this.#exchange !== undefined) this.#keep(chunk);
      },
      answer: () => this.#answer(),
      fail: (error) => this.#fail(error),
    });
  }

  /** Called by undici whenever it has no socket: the one that was opened ahead of need serves first. */
  #connect(options: buildConnector.Options, callback: buildConnector.Callback): void {
    const socket = this.#ready;
    this.#ready = undefined;
    this.#answeredAt = undefined;
    this.#idle = undefined;
    if (socket === undefined || socket.destroyed) this.#dial(options, callback);
    else queueMicrotask(() => callback(null, socket));
  }

  #answer(): void {
    const answered = this.#release();
    if (answered === undefined) return;
    this.#answeredAt = instant();
    this.#listener.answered(answered, this.#kept());
    this.#listener.free(this);
  }

  /** What is longer is read and dropped. */
  #keep(chunk: Buffer): void {
    const part = chunk.subarray(0, longestKept - this.#length);
    this.#length += part.length;
    if (part.length > 0) this.#chunks.push(part);
  }

  #kept(): Answer {
    const status = this.#status;
    if (this.#keeps === 'status') return { status, headers: noHeaders, body: '' };
    return { status, headers: this.#headers, body: Buffer.concat(this.#chunks).toString() };
  }

  #fail(error: Error): void {
    const onSocket = this.#controller !== undefined;
    const failed = this.#release();
    if (failed === undefined) return;
    this.#listener.failed(failed, { code: codeOf(error), onSocket, idle: this.#idle, answering: this.#status !== 0 });
    this.#freeLater();
  }

  #release(): E | undefined {
    const last = this.#exchange;
    this.#exchange = undefined;
    this.#controller = undefined;
    return last;
  }

  /** Not from inside undici's own handling of an error: it does not expect new requests there. */
  #freeLater(): void {
    queueMicrotask(() => this.#listener.free(this));
  }
}

/** The name of a host without the brackets that a URL puts around an IPv6 address. */
export const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

type Ear = {
  readonly start: (controller: Dispatcher.DispatchController) => void;
  readonly head: (status: number, headers: Answer['headers']) => void;
  readonly part: (chunk: Buffer) => void;
  readonly answer: () => void;
  readonly fail: (error: Error) => void;
};

type Line = { readonly dispatch: (request: Composed) => void; readonly close: () => Promise<void> };

/** One undici client and what it tells; once closed it is silent. */
function lineOf(client: Client, ear: Ear): Line {
  let open = true;
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(controller) {
      if (open) ear.start(controller);
      else controller.abort(new Error('given up'));
    },
    onResponseStart: (_, status, headers) => ear.head(status, headers),
    onResponseData: (_, chunk) => ear.part(chunk),
    onResponseEnd() {
      if (open) ear.answer();
    },
    onResponseError(_, error) {
      if (open) ear.fail(error);
    },
  };
  return {
    dispatch({ method, path, headers, body }) {
      client.dispatch({ method, path, headers, body }, handler);
    },
    close() {
      open = false;
      return client.destroy();
    },
  };
}

function clientOf(origin: string, connect: buildConnector.connector): Client {
  return new Client(origin, {
    pipelining: 1,
    allowH2: false,
    keepAliveTimeout: keepAlive,
    keepAliveMaxTimeout: keepAlive,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect,
  });
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
