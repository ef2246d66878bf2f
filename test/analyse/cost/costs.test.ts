import { expect, test } from 'vitest';
import { costsOf } from '../../../src/analyse/cost/costs.ts';
import { carriedByTokens } from '../../../src/analyse/holds/carried-by-tokens.ts';
import { caseWith, viewWith } from '../windows.ts';

const loads = [10, 20, 30, 40];
const view = viewWith(loads.map((load) => ({ load })));

/** Six connections, each kept for 0.1 s; one operation of 20 ms a request in that, of 70 a second. */
const pool = caseWith(
  { usage: loads.map((load) => 0.1 * load), of: 6 },
  { resource: 'pool', kind: 'pool', layer: 'hold', unit: 'connections' },
);
const disk = (queueReads: string) =>
  caseWith(
    { usage: loads, of: 70, queue: loads.map((load) => 0.02 + 0.0001 * (load - 10)), queueReads },
    { component: 'db', resource: 'disk', kind: 'rate', unit: 'operations/s' },
  );

const endOf = (queueReads: string): number | undefined => {
  const costs = costsOf(
    [pool, disk(queueReads)],
    view,
    loads.map(() => true),
    {
      components: [],
      waitsFor: (above, below) => above.layer === 'hold' && below.layer === 'leaf',
      lifted: () => false,
      byLoad: () => true,
      inWork: () => undefined,
      others: () => undefined,
      fed: () => false,
    },
  );
  const rate = costs.get(pool)?.capacity?.rate;
  return rate?.kind === 'interval' ? rate.value : undefined;
};

test('connections that wait for a device carry less than their number ÷ their time: its operations meet each other there', () => {
  // 1.4 operations at once are 70 a second of 20 ms
  const together = carriedByTokens(6, 0.1, [{ residence: 0.02, servers: 1.4 }]);
  expect(together).toBeLessThan(57);
  expect(endOf('$seconds an operation')).toBeCloseTo(together, 0);
});

test('where nobody tells how long an operation takes they carry 6 ÷ 0.1 s', () => {
  expect(endOf('$number waiting')).toBeCloseTo(60, 0);
});
