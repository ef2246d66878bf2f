import type { Entry } from './agenda.ts';
import type { Instance } from './instance.ts';
import type { Queue } from './queue.ts';

/** One request, from when it was meant to be sent until both sides are through with it. */
export type Request = {
  key: number;
  kind: number;
  /** When it was meant to be sent, and when it reached the front door. */
  intended: number;
  sent: number;
  /** It has a connection; the client has its answer or gave up; the work inside has ended. */
  isSent: boolean;
  isAnswered: boolean;
  isOver: boolean;
  /** The instance of each part that works for it. */
  readonly chosen: (Instance | undefined)[];
  /** The instance that it came to. */
  front: Instance | undefined;
  user: User | undefined;
  /** Its place among those that wait for an answer. */
  next: Request | undefined;
  previous: Request | undefined;
  queue: Queue<Request> | undefined;
};

/** Someone who waits for an answer and thinks. */
export type User = { readonly number: number; requests: number; isHere: boolean; readonly thinking: Entry };
