import type { Running, Start } from '../engine.ts';
import type { Part, World } from '../world.ts';
import { makeAgenda, makeEntry, putDown, strike } from './agenda.ts';
import { type Client, hear, makeClient, offerLoad } from './client.ts';
import { keyOf } from './draw.ts';
import { killFull } from './fates.ts';
import { ring, worked } from './go-on.ts';
import { foresee } from './happen.ts';
import { enter, instanceFor, makeInstance, type PartInMotion } from './instance.ts';
import { doorOf, noteAnswer, noteArrival } from './ledger.ts';
import { takeEnded, takeLatencies } from './log.ts';
import { looksAt } from './looks.ts';
import type { Motion } from './motion.ts';
import { planProcessor } from './processor.ts';
import { programOf } from './program.ts';
import { join, leave, makeQueue } from './queue.ts';
import type { Request } from './request.ts';
import { startScaler } from './scaler.ts';
import { pushFrame, spawn } from './spawn.ts';
import { walk } from './walk.ts';

/** Starts a world at 0 with no load. */
export const start: Start = (world, repetition) => setOff(world, repetition).running;

/** The same, with how many events there were so far. */
export function setOff(world: World, repetition: number): { readonly running: Running; readonly events: () => number } {
  const motion = setInMotion(world, keyOf(world.seed, repetition), (request, isGood) => hear(client, request, isGood));
  const client = makeClient(world, motion.agenda, motion.key, (request) => letIn(motion, request));
  return { running: running(motion, client), events: () => motion.agenda.fired };
}

function setInMotion(world: World, key: number, over: Motion['over']): Motion {
  const agenda = makeAgenda();
  const motion: Motion = {
    world,
    key,
    agenda,
    ready: makeQueue(),
    stale: [],
    parts: partsOf(world),
    programs: world.classes.map((one) => programOf(one, world, frontNumber(world))),
    slowness: 1,
    strands: [],
    spare: [],
    frames: [],
    ring: (strand) => ring(motion, strand),
    worked: (strand) => worked(motion, strand),
    over: (request, isGood) => {
      letOut(motion, request, isGood);
      over(request, isGood);
    },
    killFull: (instance) => killFull(motion, instance),
  };
  for (const part of hostsFirst(motion.parts))
    for (let replica = 0; replica < part.part.replicas; replica += 1)
      part.instances.push(makeInstance(motion, part, replica));
  for (const part of motion.parts) startScaler(motion, part);
  foresee(motion);
  return motion;
}

function partsOf(world: World): readonly PartInMotion[] {
  const made: PartInMotion[] = [];
  const inMotion = (name: string): PartInMotion => {
    const number = world.parts.findIndex((part) => part.name === name);
    const part = world.parts[number];
    if (part === undefined) throw new Error(`${name} is no part of the world`);
    const known = made[number];
    if (known !== undefined) return known;
    const host = part.on === undefined ? undefined : inMotion(part.on);
    made[number] = atRest(number, part, host);
    return made[number];
  };
  return world.parts.map(({ name }) => inMotion(name));
}

const atRest = (number: number, part: Part, host: PartInMotion | undefined): PartInMotion => ({
  number,
  part,
  host,
  instances: [],
  shared: new Map(),
  cost: 1,
  generation: 0,
  strangers: 0,
  births: new Map(),
  kills: new Map(),
  scaler: undefined,
});

const hostsFirst = (parts: readonly PartInMotion[]) => [
  ...parts.filter(({ host }) => host === undefined),
  ...parts.filter(({ host }) => host !== undefined),
];

/** The front part: the first of the world that is no node. */
const frontNumber = ({ parts }: World) => parts.findIndex(({ technology }) => technology !== 'node');
const frontOf = ({ parts, world }: Motion) => parts[frontNumber(world)];

/** A request comes to an instance of the front part and is inside of it to its end; when there is none it is turned away. */
function letIn(motion: Motion, request: Request): void {
  const program = motion.programs[request.kind];
  if (program === undefined) return;
  const part = frontOf(motion);
  const front = part && instanceFor(part, request);
  request.front = front;
  if (front === undefined) {
    motion.over(request, false);
    return;
  }
  noteArrival(front.ledger, motion.agenda.now);
  const strand = spawn(motion, request, program);
  enter(motion, front);
  const frame = pushFrame(motion, strand);
  frame.at = front;
  frame.isOutermost = true;
  join(motion.ready, strand);
}

function letOut(motion: Motion, request: Request, isGood: boolean): void {
  const { now } = motion.agenda;
  const { buckets } = motion.world.seen;
  const duration = now - request.sent;
  if (request.front !== undefined) noteAnswer(request.front.ledger, now, duration, isGood, buckets);
}

function running(motion: Motion, client: Client): Running {
  const { agenda } = motion;
  return {
    get now() {
      return agenda.now;
    },
    advance: (until) => advance(motion, until),
    offer: (rate) => {
      offerLoad(client, rate);
      settle(motion);
    },
    looks: (part) => looksAt(motion, part),
    doors: () => doorsOf(motion),
    client: () => doorOf(client.ledger, agenda.now),
    latencies: () => takeLatencies(client.log),
    ended: () => takeEnded(client.log),
    every: (moments, scrape) => every(motion, moments, scrape),
  };
}

function doorsOf(motion: Motion) {
  const { now } = motion.agenda;
  const serving = frontOf(motion)?.instances.filter(({ state }) => state === 'serving') ?? [];
  return serving.map(({ name, since, ledger }) => ({ instance: name, since, ...doorOf(ledger, now) }));
}

/** Lets everything that can go on do so, and reckons when the next work on each CPU is done. */
function settle(motion: Motion): void {
  for (let strand = motion.ready.first; strand !== undefined; strand = motion.ready.first) {
    leave(strand);
    walk(motion, strand);
  }
  for (let processor = motion.stale.pop(); processor !== undefined; processor = motion.stale.pop())
    planProcessor(processor);
}

function advance(motion: Motion, until: number): void {
  const { agenda } = motion;
  for (let entry = agenda.entries[0]; entry !== undefined && entry.time <= until; entry = agenda.entries[0]) {
    strike(agenda, entry);
    agenda.now = entry.time;
    agenda.fired += 1;
    entry.fire();
    settle(motion);
  }
  agenda.now = Math.max(agenda.now, until);
}

function every(motion: Motion, moments: (after: number) => number, scrape: (now: number) => void): () => void {
  const { agenda } = motion;
  const again = () => {
    const next = moments(agenda.now);
    if (!(next > agenda.now)) throw new Error(`the moment after ${agenda.now} must lie behind it, not at ${next}`);
    putDown(agenda, entry, next);
  };
  const entry = makeEntry(() => {
    scrape(agenda.now);
    again();
  });
  again();
  return () => strike(agenda, entry);
}
