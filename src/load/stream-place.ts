import type { Dispatcher } from 'undici';
import { type Carrier, codeOf, type Listener, longestKept } from './carrier.ts';
import type { Composed } from './compose.ts';
import { instant } from './instant.ts';
import type { Answer, Kept } from './read-answer.ts';
import type { Session } from './session.ts';

const noHeaders: Answer['headers'] = {};

/** One place for an exchange: a stream of a connection of HTTP/2. */
export class StreamPlace<E> implements Carrier<E> {
  readonly #session: Session;
  readonly #listener: Listener<E>;
  #ear: Dispatcher.DispatchHandler;
  #exchange: E | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #keeps: Kept = 'status';
  #status = 0;
  #headers: Answer['headers'] = noHeaders;
  #chunks: Buffer[] = [];
  #length = 0;
  /** How long (s) the connection had lain idle when the exchange was given to it; undefined on a new one. */
  #idle: number | undefined;

  constructor(session: Session, listener: Listener<E>) {
    this.#session = session;
    this.#listener = listener;
    this.#ear = this.#listen();
  }

  send(exchange: E, request: Composed, keeps: Kept, now: number): void {
    const { answeredAt } = this.#session;
    this.#exchange = exchange;
    this.#keeps = keeps;
    this.#status = 0;
    if (this.#length > 0) this.#chunks = [];
    this.#length = 0;
    this.#idle = answeredAt === undefined ? undefined : now - answeredAt;
    this.#session.dispatch(request, this.#ear);
  }

  cut(): void {
    const controller = this.#controller;
    this.#release();
    this.#ear = this.#listen();
    controller?.abort(new Error('timed out'));
    this.#freeLater();
  }

  /** What undici tells. An ear that is no longer this connection's belongs to an exchange that was given up. */
  #listen(): Dispatcher.DispatchHandler {
    const ear: Dispatcher.DispatchHandler = {
      onRequestStart: (controller) => {
        if (this.#ear === ear) this.#start(controller);
        else controller.abort(new Error('given up'));
      },
      onResponseStart: (_, status, headers) => {
        if (this.#ear !== ear) return;
        this.#status = status;
        if (this.#keeps !== 'status') this.#headers = headers;
      },
      onResponseData: (_, chunk) => {
        if (this.#ear === ear && this.#keeps === 'body') this.#keep(chunk);
      },
      onResponseEnd: () => {
        if (this.#ear === ear) this.#answer();
      },
      onResponseError: (_, error) => {
        if (this.#ear === ear) this.#fail(error);
      },
    };
    return ear;
  }

  #start(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#exchange !== undefined) this.#listener.started(this.#exchange, instant());
  }

  #answer(): void {
    const answered = this.#release();
    if (answered === undefined) return;
    const now = instant();
    this.#session.answeredAt = now;
    this.#listener.answered(answered, this.#kept(), now);
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
    const idle = this.#session.answeredAt === undefined ? undefined : this.#idle;
    this.#listener.failed(failed, { code: codeOf(error), onSocket, idle, answering: this.#status !== 0 });
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
