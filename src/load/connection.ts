import type { OnReadOpts, Socket } from 'node:net';
import { AnswerReader } from './answer-reader.ts';
import { type Carrier, codeOf, type Listener } from './carrier.ts';
import type { Composed } from './compose.ts';
import type { Dial, Dialled } from './dial.ts';
import { instant } from './instant.ts';
import type { Kept } from './read-answer.ts';
import type { WriteText } from './request-text.ts';

/** Where connections go, what is written to them, and whether they carry one request after the other. */
export type Line = { readonly dial: Dial; readonly text: WriteText; readonly connections: 'kept' | 'new' };

/** All connections of a thread read into it: what one has read is looked at before the next one reads. */
const buffer = Buffer.allocUnsafeSlow(64 * 1024);

/** A server that keeps an idle connection for so long may close it this much (s) before we think so; where it keeps it shortly, half of that. */
const margin = 2;

/** One place for an exchange on HTTP/1.1: one TCP connection at a time, which is made anew when the last one closed. */
export class Connection<E> implements Carrier<E> {
  readonly #line: Line;
  readonly #listener: Listener<E>;
  readonly #reader = new AnswerReader();
  readonly #incoming: OnReadOpts;
  #exchange: E | undefined;
  #socket: Socket | undefined;
  #hangUp: (() => void) | undefined;
  /** The exchange has been written. */
  #isOnSocket = false;
  /** When (s) the connection answered last; undefined on a new one. */
  #answeredAt: number | undefined;
  /** How long (s) it had lain idle when the exchange was given to it; undefined on a new one. */
  #idle: number | undefined;

  constructor(line: Line, listener: Listener<E>) {
    this.#line = line;
    this.#listener = listener;
    this.#incoming = {
      buffer,
      callback: (length) => {
        this.#read(length);
        return true;
      },
    };
  }

  send(exchange: E, request: Composed, keeps: Kept, now: number): void {
    this.#exchange = exchange;
    this.#isOnSocket = false;
    if (this.#isStale(now)) this.close();
    this.#idle = this.#answeredAt === undefined ? undefined : now - this.#answeredAt;
    this.#reader.begin(request.method === 'HEAD', keeps);
    const text = this.#line.text(request);
    if (this.#socket !== undefined) this.#write(this.#socket, text, now);
    else
      this.#dial((dialled) => {
        if (dialled instanceof Error) this.#fail(codeOf(dialled));
        else this.#write(dialled, text, instant());
      });
  }

  cut(): void {
    this.#exchange = undefined;
    this.close();
    this.#freeLater();
  }

  /** Connects ahead of need. */
  warm(told: (dialled: Dialled) => void): void {
    this.#dial(told);
  }

  /** Closes the connection, or gives up making one. */
  close(): void {
    this.#hangUp?.();
    this.#hangUp = undefined;
    this.#socket?.destroy();
    this.#socket = undefined;
    this.#answeredAt = undefined;
  }

  #dial(told: (dialled: Dialled) => void): void {
    this.#hangUp = this.#line.dial((dialled) => {
      this.#hangUp = undefined;
      if (!(dialled instanceof Error)) this.#use(dialled);
      told(dialled);
    }, this.#incoming);
  }

  #use(socket: Socket): void {
    this.#socket = socket;
    const lost = (code: string): void => {
      if (this.#socket === socket) this.#fail(code);
    };
    socket.on('end', () => (this.#reader.isEnd && this.#socket === socket ? this.#answer() : lost('CLOSED')));
    socket.on('error', (error) => lost(codeOf(error)));
    socket.on('close', () => lost('CLOSED'));
  }

  /** Whether the server has closed the connection by now, or is about to. */
  #isStale(now: number): boolean {
    const { idle } = this.#reader;
    if (idle === undefined || this.#answeredAt === undefined) return false;
    return now - this.#answeredAt > Math.max(idle - margin, idle / 2);
  }

  #write(socket: Socket, text: string, now: number): void {
    if (this.#exchange === undefined) return;
    this.#isOnSocket = true;
    this.#listener.started(this.#exchange, now);
    socket.write(text, 'latin1');
  }

  #read(length: number): void {
    const reading = this.#reader.read(buffer, length);
    if (reading === 'whole') this.#answer();
    else if (reading === 'malformed') this.#fail('MALFORMED');
  }

  #answer(): void {
    const now = instant();
    const answered = this.#exchange;
    this.#exchange = undefined;
    const isSent = this.#socket?.writableLength === 0;
    if (this.#reader.persists && isSent && this.#line.connections === 'kept') this.#answeredAt = now;
    else this.close();
    if (answered === undefined) return;
    this.#listener.answered(answered, this.#reader.answer(), now);
    this.#listener.free(this);
  }

  #fail(code: string): void {
    const failed = this.#exchange;
    this.#exchange = undefined;
    this.close();
    if (failed === undefined) return;
    const answering = this.#reader.hasBegun;
    this.#listener.failed(failed, { code, onSocket: this.#isOnSocket, idle: this.#idle, answering });
    this.#freeLater();
  }

  /** Whoever gives something up, or hears that it failed, is done with that first. */
  #freeLater(): void {
    queueMicrotask(() => this.#listener.free(this));
  }
}
