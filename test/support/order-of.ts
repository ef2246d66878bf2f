import type { Target } from '../../src/model/configuration.ts';
import type { Order } from '../../src/model/order.ts';

/** An order that only looks, from a target of a configuration. */
export const lookingAt = (target: Target): Order => ({
  run: 'test',
  target: target.name,
  config: 'test',
  version: 'test',
  components: target.components,
  traffic: target.traffic,
  objectives: target.objectives,
  reference: { kind: 'unknown', why: 'nobody expects anything' },
  load: undefined,
});
