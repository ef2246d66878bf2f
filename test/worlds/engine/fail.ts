import { putDown, strike } from './agenda.ts';
import { dropOperation } from './disk.ts';
import { keyOf } from './draw.ts';
import { exit, type Instance } from './instance.ts';
import { dropTransfer } from './link.ts';
import type { Motion } from './motion.ts';
import { endStall, give, type Pool, stopWaiting } from './pool.ts';
import { withdraw } from './processor.ts';
import { join, leave } from './queue.ts';
import { bury, spawn } from './spawn.ts';
import type { Attempts, Frame, Strand } from './strand.ts';

/** Ends the innermost thing that was begun: gives back what is held, stops waiting, or calls off the end of a try. */
export function unwind(motion: Motion, strand: Strand): void {
  const frame = strand.top;
  if (frame === undefined) return;
  strand.top = frame.below;
  if (frame.attempts !== undefined) {
    strike(motion.agenda, frame.attempts.timer);
    strand.key = frame.attempts.key;
  } else motion.frames.push(frame);
  if (frame.pool !== undefined) giveBack(motion, strand, frame, frame.pool);
  if (frame.isOutermost && frame.at !== undefined) exit(motion, frame.at);
}

function giveBack(motion: Motion, strand: Strand, frame: Frame, pool: Pool): void {
  if (frame.isHeld) give(motion, pool, { key: keyOf(strand.key, strand.place), since: frame.since });
  else if (strand.queue === pool.queue) stopWaiting(motion, pool, strand);
}

/** Ends a strand, and its request with it unless it is an orphan. */
export function end(motion: Motion, strand: Strand, isGood: boolean): void {
  while (strand.top !== undefined) unwind(motion, strand);
  const { request } = strand;
  bury(motion, strand);
  if (request !== undefined) motion.over(request, isGood);
}

/** What is under way has failed: the innermost try begins again, or the request ends with an error. */
export function fail(motion: Motion, strand: Strand): void {
  while (strand.top !== undefined) {
    const { attempts } = strand.top;
    if (attempts !== undefined && attempts.attempt < attempts.op.attempts) {
      tryAgain(motion, strand, attempts);
      return;
    }
    unwind(motion, strand);
  }
  end(motion, strand, false);
}

function tryAgain(motion: Motion, strand: Strand, attempts: Attempts): void {
  const { agenda } = motion;
  strike(agenda, attempts.timer);
  strand.state = 'backing-off';
  putDown(agenda, strand.timer, agenda.now + attempts.op.backoff);
}

/** The next attempt of the try on top begins. */
export function beginAttempt(motion: Motion, strand: Strand): void {
  const attempts = strand.top?.attempts;
  if (attempts === undefined) return;
  attempts.attempt += 1;
  strand.key = keyOf(attempts.key, 0x7219 + attempts.attempt);
  strand.place = attempts.place;
  putDown(motion.agenda, attempts.timer, motion.agenda.now + attempts.op.timeout);
  strand.state = 'ready';
  join(motion.ready, strand);
}

/** The time of a try is up. */
export function giveUp(motion: Motion, frame: Frame): void {
  fail(motion, abandon(motion, frame.strand, frame));
}

/**
 * Leaves everything that was begun above a frame. Work that cannot be called back goes on as an orphan, with what is held around it.
 * Returns the strand in which the request goes on.
 */
export function abandon(motion: Motion, strand: Strand, downTo: Frame | undefined): Strand {
  if (strand.state === 'working' && strand.at?.state !== 'dead' && strand.request !== undefined)
    return divide(motion, strand, downTo);
  callBack(motion, strand);
  while (strand.top !== undefined && strand.top !== downTo) unwind(motion, strand);
  return strand;
}

/** Splits a strand at a frame: what is above becomes an orphan, the request goes on below. */
function divide(motion: Motion, orphan: Strand, downTo: Frame | undefined): Strand {
  const { request } = orphan;
  if (request === undefined) return orphan;
  const heir = spawn(motion, request, orphan.program);
  heir.key = orphan.key;
  heir.place = orphan.place;
  heir.top = downTo;
  for (let frame = downTo; frame !== undefined; frame = frame.below) frame.strand = heir;
  orphan.request = undefined;
  if (orphan.top === downTo) orphan.top = undefined;
  for (let frame = orphan.top; frame !== undefined; frame = frame.below) {
    if (frame.below === downTo) frame.below = undefined;
    if (frame.attempts !== undefined) strike(motion.agenda, frame.attempts.timer);
  }
  return heir;
}

/** Stops what a strand is in, wherever that is. */
function callBack(motion: Motion, strand: Strand): void {
  if (strand.state === 'working') {
    dropWork(motion, strand);
    leaveWork(motion, strand);
  } else if (strand.state !== 'waiting') {
    strike(motion.agenda, strand.timer);
    leave(strand);
  }
  strand.state = 'ready';
}

function dropWork(motion: Motion, strand: Strand): void {
  const { op, at } = strand;
  if (op === undefined || at === undefined) return;
  if (op.do === 'cpu') withdraw(at.group, strand.piece);
  const thing = op.do === 'disk' || op.do === 'send' ? at.things[op.of.resource] : undefined;
  if (thing?.kind === 'disk') dropOperation(motion, thing, strand);
  if (thing?.kind === 'link') dropTransfer(motion, thing, strand);
}

/** Work at an instance has ended: its worker no longer stalls, and the request may leave. */
export function leaveWork(motion: Motion, strand: Strand): void {
  const { op, at, stalls } = strand;
  strand.at = undefined;
  strand.op = undefined;
  strand.stalls = undefined;
  if (op === undefined || at === undefined) return;
  if (stalls !== undefined) endStall(stalls, at.group, motion.agenda.now);
  if ((op.do === 'cpu' || op.do === 'disk' || op.do === 'send') && op.isOutermost) exit(motion, at);
}

/** What dies with an instance: work there is dropped, and requests fail from the outermost thing that they had there. */
export function dieWith(motion: Motion, instance: Instance): void {
  for (const strand of [...motion.strands]) {
    const outermost = outermostAt(strand, instance);
    if (outermost === undefined && strand.at !== instance) continue;
    if (strand.request !== undefined)
      fail(motion, abandon(motion, strand, outermost === undefined ? strand.top : outermost.below));
    else if (strand.at === instance) {
      callBack(motion, strand);
      end(motion, strand, false);
    }
  }
}

function outermostAt(strand: Strand, instance: Instance): Frame | undefined {
  let found: Frame | undefined;
  for (let frame = strand.top; frame !== undefined; frame = frame.below) if (frame.at === instance) found = frame;
  return found;
}
