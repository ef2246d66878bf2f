import type { Sight, Sighted } from '../model/diagnosis.ts';
import type { Sighting } from '../model/inventory.ts';
import { textOf } from '../model/labels.ts';
import type { Role } from '../model/resource.ts';

const waits: readonly Role[] = ['queue', 'refusals', 'stall'];

/** What is seen of each resource; resources that are used only, or not at all, cannot be told full. */
export function sightOf(signals: readonly Sighting[]): readonly Sighted[] {
  const groups = Map.groupBy(signals, ({ resource }) => `${resource.component}\n${resource.resource}`);
  return [...groups.values()].flatMap((group) => sighted(group) ?? []);
}

function sighted(group: readonly Sighting[]): Sighted | undefined {
  const usage = group.filter(({ role }) => role === 'usage');
  const [first] = usage;
  if (!first) return undefined;
  const roles = new Set(group.map(({ role }) => role));
  return {
    component: first.resource.component,
    resource: first.resource.resource,
    sight: sightFrom(roles),
    instances: new Set(usage.map(({ at }) => textOf(at))).size,
    interval: Math.max(...usage.map(({ interval }) => interval)),
    lag: Math.max(...usage.map(({ lag }) => lag)),
    sources: [...new Set(group.map(({ evidence }) => evidence.source))],
  };
}

function sightFrom(roles: ReadonlySet<Role>): Sight {
  if (!roles.has('ceiling')) return 'usage';
  return waits.some((role) => roles.has(role)) ? 'saturation' : 'fullness';
}
