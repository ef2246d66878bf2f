import { makeEntry } from './agenda.ts';
import type { Motion } from './motion.ts';
import type { Op } from './program.ts';
import type { Request } from './request.ts';
import type { Attempts, Frame, Strand } from './strand.ts';

/** A strand at the beginning of a program, for a request. */
export function spawn(motion: Motion, request: Request, program: readonly Op[]): Strand {
  const strand = motion.spare.pop() ?? makeStrand(motion, request, program);
  strand.request = request;
  strand.program = program;
  strand.key = request.key;
  strand.place = 0;
  strand.number = motion.strands.length;
  motion.strands.push(strand);
  return strand;
}

/** A strand that has ended: it may be used again. */
export function bury(motion: Motion, strand: Strand): void {
  const last = motion.strands.pop();
  if (last !== undefined && last !== strand) {
    motion.strands[strand.number] = last;
    last.number = strand.number;
  }
  strand.request = undefined;
  strand.op = undefined;
  strand.at = undefined;
  strand.top = undefined;
  strand.state = 'ready';
  motion.spare.push(strand);
}

/** Nothing held yet: a hold, or a try. */
export const makeFrame = (strand: Strand, attempts: Attempts | undefined): Frame => ({
  below: undefined,
  strand,
  pool: undefined,
  at: undefined,
  isOutermost: false,
  isWorkers: false,
  isHeld: false,
  since: 0,
  attempts,
});

/** Something new around all that a strand does from now on: a hold, or being inside. */
export function pushFrame(motion: Motion, strand: Strand): Frame {
  const frame = motion.frames.pop() ?? makeFrame(strand, undefined);
  frame.below = strand.top;
  frame.strand = strand;
  frame.pool = undefined;
  frame.isWorkers = false;
  frame.isHeld = false;
  strand.top = frame;
  return frame;
}

function makeStrand(motion: Motion, request: Request, program: readonly Op[]): Strand {
  const strand: Strand = {
    next: undefined,
    previous: undefined,
    queue: undefined,
    request,
    program,
    key: request.key,
    place: 0,
    state: 'ready',
    op: undefined,
    at: undefined,
    top: undefined,
    stalls: undefined,
    left: 0,
    bytes: 0,
    begun: 0,
    number: 0,
    timer: makeEntry(() => motion.ring(strand)),
    piece: makeEntry(() => motion.worked(strand)),
  };
  return strand;
}
