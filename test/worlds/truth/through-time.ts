import type { Start } from '../engine.ts';
import type { Resource, World } from '../world.ts';
import { keyOf, type Limit, limitsOf, resourceOf } from './limits.ts';
import { scheduleOf } from './schedule.ts';

/** A leak counts where the world's own run would have brought this much more without it. */
const least = 0.02;

/** What time fills rather than load: limits whose leak costs good answers in the world's own run, the one that is looked at: chance decides where few units leak, and when. Each leak is stopped alone. */
export function filledByTime(world: World, start: Start): readonly string[] {
  const leaking = limitsOf(world).filter((limit) => leaks(resourceOf(world, limit)));
  if (leaking.length === 0) return [];
  const asItIs = goodOf(world, start);
  return leaking.filter((limit) => goodOf(stopped(world, limit), start) > asItIs * (1 + least)).map(keyOf);
}

const leaks = (resource: Resource | undefined): boolean =>
  (resource?.kind === 'memory' && resource.leak > 0) || (resource?.kind === 'pool' && (resource.leak?.chance ?? 0) > 0);

/** Whether there is anything that time fills. */
export const hasLeaks = ({ parts }: World): boolean => parts.some(({ resources }) => resources.some(leaks));

function stopped(world: World, limit: Limit): World {
  return {
    ...world,
    parts: world.parts.map((part) =>
      part.name === limit.part ? { ...part, resources: part.resources.map((one) => tight(one, limit.id)) } : part,
    ),
  };
}

function tight(resource: Resource, id: string): Resource {
  if (resource.id !== id) return resource;
  if (resource.kind === 'memory') return { ...resource, leak: 0 };
  if (resource.kind !== 'pool') return resource;
  const { leak: _, ...rest } = resource;
  return rest;
}

/** Good answers in a world's own run from start to end. */
function goodOf(world: World, start: Start): number {
  const running = start(world, 0);
  const { load } = world;
  for (const { load: rate, from, to } of scheduleOf(world)) {
    if (load.kind !== 'traffic') running.advance(Math.max(running.now, from - load.settle));
    running.offer(rate);
    running.advance(to);
  }
  return running.client().good;
}
