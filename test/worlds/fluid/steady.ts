import { hitRatio, resourceOf, sharesOf, weightAt } from '../families/rough-capacity.ts';
import type { Act, Part, Ref, Resource, World } from '../world.ts';
import { type Room, roomOf } from './room.ts';

/** What of a world can differ from moment to moment but the rate. */
export type Moment = {
  readonly at: number;
  /** Cores that others and batches use, by part: on each instance of it. */
  readonly besides: ReadonlyMap<string, number>;
  /** How many times as much CPU the work of a part costs, and how long pauses are. */
  readonly cost: ReadonlyMap<string, number>;
  readonly slowness: number;
};

/** A steady state: what one second brings, in the mean. Keys are "part/id"; the CPU of a part's own work is under "part/". */
export type Steady = {
  /** How often a second it is asked, over all instances, and for how much: seconds, operations or bytes. */
  readonly asked: ReadonlyMap<string, { readonly visits: number; readonly amount: number }>;
  /** The mean wait of one visit, in seconds. */
  readonly waits: ReadonlyMap<string, number>;
  /** How many times as long CPU work takes as it would alone, by part. */
  readonly slowed: ReadonlyMap<string, number>;
  /** The mean time of a request inside (s). */
  readonly response: number;
  /** The share of the requests that find room: 1 unless something is full. */
  readonly carried: number;
};

const keyOf = (of: Ref): string => `${of.part}/${of.id}`;
/** Beyond this use no queue is steady. */
const fullest = 0.99;

/**
 * Mean wait at c servers as a multiple of the mean time of service: Sakasegawa 1977, for any c > 0; exact for one server.
 *
 * @param cv of the service
 */
export function waitAt(servers: number, use: number, cv = 1): number {
  const rho = Math.min(fullest, Math.max(0, use));
  return (((1 + cv * cv) / 2) * rho ** (Math.sqrt(2 * (servers + 1)) - 1)) / (servers * (1 - rho));
}

/** Beyond so many places for each server a queue is as if it had no end. */
const asGoodAsEndless = 40;

/**
 * The same where no more than `room` can be there, at work or waiting; the others wait outside. Probabilities of M/M/c/K (Gross & Harris 1985, 2.4), and the mean number that
 * waits, for each that comes in.
 */
export function waitWithin(servers: number, use: number, room: number, cv = 1): number {
  if (servers < 1 || room > asGoodAsEndless * servers) return waitAt(servers, use, cv);
  const [c, most] = [Math.floor(servers), Math.floor(room)];
  const load = c * use;
  let [weight, all, waiting] = [1, 1, 0];
  for (let n = 1; n <= most; n += 1) {
    weight *= load / Math.min(n, c);
    all += weight;
    waiting += Math.max(0, n - c) * weight;
  }
  const enters = 1 - weight / all;
  return load <= 0 || most <= c ? 0 : ((1 + cv * cv) / 2) * (waiting / all / (load * enters));
}

type Totals = Map<string, { visits: number; amount: number }>;

function note(totals: Totals, key: string, visits: number, amount: number): void {
  const known = totals.get(key);
  totals.set(key, { visits: (known?.visits ?? 0) + visits, amount: (known?.amount ?? 0) + visits * amount });
}

/** One pass through the acts with the waits known so far: counts what is asked, and returns how long it takes. */
function pass(world: World, moment: Moment, state: Pass, acts: readonly Act[], visits: number): number {
  let time = 0;
  for (const act of acts) time += passAct(world, moment, state, act, visits);
  return time;
}

type Pass = {
  readonly totals: Totals;
  readonly waits: ReadonlyMap<string, number>;
  readonly slowed: ReadonlyMap<string, number>;
};

function passAct(world: World, moment: Moment, state: Pass, act: Act, visits: number): number {
  switch (act.do) {
    case 'cpu': {
      const seconds = act.seconds * (moment.cost.get(act.part) ?? 1);
      note(state.totals, `${act.part}/`, visits, seconds);
      return seconds * (state.slowed.get(act.part) ?? 1);
    }
    case 'pause':
      return act.seconds * moment.slowness;
    case 'disk':
    case 'send':
      return passDevice(world, state, act, visits);
    case 'hold': {
      const held = pass(world, moment, state, act.within, visits);
      const pool = resourceOf(world, act.of);
      note(state.totals, keyOf(act.of), visits, held + (pool.kind === 'pool' ? (pool.linger ?? 0) : 0));
      return held + (state.waits.get(keyOf(act.of)) ?? 0);
    }
    case 'try':
      return pass(world, moment, state, act.within, visits);
    case 'look-up':
      return passCache(world, moment, state, act, visits);
    case 'pass':
      note(state.totals, keyOf(act.of), visits, 1);
      return 0;
    case 'fail':
      return 0;
  }
}

function passDevice(world: World, state: Pass, act: Extract<Act, { do: 'disk' | 'send' }>, visits: number): number {
  const key = keyOf(act.of);
  const device = resourceOf(world, act.of);
  const wait = state.waits.get(key) ?? 0;
  if (act.do === 'send') {
    note(state.totals, key, visits, act.bytes);
    return (device.kind === 'link' ? act.bytes / device.bytes : 0) + wait;
  }
  note(state.totals, key, visits * act.operations, 1);
  note(state.totals, `${key} bytes`, visits, act.bytes);
  return act.operations * ((device.kind === 'disk' ? device.latency : 0) + wait);
}

function passCache(
  world: World,
  moment: Moment,
  state: Pass,
  act: Extract<Act, { do: 'look-up' }>,
  visits: number,
): number {
  const cache = resourceOf(world, act.of);
  const hit = cache.kind === 'cache' ? hitRatio(cache) : 1;
  note(state.totals, keyOf(act.of), visits, hit);
  const found = hit * pass(world, moment, state, act.hit, visits * hit);
  return found + (1 - hit) * pass(world, moment, state, act.miss, visits * (1 - hit));
}

/** Use of a node's hottest instance, of its cores. */
function useOfNode(world: World, moment: Moment, node: Part, cores: number, totals: Totals): number {
  const busy = Array.from({ length: node.replicas }, () => moment.besides.get(node.name) ?? 0);
  for (const part of world.parts) {
    if (part.on !== node.name && part.name !== node.name) continue;
    const own = totals.get(`${part.name}/`)?.amount ?? 0;
    const beside = part === node ? 0 : (moment.besides.get(part.name) ?? 0);
    for (const [index, share] of sharesOf(part).entries()) {
      const place = index % node.replicas;
      busy[place] = (busy[place] ?? 0) + own * share + beside;
    }
  }
  return Math.max(...busy) / cores;
}

const cpuOf = (part: Part | undefined) => part?.resources.find((one) => one.kind === 'cpu');

/**
 * How long work waits in a quota, as a multiple of its own time. A period is a customer whose service is the work that came in it
 * (Kraemer & Langenbach-Belz 1976 with even arrivals), and a piece larger than a period's budget has to wait for the next.
 */
function waitInQuota({ cores, period }: Quota, use: number, busy: number, visits: number): number {
  if (visits <= 0 || busy <= 0) return 0;
  const rho = Math.min(fullest, use);
  const piece = busy / visits;
  const scatter = 2 / (visits * period);
  const damped = Math.exp((-2 * (1 - rho)) / (3 * rho * scatter));
  const backlog = ((period * rho * rho) / (1 - rho)) * (scatter / 2) * damped;
  const spans = cores < 1 ? Math.floor(piece / (cores * period)) * (1 - cores) * period : 0;
  return (backlog + spans) / piece;
}

/** How much shorter a quota's queue is where no more than so many are let in; twice as many, since those before it wait for the same (a factor fitted to the events). */
function heldOut(use: number, room: number): number {
  const open = waitAt(1, use);
  return open > 0 ? Math.min(1, waitWithin(1, use, 2 * room) / open) : 1;
}

type Quota = Extract<Resource, { kind: 'quota' }>;

/** How many can be at work on each instance of a node at once: what its guests let in, and what is there besides. */
function roomOnNode(world: World, moment: Moment, node: Part, room: Room): number {
  const guests = world.parts.filter((part) => part.on === node.name || part.name === node.name);
  const inside = guests.reduce((sum, { name }) => sum + (room.cpu.get(name) ?? 0), 0);
  const besides = guests.reduce((sum, { name }) => sum + Math.ceil(moment.besides.get(name) ?? 0), 0);
  return inside / node.replicas + besides;
}

/** How many times as long a part's CPU work takes, and how full what limits it is. */
function slowedAt(
  world: World,
  moment: Moment,
  part: Part,
  totals: Totals,
  room: Room,
): { readonly factor: number; readonly use: number } {
  const node = world.parts.find((one) => one.name === part.on) ?? part;
  const machine = cpuOf(node);
  const quota = part.resources.find((one) => one.kind === 'quota');
  const share = Math.max(...sharesOf(part));
  const own = totals.get(`${part.name}/`);
  const hottest = share * (own?.amount ?? 0) + (moment.besides.get(part.name) ?? 0);
  const visits = share * (own?.visits ?? 0);
  const onNode = machine?.kind === 'cpu' ? useOfNode(world, moment, node, machine.cores, totals) : 0;
  const inQuota = quota?.kind === 'quota' ? hottest / quota.cores : 0;
  const inside = (room.cpu.get(part.name) ?? Number.POSITIVE_INFINITY) / part.replicas;
  return {
    factor:
      1 +
      (machine?.kind === 'cpu' ? waitWithin(machine.cores, onNode, roomOnNode(world, moment, node, room)) : 0) +
      (quota?.kind === 'quota' ? waitInQuota(quota, inQuota, hottest, visits) * heldOut(inQuota, inside) : 0),
    use: Math.max(onNode, inQuota),
  };
}

/** Use of a resource that is no CPU, and the wait for one visit of it. */
function queueAt(
  part: Part,
  resource: Resource,
  totals: Totals,
  room: Room,
): { readonly wait: number; readonly use: number } | undefined {
  const all = totals.get(`${part.name}/${resource.id}`);
  if (all === undefined || all.visits <= 0) return undefined;
  const share = Math.max(...sharesOf(part));
  const mean = all.amount / all.visits;
  const places = (room.at.get(`${part.name}/${resource.id}`) ?? Number.POSITIVE_INFINITY) * share;
  const queue = (servers: number, cv: number) => {
    const use = (all.amount * share) / servers;
    return { wait: mean * waitWithin(servers, use, places, cv), use };
  };
  switch (resource.kind) {
    case 'workers':
      return queue(resource.threads, 1);
    case 'pool':
      return resource.queue === 0
        ? { wait: 0, use: (all.amount * share) / Math.max(1, resource.size - (resource.others ?? 0)) }
        : queue(Math.max(1, resource.size - (resource.others ?? 0)), 1);
    case 'lock': {
      const use = all.amount / resource.rows;
      return { wait: mean * waitAt(1, use), use };
    }
    case 'disk': {
      const bytes = totals.get(`${part.name}/${resource.id} bytes`)?.amount ?? 0;
      const use = Math.max((all.visits * share) / resource.operations, (bytes * share) / resource.bytes);
      return { wait: waitAt(1, use, 0) / Math.max(resource.operations, 1e-9), use };
    }
    case 'link': {
      const use = (all.amount * share) / resource.bytes;
      return { wait: (mean / resource.bytes) * waitAt(1, use, 0), use };
    }
    case 'rate-limit':
      return { wait: 0, use: all.amount / resource.rate };
    case 'cpu':
    case 'quota':
    case 'memory':
    case 'heap':
    case 'cache':
    case 'autoscaler':
      return undefined;
  }
}

/** The steady state at a rate: waits lengthen holds, and longer holds lengthen waits, until neither changes. */
export function steadyAt(world: World, rate: number, moment: Moment): Steady {
  let waits: ReadonlyMap<string, number> = new Map();
  let slowed: ReadonlyMap<string, number> = new Map();
  let totals: Totals = new Map();
  let response = 0;
  let fullestUse = 0;
  const room = roomOf(world);
  const weights = world.classes.map((one) => weightAt(one, moment.at));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  for (let round = 0; round < 12; round += 1) {
    totals = new Map();
    response = 0;
    for (const [index, one] of world.classes.entries()) {
      const share = (weights[index] ?? 0) / all;
      response += share * pass(world, moment, { totals, waits, slowed }, one.acts, rate * share);
    }
    const found = world.parts.map((part) => ({ part, ...slowedAt(world, moment, part, totals, room) }));
    const queues = world.parts.flatMap((part) =>
      part.resources.flatMap((resource) => {
        const queue = queueAt(part, resource, totals, room);
        return queue ? [{ key: `${part.name}/${resource.id}`, ...queue }] : [];
      }),
    );
    slowed = new Map(found.map(({ part, factor }) => [part.name, factor]));
    waits = new Map(queues.map(({ key, wait }) => [key, wait]));
    fullestUse = Math.max(0, ...found.map(({ use }) => use), ...queues.map(({ use }) => use));
  }
  return { asked: totals, waits, slowed, response, carried: Math.min(1, fullest / Math.max(fullest, fullestUse)) };
}
