import { expect, test } from 'vitest';
import { inventory } from '../../src/collect/inventory.ts';
import { liveReader } from '../../src/collect/live.ts';
import type { Source } from '../../src/collect/source.ts';
import { readConfiguration } from '../../src/config/read.ts';
import { readPack } from '../../src/config/read-pack.ts';
import { fault } from '../../src/faults.ts';
import type { Order } from '../../src/model/order.ts';
import { epoch, seconds } from '../../src/model/units.ts';
import { seriesFrom } from '../support/exposition.ts';
import { memorySource } from '../support/memory-source.ts';
import { lookingAt } from '../support/order-of.ts';

const pack = readPack(
  `pack: cache
title: Cache
exporter: cache_exporter
resources:
  - { id: slots, kind: pool, unit: slots, per: [shelf], cure: x, usage: [{ gauge: used_slots }], ceiling: [{ gauge: slots, above: 0 }] }
  - { id: threads, kind: servers, unit: threads, cure: x, usage: [{ gauge: busy_threads }], ceiling: [{ fixed: 4 }] }
`,
  'cache.yaml',
);
const [target] = readConfiguration(
  `apiVersion: plimsoll.dev/v1
prometheus: [ { name: main, url: "http://main" } ]
targets: [ { name: shop, components: [ { name: cache, signals: [ { pack: cache } ] } ] } ]
`,
  'plimsoll.yaml',
  { packs: [pack], plans: [] },
).targets;
const now = epoch(1300);
const clock = { now: () => now, monotonic: () => seconds(0), sleep: async () => undefined };
const held = seriesFrom(
  'used_slots{shelf="a"} 5 @5\nused_slots{shelf="b"} 8 @5\nslots{shelf="a"} 50 @5\nslots{shelf="b"} 10 @5\nbusy_threads{} 2 @30',
  { from: epoch(1000), to: now },
);
const never = new AbortController().signal;

const orderWith = (guards: Readonly<Record<string, string>>): Order => {
  if (!target) throw new Error('no target');
  const caps = { rate: 1, inFlight: 1, requests: 1, duration: 1 };
  const load = { plan: { name: 'p', steps: [] }, script: { caps }, guards };
  return { ...lookingAt(target), load } as unknown as Order;
};

/** A memory that also answers the live query, line by line in the order in which it was asked. */
function answering(values: readonly (readonly [number, object, number])[]): {
  readonly source: Source;
  readonly asked: string[];
} {
  const asked: string[] = [];
  const instant: Source['instant'] = async (promql) => {
    asked.push(promql);
    if (!promql.includes('label_replace'))
      return { series: promql === 'true' ? [{ labels: {}, value: 1 }] : [], notes: [], at: now };
    const series = values.map(([line, labels, value]) => ({
      labels: { plimsoll_line: String(line), ...labels },
      value,
    }));
    return { series, notes: [], at: now };
  };
  return { source: { ...memorySource('main', held), instant }, asked };
}

test('the fullest resource is the one with the highest share of its own ceiling', async () => {
  const { source, asked } = answering([
    [0, { shelf: 'a' }, 5],
    [0, { shelf: 'b' }, 8],
    [1, { shelf: 'a' }, 50],
    [1, { shelf: 'b' }, 10],
    [2, {}, 2],
    [3, {}, 4],
  ]);
  const live = liveReader({ sources: new Map([['main', source]]), packs: [pack] }, clock);
  const order = orderWith({ yes: 'true', no: 'false' });
  expect(await live(order, never)).toEqual({
    at: 1300,
    fullest: { component: 'cache', resource: 'slots', ratio: 0.8 },
    guards: { yes: true, no: false },
  });
  await live(order, never);
  expect(asked.filter((promql) => promql.includes('label_replace'))).toHaveLength(2);
  expect(asked[0]).toContain(
    'label_replace(sum by (shelf) (avg_over_time(used_slots[20s])), "plimsoll_line", "0", "", "")',
  );
});

test('a guard that is not answered is left out, and the rest goes on', async () => {
  const { source } = answering([]);
  const instant: Source['instant'] = (promql, stop) =>
    promql === 'broken(' ? Promise.reject(new Error('refused')) : source.instant(promql, stop);
  const live = liveReader({ sources: new Map([['main', { ...source, instant }]]), packs: [pack] }, clock);
  expect((await live(orderWith({ yes: 'true', broken: 'broken(' }), never)).guards).toEqual({ yes: true });
});

test('without any reading nothing is the fullest', async () => {
  const { source } = answering([]);
  const live = liveReader({ sources: new Map([['main', source]]), packs: [pack] }, clock);
  expect((await live(orderWith({}), never)).fullest).toBeUndefined();
});

test('the inventory knows the slowest scrape, what is blind, and which Prometheus is silent', async () => {
  const { source } = answering([]);
  const silent: Source = {
    ...memorySource('cloud', []),
    instant: () => Promise.reject(fault('PROMETHEUS_UNREACHABLE', ['http://cloud', 'it is away'])),
  };
  const reach = {
    sources: new Map([
      ['main', source],
      ['cloud', silent],
    ]),
    packs: [pack],
  };
  const found = await inventory(reach, orderWith({}), clock, never);
  expect(found.scrape).toBe(30);
  expect(found.blind).toEqual([]);
  expect(found.sources).toEqual([
    { name: 'main', kind: 'answers', ahead: undefined },
    {
      name: 'cloud',
      kind: 'silent',
      why: expect.objectContaining({
        code: 'PROMETHEUS_UNREACHABLE',
        message: 'no answer from Prometheus at http://cloud: it is away',
      }),
    },
  ]);
});
