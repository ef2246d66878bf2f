import type { Part, Resource } from '../world.ts';
import { type Cache, makeCache } from './cache.ts';
import { type Disk, makeDisk } from './disk.ts';
import { keyOf, uniformOf } from './draw.ts';
import { type Heap, makeHeap } from './heap.ts';
import { type Ledger, makeLedger } from './ledger.ts';
import { type Link, makeLink } from './link.ts';
import { type Memory, makeMemory, weigh } from './memory.ts';
import { settleMeter } from './meter.ts';
import type { Motion } from './motion.ts';
import { makePool, type Pool } from './pool.ts';
import { type Group, makeGroup, makeProcessor, type Processor } from './processor.ts';
import { makeRateLimit, type RateLimit } from './rate-limit.ts';
import type { Request } from './request.ts';
import { makeRows, type Rows } from './rows.ts';
import type { Scaler } from './scaler.ts';

/** A resource of an instance at work; `other` is what has its place elsewhere: a CPU, a quota, an autoscaler. */
export type Thing = Pool | Rows | Disk | Link | Memory | Heap | Cache | RateLimit | { readonly kind: 'other' };

/** One instance of a part, from its start to its end: a restart makes a new one in its place. */
export type Instance = {
  readonly part: PartInMotion;
  readonly replica: number;
  readonly name: string;
  readonly since: number;
  /** `retired` ends what it has begun; `dead` does nothing. */
  state: 'serving' | 'retired' | 'dead';
  readonly group: Group;
  readonly things: readonly Thing[];
  readonly memory: Memory | undefined;
  readonly heap: Heap | undefined;
  readonly ledger: Ledger;
  inside: number;
  served: number;
};

export type PartInMotion = {
  readonly number: number;
  readonly part: Part;
  /** The part whose CPUs it runs on. */
  readonly host: PartInMotion | undefined;
  readonly instances: Instance[];
  /** What all instances share, by the number of the resource. */
  readonly shared: Map<number, Thing>;
  /** How many times as much its CPU work costs, how often it was rolled out, how many cores of its CPU others use. */
  cost: number;
  generation: number;
  strangers: number;
  /** By number of the instance: how often a new pod took its place, how often its memory killed it. */
  readonly births: Map<number, number>;
  readonly kills: Map<number, number>;
  scaler: Scaler | undefined;
};

/** The instance with a number of a part, new: nothing in it, all counters at nought. */
export function makeInstance(motion: Motion, part: PartInMotion, replica: number): Instance {
  const { now } = motion.agenda;
  const things = part.part.resources.map((resource, index) => {
    const shared = part.shared.get(index);
    if (shared !== undefined) return shared;
    const thing = makeThing(motion, resource);
    if (resource.kind === 'pool' && resource.shared === true) part.shared.set(index, thing);
    return thing;
  });
  return {
    part,
    replica,
    name: nameOf(part, replica),
    since: now,
    state: 'serving',
    group: groupFor(motion, part, replica),
    things,
    memory: things.find((thing) => thing.kind === 'memory'),
    heap: things.find((thing) => thing.kind === 'heap'),
    ledger: makeLedger(motion.world.seen.buckets, now),
    inside: 0,
    served: 0,
  };
}

/** A new name for every rollout and for every new pod. */
function nameOf({ part, generation, births }: PartInMotion, replica: number): string {
  const version = generation > 0 ? `-v${generation + 1}` : '';
  const born = births.get(replica);
  return `${part.name}${version}-${replica}${born === undefined ? '' : `-${born + 1}`}`;
}

function makeThing(motion: Motion, resource: Resource): Thing {
  const { now } = motion.agenda;
  switch (resource.kind) {
    case 'workers':
      return makePool(resource.threads, 0, now, { limit: resource.queue ?? Number.POSITIVE_INFINITY });
    case 'pool':
      return makePool(resource.size, resource.others ?? 0, now, {
        limit: resource.queue,
        patience: resource.patience,
        linger: resource.linger ?? 0,
        leak: resource.leak,
        crowding: resource.crowding ?? 0,
      });
    case 'lock':
      return makeRows(resource.rows, resource.crowding ?? 0, now);
    case 'disk':
      return makeDisk(motion, resource);
    case 'link':
      return makeLink(resource.bytes, now);
    case 'memory':
      return makeMemory(resource, now);
    case 'heap':
      return makeHeap(resource, now);
    case 'cache':
      return makeCache(resource, now);
    case 'rate-limit':
      return makeRateLimit(resource.rate, resource.burst, now);
    case 'cpu':
    case 'quota':
    case 'autoscaler':
      return { kind: 'other' };
  }
}

/** The group of an instance: on the node that its number falls on, else on a CPU of its own. */
function groupFor(motion: Motion, part: PartInMotion, replica: number): Group {
  const quota = part.part.resources.find((resource) => resource.kind === 'quota');
  const period = quota?.period ?? 0.1;
  const phase = period * uniformOf(keyOf(keyOf(motion.key, 0x9ead + part.number), replica));
  return makeGroup(processorFor(motion, part, replica), quota?.cores ?? Number.POSITIVE_INFINITY, period, phase);
}

function processorFor(motion: Motion, { host, part }: PartInMotion, replica: number): Processor {
  const node = host?.instances[replica % host.instances.length];
  if (node !== undefined) return node.group.processor;
  const cpu = part.resources.find((resource) => resource.kind === 'cpu');
  return makeProcessor(motion.agenda, motion.stale, cpu?.cores ?? Number.POSITIVE_INFINITY, cpu?.smt);
}

/** The instance that works for a request at a part, the same from its first act there on; none when all are away. */
export function instanceFor(part: PartInMotion, request: Request): Instance | undefined {
  const known = request.chosen[part.number];
  if (known !== undefined && (known.state === 'serving' || known.state === 'retired')) return known;
  const chosen = choose(part, keyOf(request.key, 0xba1a + part.number));
  request.chosen[part.number] = chosen;
  return chosen;
}

function choose({ instances, part }: PartInMotion, key: number): Instance | undefined {
  let total = 0;
  for (const instance of instances) total += shareOf(part, instance);
  let left = uniformOf(key) * total;
  let last: Instance | undefined;
  for (const instance of instances) {
    const share = shareOf(part, instance);
    if (share <= 0) continue;
    last = instance;
    left -= share;
    if (left <= 0) return instance;
  }
  return last;
}

/** Instances beyond the shares that were given get their mean. */
function shareOf({ balance }: Part, { state, replica }: Instance): number {
  if (state !== 'serving') return 0;
  if (balance.length === 0) return 1;
  return balance[replica] ?? balance.reduce((sum, share) => sum + share, 0) / balance.length;
}

export function enter(motion: Motion, instance: Instance): void {
  instance.inside += 1;
  weighAll(motion, instance);
}

export function exit(motion: Motion, instance: Instance): void {
  instance.inside -= 1;
  instance.served += 1;
  weighAll(motion, instance);
}

function weighAll(motion: Motion, instance: Instance): void {
  const { heap, memory } = instance;
  if (heap !== undefined) {
    settleMeter(heap.meter, motion.agenda);
    heap.meter.used = heap.heap.base + heap.heap.each * instance.inside;
  }
  if (memory === undefined || instance.state === 'dead') return;
  weigh(motion, memory, instance, () => motion.killFull(instance));
}
