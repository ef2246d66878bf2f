import { start } from './engine/start.ts';
import type { Start } from './engine.ts';
import { startFluid } from './fluid/start-fluid.ts';
import type { World } from './world.ts';

/** Beyond this many requests a world is not followed one by one. */
const most = 2_000_000;

/** What sets a world in motion: its events, or a fluid where days of traffic are only watched. */
export function startOf({ load }: World): Start {
  if (load.kind !== 'traffic') return start;
  const requests = load.points.reduce((sum, point, index) => {
    const after = load.points[index + 1] ?? point;
    return sum + 0.5 * (point.rate + after.rate) * (after.at - point.at);
  }, 0);
  return requests > most ? startFluid : start;
}
