import type { World } from '../world.ts';

/** The same world in which no exporter speaks for a part, or for "part/id", one resource of it. */
export function withoutExporter(world: World, missing: string): World {
  return { ...world, seen: { ...world.seen, missing: [...world.seen.missing, missing] } };
}
