import type { Load, World } from '../world.ts';
import { type Agenda, type Entry, makeEntry, once, putDown, strike } from './agenda.ts';
import { keyOf, timeOf, uniformOf } from './draw.ts';
import { type Ledger, makeLedger, noteAnswer, noteArrival } from './ledger.ts';
import { type Log, makeLog, type Outcome, write } from './log.ts';
import { join, leave, makeQueue, type Queue } from './queue.ts';
import type { Request, User } from './request.ts';

/** The side that sends: what it offers, what it waits for, what it saw. */
export type Client = {
  readonly world: World;
  readonly agenda: Agenda;
  readonly key: number;
  readonly ledger: Ledger;
  readonly log: Log;
  /** Requests a second, or users. */
  rate: number;
  /** How many arrivals were due up to a moment, and how many of them the next one is due at. */
  offered: number;
  since: number;
  dueAt: number;
  sent: number;
  /** When the generator is free again, and how many connections it has open. */
  freeAt: number;
  connections: number;
  readonly users: User[];
  readonly spare: Request[];
  readonly arrival: Entry;
  /** Requests without an answer by when they were due, and when the first of them is given up. */
  readonly waiting: Queue<Request>;
  readonly impatience: Entry;
  /** Lets a request in at the front door. */
  readonly letIn: (request: Request) => void;
};

export function makeClient(world: World, agenda: Agenda, key: number, letIn: (request: Request) => void): Client {
  const client: Client = {
    world,
    agenda,
    key: keyOf(key, 0xc11e),
    ledger: makeLedger(world.seen.buckets, agenda.now),
    log: makeLog(),
    rate: 0,
    offered: 0,
    since: agenda.now,
    dueAt: 0,
    sent: 0,
    freeAt: agenda.now,
    connections: 0,
    users: [],
    spare: [],
    arrival: makeEntry(() => arrive(client)),
    waiting: makeQueue(),
    impatience: makeEntry(() => giveUpLate(client)),
    letIn,
  };
  client.dueAt = gap(client);
  return client;
}

/** From now on so many arrivals a second, or so many users. */
export function offerLoad(client: Client, rate: number): void {
  if (client.world.load.kind === 'users') {
    client.rate = rate;
    seat(client);
    return;
  }
  const { now } = client.agenda;
  client.offered += (now - client.since) * client.rate;
  client.since = now;
  client.rate = rate;
  plan(client);
}

/** How many mean gaps to the next arrival: the same for request number n at every rate. */
function gap({ world: { load }, key, sent }: Client): number {
  const isEven = load.kind === 'steps' && load.arrivals === 'uniform';
  return isEven ? 1 : timeOf(keyOf(keyOf(key, 1), sent), 1);
}

function plan(client: Client): void {
  const { agenda, arrival, rate, since, dueAt, offered } = client;
  if (rate <= 0) strike(agenda, arrival);
  else putDown(agenda, arrival, Math.max(agenda.now, since + (dueAt - offered) / rate));
}

function arrive(client: Client): void {
  const { agenda, rate } = client;
  client.offered += (agenda.now - client.since) * rate;
  client.since = agenda.now;
  const request = begin(client, keyOf(keyOf(client.key, 2), client.sent), undefined);
  client.sent += 1;
  client.dueAt += gap(client);
  plan(client);
  dispatch(client, request);
}

/** A new request of a class that the weights of this moment give. */
function begin(client: Client, key: number, user: User | undefined): Request {
  const { agenda, ledger, world } = client;
  const request = client.spare.pop() ?? makeRequest(client);
  request.key = key;
  request.kind = classOf(world, uniformOf(keyOf(key, 0xc1a5)), agenda.now);
  request.intended = agenda.now;
  request.isAnswered = false;
  request.isOver = false;
  request.isSent = false;
  request.chosen.fill(undefined);
  request.user = user;
  noteArrival(ledger, agenda.now);
  join(client.waiting, request);
  if (client.impatience.place < 0) putDown(agenda, client.impatience, agenda.now + world.load.timeout);
  return request;
}

function makeRequest(client: Client): Request {
  return {
    key: 0,
    kind: 0,
    intended: 0,
    sent: 0,
    isAnswered: false,
    isOver: false,
    isSent: false,
    chosen: client.world.parts.map(() => undefined),
    front: undefined,
    user: undefined,
    next: undefined,
    previous: undefined,
    queue: undefined,
  };
}

/** All wait equally long, so that the first in line gives up first. */
function giveUpLate(client: Client): void {
  const { agenda, waiting, impatience, world } = client;
  const { timeout } = world.load;
  for (let first = waiting.first; first !== undefined && first.intended + timeout <= agenda.now; first = waiting.first)
    answer(client, first, 'given up');
  if (waiting.first !== undefined) putDown(agenda, impatience, waiting.first.intended + timeout);
}

/** The weight of a class at a moment: linear between its points, level outside. */
function weightAt(points: World['classes'][number]['weight'], now: number): number {
  const [only] = points;
  if (points.length === 1 && only) return only.weight;
  const next = points.findIndex(({ at }) => at > now);
  const before = points[next < 0 ? points.length - 1 : next - 1];
  const after = points[next];
  if (before === undefined || after === undefined) return (before ?? after)?.weight ?? 0;
  return before.weight + ((after.weight - before.weight) * (now - before.at)) / (after.at - before.at);
}

function classOf({ classes }: World, u: number, now: number): number {
  if (classes.length < 2) return 0;
  let total = 0;
  for (const { weight } of classes) total += weightAt(weight, now);
  let left = u * total;
  for (let index = 0; index < classes.length; index += 1) {
    left -= weightAt(classes[index]?.weight ?? [], now);
    if (left <= 0) return index;
  }
  return classes.length - 1;
}

type Generator = NonNullable<Extract<Load, { kind: 'steps' }>['generator']>;

const generatorOf = ({ load }: World): Generator | undefined => (load.kind === 'steps' ? load.generator : undefined);

/** Sends a request: when the generator's CPU comes to it, if it has a port left. */
function dispatch(client: Client, request: Request): void {
  const generator = generatorOf(client.world);
  if (generator === undefined) {
    send(client, request);
    return;
  }
  client.freeAt = Math.max(client.agenda.now, client.freeAt) + 1 / generator.rate;
  once(client.agenda, client.freeAt, () => send(client, request));
}

function send(client: Client, request: Request): void {
  if (request.isAnswered) {
    request.isOver = true;
    client.spare.push(request);
    return;
  }
  const ports = generatorOf(client.world)?.ports;
  if (ports !== undefined && client.connections >= ports.count) {
    request.isOver = true;
    answer(client, request, 'no port');
    return;
  }
  client.connections += 1;
  request.isSent = true;
  request.sent = client.agenda.now;
  client.letIn(request);
}

/** The work of a request inside has ended. */
export function hear(client: Client, request: Request, isGood: boolean): void {
  request.isOver = true;
  if (request.isAnswered) client.spare.push(request);
  else answer(client, request, isGood ? 'good' : 'error');
}

/** The client has its answer, or gives up. */
function answer(client: Client, request: Request, outcome: Outcome): void {
  const { agenda, ledger, log, world } = client;
  const latency = agenda.now - request.intended;
  const { user } = request;
  leave(request);
  request.isAnswered = true;
  noteAnswer(ledger, agenda.now, latency, outcome === 'good', world.seen.buckets);
  write(log, request.intended, latency, outcome);
  if (request.isSent) closeConnection(client);
  if (request.isOver) client.spare.push(request);
  if (user !== undefined) think(client, user);
}

function closeConnection(client: Client): void {
  const linger = generatorOf(client.world)?.ports?.linger ?? 0;
  if (linger === 0) client.connections -= 1;
  else
    once(client.agenda, client.agenda.now + linger, () => {
      client.connections -= 1;
    });
}

/** As many users as are wanted: those that are new, or come back, think first. */
function seat(client: Client): void {
  while (client.users.length < client.rate) client.users.push(makeUser(client, client.users.length));
  for (const user of client.users) {
    if (user.isHere || user.number >= client.rate) continue;
    user.isHere = true;
    think(client, user);
  }
}

function makeUser(client: Client, number: number): User {
  const user: User = { number, requests: 0, isHere: false, thinking: makeEntry(() => ask(client, user)) };
  return user;
}

function think(client: Client, user: User): void {
  const { agenda, key, world, rate } = client;
  if (user.number >= rate || world.load.kind !== 'users') {
    user.isHere = false;
    return;
  }
  const own = keyOf(keyOf(keyOf(key, 3), user.number), user.requests);
  putDown(agenda, user.thinking, agenda.now + world.load.think * timeOf(own, 1));
}

function ask(client: Client, user: User): void {
  if (user.number >= client.rate) {
    user.isHere = false;
    return;
  }
  user.requests += 1;
  dispatch(client, begin(client, keyOf(keyOf(keyOf(client.key, 4), user.number), user.requests), user));
}
