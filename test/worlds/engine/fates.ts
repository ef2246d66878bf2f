import { once } from './agenda.ts';
import { dieWith } from './fail.ts';
import { type Instance, makeInstance, type PartInMotion, type Thing } from './instance.ts';
import type { Motion } from './motion.ts';
import { dissolve, setStrangers } from './processor.ts';

/** Ends an instance with all that it was doing; another is in its place after so many seconds. What runs on a node ends with it. */
export function kill(motion: Motion, instance: Instance, away: number): void {
  const { part } = instance;
  if (instance.state === 'dead') return;
  const isReplaced = instance.state === 'serving';
  instance.state = 'dead';
  for (const [index, thing] of instance.things.entries()) if (part.shared.get(index) !== thing) close(thing);
  dieWith(motion, instance);
  dissolve(instance.group);
  if (!isReplaced) return;
  once(motion.agenda, motion.agenda.now + away, () => comeBack(motion, instance));
  for (const guest of guestsOf(motion, instance)) kill(motion, guest, away);
}

/** A process that is started again where it was keeps its name; a pod that is replaced does not. */
export function restart(motion: Motion, part: PartInMotion, replica: number, away: number): void {
  const instance = part.instances[replica];
  if (instance === undefined || instance.state !== 'serving') return;
  const isPod = part.part.technology === 'service' || part.part.technology === 'node-service';
  if (isPod) renew(part, replica);
  kill(motion, instance, away);
}

/** Its memory is full. */
export function killFull(motion: Motion, instance: Instance): void {
  const { part, replica, memory } = instance;
  if (memory === undefined || instance.state === 'dead') return;
  part.kills.set(replica, (part.kills.get(replica) ?? 0) + 1);
  kill(motion, instance, memory.space.restart);
}

function close(thing: Thing): void {
  if (thing.kind === 'pool') thing.isClosed = true;
  if (thing.kind === 'rows') for (const lock of thing.locks.values()) lock.isClosed = true;
}

function guestsOf(motion: Motion, { part, replica }: Instance): readonly Instance[] {
  return motion.parts
    .filter(({ host }) => host === part)
    .flatMap(({ instances }) => instances.filter((guest) => guest.replica % part.instances.length === replica));
}

function comeBack(motion: Motion, gone: Instance): void {
  const { part, replica } = gone;
  if (part.instances[replica] === gone) part.instances[replica] = bear(motion, part, replica);
}

function bear(motion: Motion, part: PartInMotion, replica: number): Instance {
  const instance = makeInstance(motion, part, replica);
  if (part.strangers > 0 && part.host === undefined) setStrangers(instance.group.processor, part.strangers);
  return instance;
}

/** As many instances as that: new ones begin at once, those that go end what they have begun. */
export function scaleTo(motion: Motion, part: PartInMotion, replicas: number): void {
  const { instances } = part;
  while (instances.length < replicas) instances.push(bear(motion, part, instances.length));
  while (instances.length > replicas) {
    retire(instances.pop());
    renew(part, instances.length);
  }
}

/** What comes next in the place of an instance is another one, with another name. */
function renew({ births }: PartInMotion, replica: number): void {
  births.set(replica, (births.get(replica) ?? 0) + 1);
}

const retire = (instance: Instance | undefined) => {
  if (instance?.state === 'serving') instance.state = 'retired';
};

/** New instances with new names, and what they do on the CPU costs so many times as much. */
export function rollOut(motion: Motion, part: PartInMotion, factor: number): void {
  part.cost *= factor;
  part.generation += 1;
  for (const [replica, instance] of part.instances.entries()) {
    if (instance.state !== 'serving') continue;
    retire(instance);
    part.instances[replica] = bear(motion, part, replica);
  }
}
