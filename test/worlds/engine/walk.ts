import { makeEntry, putDown } from './agenda.ts';
import { lookUp } from './cache.ts';
import { type Disk, submit } from './disk.ts';
import { keyOf, timeOf, uniformOf } from './draw.ts';
import { end, fail, giveUp, unwind } from './fail.ts';
import { collect, collectingFactor } from './heap.ts';
import { enter, type Instance, instanceFor, type PartInMotion, type Thing } from './instance.ts';
import { type Link, transmit } from './link.ts';
import type { Motion } from './motion.ts';
import { beginStall, crowdingOf, type Pool, take } from './pool.ts';
import { begin } from './processor.ts';
import type { Op, Place } from './program.ts';
import { admits } from './rate-limit.ts';
import { rowOf } from './rows.ts';
import { makeFrame, pushFrame } from './spawn.ts';
import type { Strand } from './strand.ts';

/** Does one act after the other until one takes time, fails, or was the last. */
export function walk(motion: Motion, strand: Strand): void {
  let goesOn = true;
  while (goesOn) {
    const op = strand.program[strand.place];
    if (op === undefined) return;
    strand.place += 1;
    goesOn = perform(motion, strand, op);
  }
}

/** Begins an act; true when it is done at once. */
function perform(motion: Motion, strand: Strand, op: Op): boolean {
  switch (op.do) {
    case 'cpu':
      return compute(motion, strand, op);
    case 'pause':
      return pause(motion, strand, op);
    case 'disk':
      return operate(motion, strand, op);
    case 'send':
      return send(motion, strand, op);
    case 'take':
      return hold(motion, strand, op);
    case 'give':
    case 'tried':
      unwind(motion, strand);
      return true;
    case 'pass':
      return pass(motion, strand, op);
    case 'look-up':
      return seek(motion, strand, op);
    case 'jump':
      strand.place = op.to.place;
      return true;
    case 'try':
      return attempt(motion, strand, op);
    case 'fail':
      if (uniformOf(keyOf(strand.key, op.number)) >= op.chance) return true;
      end(motion, strand, false);
      return false;
    case 'end':
      end(motion, strand, true);
      return false;
  }
}

type OpOf<Kind extends Op['do']> = Extract<Op, { do: Kind }>;

function refuse(motion: Motion, strand: Strand): false {
  fail(motion, strand);
  return false;
}

function instanceAt(strand: Strand, motion: Motion, number: number): Instance | undefined {
  const part = motion.parts[number];
  if (part === undefined || strand.request === undefined) return undefined;
  return nodeAround(strand, part) ?? instanceFor(part, strand.request);
}

/** What a request does at a node, it does at the one that the instance runs on in which it is. */
function nodeAround(strand: Strand, { part, instances }: PartInMotion): Instance | undefined {
  if (part.technology !== 'node' || instances.length < 2) return undefined;
  let frame = strand.top;
  while (frame !== undefined && frame.at?.part.host?.part !== part) frame = frame.below;
  const node = frame?.at && instances[frame.at.replica % instances.length];
  return node?.state === 'serving' ? node : undefined;
}

function compute(motion: Motion, strand: Strand, op: OpOf<'cpu'>): boolean {
  const at = instanceAt(strand, motion, op.part);
  if (at === undefined) return refuse(motion, strand);
  if (op.isOutermost) enter(motion, at);
  let seconds = op.seconds * timeOf(keyOf(strand.key, op.number), op.cv) * at.part.cost;
  if (op.isCrowded) seconds *= crowdingAround(strand);
  if (at.heap !== undefined) {
    const own = seconds;
    seconds *= collectingFactor(at.heap);
    collect(at.heap, seconds - own);
  }
  strand.at = at;
  strand.op = op;
  strand.state = 'working';
  if (op.isByWorkers) stallWorkers(strand, at, motion.agenda.now);
  begin(at.group, strand.piece, seconds);
  return false;
}

/** CPU work by workers of the same instance keeps them busy while it does not run. */
function stallWorkers(strand: Strand, at: Instance, now: number): void {
  let frame = strand.top;
  while (frame !== undefined && !(frame.at === at && frame.isWorkers)) frame = frame.below;
  strand.stalls = frame?.pool;
  if (strand.stalls !== undefined) beginStall(strand.stalls, at.group, now);
}

/** How many times as long work takes because of who else is in what is held around it. */
function crowdingAround(strand: Strand): number {
  let factor = 1;
  for (let frame = strand.top; frame !== undefined; frame = frame.below)
    if (frame.pool !== undefined) factor *= crowdingOf(frame.pool);
  return factor;
}

function pause(motion: Motion, strand: Strand, op: OpOf<'pause'>): boolean {
  let seconds = op.seconds * timeOf(keyOf(strand.key, op.number), op.cv) * motion.slowness;
  if (op.isCrowded) seconds *= crowdingAround(strand);
  strand.state = 'pausing';
  putDown(motion.agenda, strand.timer, motion.agenda.now + seconds);
  return false;
}

/** Operations are drawn to a whole number with the mean that was asked for. */
function operate(motion: Motion, strand: Strand, op: OpOf<'disk'>): boolean {
  const at = instanceAt(strand, motion, op.of.part);
  if (at === undefined) return refuse(motion, strand);
  const whole = Math.floor(op.operations + uniformOf(keyOf(strand.key, op.number)));
  if (whole === 0) return true;
  if (op.isOutermost) enter(motion, at);
  strand.at = at;
  strand.op = op;
  strand.state = 'working';
  strand.left = whole;
  strand.bytes = op.bytes / op.operations;
  submit(motion, diskAt(at, op.of), strand);
  return false;
}

function send(motion: Motion, strand: Strand, op: OpOf<'send'>): boolean {
  const at = instanceAt(strand, motion, op.of.part);
  if (at === undefined) return refuse(motion, strand);
  if (op.isOutermost) enter(motion, at);
  strand.at = at;
  strand.op = op;
  strand.state = 'working';
  strand.bytes = op.bytes;
  transmit(motion, linkAt(at, op.of), strand);
  return false;
}

function hold(motion: Motion, strand: Strand, op: OpOf<'take'>): boolean {
  const at = instanceAt(strand, motion, op.of.part);
  if (at === undefined) return refuse(motion, strand);
  const pool = poolAt(motion, strand, at, op);
  if (op.isOutermost) enter(motion, at);
  const answer = take(motion, pool, strand);
  const frame = pushFrame(motion, strand);
  frame.pool = pool;
  frame.at = at;
  frame.isOutermost = op.isOutermost;
  frame.isWorkers = op.isWorkers;
  frame.isHeld = answer === 'granted';
  frame.since = motion.agenda.now;
  if (answer === 'granted') return true;
  if (answer === 'refused') fail(motion, strand);
  return false;
}

function pass(motion: Motion, strand: Strand, op: OpOf<'pass'>): boolean {
  const limit = thingAt(instanceAt(strand, motion, op.of.part), op.of);
  if (limit?.kind === 'rate-limit' && admits(limit, motion.agenda.now)) return true;
  return refuse(motion, strand);
}

function seek(motion: Motion, strand: Strand, op: OpOf<'look-up'>): boolean {
  const cache = thingAt(instanceAt(strand, motion, op.of.part), op.of);
  if (cache?.kind !== 'cache') return refuse(motion, strand);
  if (!lookUp(cache, keyOf(strand.key, op.number), motion.agenda.now)) strand.place = op.miss.place;
  return true;
}

function attempt(motion: Motion, strand: Strand, op: OpOf<'try'>): boolean {
  const timer = makeEntry(() => giveUp(motion, frame));
  const frame = makeFrame(strand, { op, place: strand.place, key: strand.key, attempt: 1, timer });
  frame.below = strand.top;
  strand.top = frame;
  putDown(motion.agenda, timer, motion.agenda.now + op.timeout);
  return true;
}

const thingAt = (at: Instance | undefined, { resource }: Place): Thing | undefined => at?.things[resource];

const wrong = (at: Instance, { resource }: Place, act: string) =>
  new Error(`${at.part.part.name}/${at.part.part.resources[resource]?.id} is nothing to ${act}`);

function diskAt(at: Instance, place: Place): Disk {
  const thing = thingAt(at, place);
  if (thing?.kind !== 'disk') throw wrong(at, place, 'read or write');
  return thing;
}

function linkAt(at: Instance, place: Place): Link {
  const thing = thingAt(at, place);
  if (thing?.kind !== 'link') throw wrong(at, place, 'send over');
  return thing;
}

function poolAt(motion: Motion, strand: Strand, at: Instance, { of, number }: OpOf<'take'>): Pool {
  const thing = thingAt(at, of);
  if (thing?.kind === 'pool') return thing;
  if (thing?.kind === 'rows') return rowOf(thing, keyOf(strand.key, number), motion.agenda.now);
  throw wrong(at, of, 'hold');
}
