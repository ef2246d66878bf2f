import type { ResourceId } from '../../../src/model/resource.ts';
import type { Ref, World } from '../world.ts';

/** Under which component and resource a report speaks of a resource of the world; undefined where no pack speaks of it, or its exporter is missing. */
export function namedAs(_world: World, _ref: Ref): ResourceId | undefined {
  return undefined;
}
