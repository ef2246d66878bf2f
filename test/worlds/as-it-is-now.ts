import type { World } from './world.ts';

/**
 * A watched world as it is at the end, with the traffic since it became so: whoever is asked how much it carries means the version that runs now.
 * Other worlds stay as they are.
 */
export function asItIsNow(world: World): World {
  const { load, happenings } = world;
  const since = Math.max(0, ...happenings.filter(({ what }) => what === 'rollout').map(({ at }) => at));
  if (load.kind !== 'traffic' || since === 0) return world;
  const points = load.points.filter(({ at }) => at >= since).map(({ at, rate }) => ({ at: at - since, rate }));
  const now = happenings.map((one) => ({ ...one, at: Math.max(0, one.at - since) }));
  return { ...world, load: { ...load, points }, happenings: now };
}
