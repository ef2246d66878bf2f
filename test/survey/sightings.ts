import type { Sighting } from '../../src/model/inventory.ts';
import type { Role } from '../../src/model/resource.ts';
import { seconds } from '../../src/model/units.ts';

/** One signal as an inventory tells it, fresh and every 15 s; changed by what is given. */
export function sighting(component: string, resource: string, role: Role, change: Partial<Sighting> = {}): Sighting {
  return {
    resource: { component, resource, kind: 'pool', layer: 'hold', unit: 'connections', hard: false },
    at: {},
    role,
    interval: seconds(15),
    lag: seconds(3),
    evidence: { role, source: 'test', promql: 'vector(1)' },
    ...change,
  };
}
