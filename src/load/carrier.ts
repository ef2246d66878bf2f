import type { Composed } from './compose.ts';
import type { Failure } from './outcome.ts';
import type { Answer, Kept } from './read-answer.ts';

/** What becomes of an exchange, told as it happens, with the moment (s) where one counts. `free` follows each end: the carrier may be used again. */
export type Listener<E> = {
  /** It is about to be written to a connection. */
  readonly started: (exchange: E, at: number) => void;
  readonly answered: (exchange: E, answer: Answer, at: number) => void;
  readonly failed: (exchange: E, failure: Failure) => void;
  readonly free: (carrier: Carrier<E>) => void;
  /** A connection that was opened ahead of need failed with this code. */
  readonly notOpened: (code: string) => void;
};

/** Something that carries one exchange at a time: a connection of HTTP/1.1, or a stream of HTTP/2. */
export interface Carrier<E> {
  /** `keeps` is how much of the answer will be told; `now` is the moment (s). */
  readonly send: (exchange: E, request: Composed, keeps: Kept, now: number) => void;
  /** Gives the exchange up: nothing more is told of it but that the carrier is free. With HTTP/1.1 its socket is closed, with HTTP/2 its stream. */
  readonly cut: () => void;
}

/** So much of a body is kept for those who ask for it (bytes). */
export const longestKept = 1024 * 1024;

/** The system's code of an error, else its name. */
export function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
