import type { Entry } from './agenda.ts';
import type { Instance } from './instance.ts';
import type { Pool } from './pool.ts';
import type { Op } from './program.ts';
import type { Queue } from './queue.ts';
import type { Request } from './request.ts';

/**
 * One thread of acts: what a request is doing. When an attempt is given up while work is under way that cannot be called back,
 * that work and what is held around it goes on as an orphan, and the request goes on with a strand of its own.
 */
export type Strand = {
  next: Strand | undefined;
  previous: Strand | undefined;
  queue: Waiting | undefined;
  request: Request | undefined;
  program: readonly Op[];
  key: number;
  /** Where it is in its program: the act that comes next. */
  place: number;
  /** What it is waiting for, if anything. */
  state: 'ready' | 'waiting' | 'pausing' | 'backing-off' | 'working';
  /** The act it is in, and where that is done. */
  op: Op | undefined;
  at: Instance | undefined;
  /** The innermost thing that is held or tried. */
  top: Frame | undefined;
  /** Workers that stall while this CPU work does not run, and the group's stalled time when it began. */
  stalls: Pool | undefined;
  /** Operations still to do on a disk, bytes of each, and when the present one came to the device. */
  left: number;
  bytes: number;
  begun: number;
  readonly timer: Entry;
  readonly piece: Entry;
  /** Its number among all that live. */
  number: number;
};

/** Something that was begun and is ended in reverse: a unit that is held, or a try. */
export type Frame = {
  below: Frame | undefined;
  strand: Strand;
  /** What is held (or waited for), where, and whether the request enters and leaves the instance with it; undefined for a try. Without a pool: it is inside of the instance. */
  pool: Pool | undefined;
  at: Instance | undefined;
  isOutermost: boolean;
  isWorkers: boolean;
  isHeld: boolean;
  /** Since when it is. */
  since: number;
  /** What is tried. */
  readonly attempts: Attempts | undefined;
};

/** A try: where its acts begin, what its strand drew from before, which attempt this is, and when it is given up. */
export type Attempts = {
  readonly op: Extract<Op, { do: 'try' }>;
  readonly place: number;
  readonly key: number;
  attempt: number;
  readonly timer: Entry;
};

export type Waiting = Queue<Strand>;
