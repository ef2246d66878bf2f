import type { Happening } from '../world.ts';
import { once } from './agenda.ts';
import { restart, rollOut, scaleTo } from './fates.ts';
import type { PartInMotion } from './instance.ts';
import type { Motion } from './motion.ts';
import { addBatch, setStrangers } from './processor.ts';

/** Puts down everything that will happen whatever the load. */
export function foresee(motion: Motion): void {
  for (const happening of motion.world.happenings) once(motion.agenda, happening.at, () => happen(motion, happening));
}

function happen(motion: Motion, happening: Happening): void {
  switch (happening.what) {
    case 'slow':
      motion.slowness = happening.factor;
      break;
    case 'strangers':
      letIn(partNamed(motion, happening.part), happening.cores);
      break;
    case 'restart':
      restart(motion, partNamed(motion, happening.part), happening.replica, happening.away);
      break;
    case 'rollout':
      rollOut(motion, partNamed(motion, happening.part), happening.factor);
      break;
    case 'scale':
      scaleTo(motion, partNamed(motion, happening.part), happening.replicas);
      break;
    case 'batch':
      runBatch(motion, partNamed(motion, happening.part), happening);
      break;
  }
}

function partNamed({ parts }: Motion, name: string): PartInMotion {
  const found = parts.find(({ part }) => part.name === name);
  if (found === undefined) throw new Error(`something happens at ${name}, which is no part of the world`);
  return found;
}

function letIn(part: PartInMotion, cores: number): void {
  part.strangers = cores;
  for (const { group } of part.instances) setStrangers(group.processor, cores);
}

/** The work is spread evenly over the instances that are there when it begins. */
function runBatch(motion: Motion, { instances }: PartInMotion, batch: Extract<Happening, { what: 'batch' }>): void {
  const { agenda } = motion;
  const each = batch.cores / instances.length;
  for (const { group } of instances) {
    addBatch(group, each);
    once(agenda, agenda.now + batch.seconds, () => addBatch(group, -each));
  }
}
