import { itself, type Look } from '../engine.ts';
import type { Resource } from '../world.ts';
import { lookAtCache } from './cache.ts';
import { lookAtDisk } from './disk.ts';
import { lookAtHeap } from './heap.ts';
import type { Instance, PartInMotion, Thing } from './instance.ts';
import { lookAtLink } from './link.ts';
import { lookAtMemory } from './memory.ts';
import type { Motion } from './motion.ts';
import { lookAtPool } from './pool.ts';
import { lookAtGroup, lookAtProcessor } from './processor-looks.ts';
import { lookAtRateLimit } from './rate-limit.ts';
import { lookAtRows } from './rows.ts';
import { lookAtScaler } from './scaler.ts';

/** What every instance that is there shows now, of all parts or of one, and what CPU its own work took. */
export function looksAt(motion: Motion, only?: string): readonly Look[] {
  const { now } = motion.agenda;
  const parts = only === undefined ? motion.parts : motion.parts.filter(({ part }) => part.name === only);
  return parts.flatMap((part) =>
    part.instances
      .filter(({ state }) => state === 'serving')
      .flatMap((instance) => looksAtInstance(part, instance, now)),
  );
}

function looksAtInstance(part: PartInMotion, instance: Instance, now: number): readonly Look[] {
  const { name, resources } = part.part;
  const who = { replica: instance.replica, instance: instance.name, since: instance.since };
  const looks = resources.flatMap((resource, index) => {
    const level = levelOf(part, instance, resource, instance.things[index], now);
    return level === undefined ? [] : [{ of: { part: name, id: resource.id }, ...who, ...level }];
  });
  if (part.part.technology === 'external') return looks;
  return [...looks, { of: { part: name, id: itself }, ...who, ...lookAtGroup(instance.group, now) }];
}

type Level = Omit<Look, 'of' | 'replica' | 'instance' | 'since'>;

function levelOf(
  part: PartInMotion,
  instance: Instance,
  resource: Resource,
  thing: Thing | undefined,
  now: number,
): Level | undefined {
  switch (thing?.kind) {
    case 'pool':
      return lookAtPool(thing, now);
    case 'rows':
      return lookAtRows(thing, now);
    case 'disk':
      return lookAtDisk(thing, now);
    case 'link':
      return lookAtLink(thing, now);
    case 'memory':
      return lookAtMemory(thing, part.kills.get(instance.replica) ?? 0, now);
    case 'heap':
      return lookAtHeap(thing, now);
    case 'cache':
      return lookAtCache(thing, now);
    case 'rate-limit':
      return lookAtRateLimit(thing);
    case 'other':
    case undefined:
      return levelOfCpu(part, instance, resource, now);
  }
}

/** An autoscaler is one for all instances, and shows with the first. */
function levelOfCpu(part: PartInMotion, instance: Instance, resource: Resource, now: number): Level | undefined {
  if (resource.kind === 'autoscaler' && part.scaler !== undefined && instance === part.instances[0])
    return lookAtScaler(part.scaler, now);
  if (resource.kind === 'quota') return lookAtGroup(instance.group, now);
  if (resource.kind !== 'cpu') return undefined;
  if (part.host !== undefined) return { ...lookAtGroup(instance.group, now), size: resource.cores };
  return lookAtProcessor(instance.group.processor, now);
}
