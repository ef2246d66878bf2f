import { describe, expect, test } from 'vitest';
import { collect } from '../../src/collect/collect.ts';
import type { Source } from '../../src/collect/source.ts';
import { readConfiguration } from '../../src/config/read.ts';
import { readPack } from '../../src/config/read-pack.ts';
import { epoch } from '../../src/model/units.ts';
import { seriesFrom } from '../support/exposition.ts';
import { memorySource } from '../support/memory-source.ts';
import { lookingAt } from '../support/order-of.ts';

const pack = readPack(
  `pack: cache
title: Cache
exporter: cache_exporter
resources:
  - id: slots
    kind: pool
    unit: slots
    cure: scrape it
    per: [shard]
    part: { shard: shard }
    usage: [{ gauge: cache_used_slots }]
    ceiling: [{ gauge: cache_slots, less: { name: cache_kept_slots, optional: true }, above: 0 }]
limits:
  - { term: gives, of: slots, resource: slots, needed: true }
  - { term: own, of: slots, part: { shard: shard }, from: [{ gauge: cache_used_slots }] }
  - { term: replicas, of: caches, replica: [], workload: { app: app }, from: [{ gauge: wanted }] }
  - { term: gives, of: rooms, from: [{ gauge: rooms }] }
  - { term: held, of: rooms, from: [{ promql: "sum(rooms_taken{$select})" }] }
  - { term: seen, of: shelves, elsewhere: true, from: [{ count: shelf }] }
`,
  'cache.yaml',
);
const fallback = readPack(
  `pack: fallback
title: Cache, told by the cloud
exporter: cloud_exporter
resources:
  - { id: slots, kind: pool, unit: slots, cure: state it, usage: [{ gauge: cloud_slots_used }], ceiling: [{ gauge: cloud_slots }] }
limits:
  - { term: gives, of: slots, resource: slots, needed: true }
`,
  'fallback.yaml',
);

const span = { from: epoch(1000), to: epoch(1300) };

/** What is read, one line a term: kind, what of, where, its number and what was taken off before. */
async function read(series: string, component = 'signals: [ { pack: cache } ]', before = '') {
  const text = `apiVersion: plimsoll.dev/v1
prometheus: [ { name: main, url: "http://main" } ]
targets: [ { name: shop, components: [ { name: cache, ${component} } ] } ]
`;
  const packs = [pack, fallback];
  const [target] = readConfiguration(text, 'plimsoll.yaml', { packs, plans: [] }).targets;
  if (!target) throw new Error('no target');
  const asked: string[] = [];
  const held = [...seriesFrom(before, { from: epoch(1000), to: epoch(1150) }), ...seriesFrom(series, span)];
  const range: Source['range'] = async (promql, { from, to }) => {
    asked.push(promql);
    const times = Float64Array.of(from, to);
    return { series: [{ labels: {}, times, values: Float64Array.of(3, 5) }], notes: [] };
  };
  const sources = new Map([['main', { ...memorySource('main', held), range }]]);
  const { terms = [] } = await collect({ sources, packs }, lookingAt(target), span, new AbortController().signal);
  const lines = terms.map(({ kind, of, at, replica, value, less, source }) => {
    const where = Object.entries({ ...at, ...replica }).map((entry) => entry.join('='));
    return [kind, of, ...where, value ?? 'unknown', ...(less === 0 ? [] : [`less ${less}`]), `(${source})`].join(' ');
  });
  return { lines, asked };
}

describe('a term', () => {
  test('is not known where the ceiling of its resource limits nothing', async () => {
    const told = await read(
      `cloud_slots_used 3
cloud_slots 0`,
      'signals: [ { pack: fallback } ]',
    );
    expect(told.lines).toEqual(['gives slots unknown (not found)']);
  });

  test('is a ceiling of a resource, less what was taken off, for each part and replica', async () => {
    const { lines } = await read(`cache_slots{shard="a",pod="x"} 10
cache_slots{shard="a",pod="y"} 10
cache_kept_slots{shard="a",pod="y"} 2`);
    expect(lines).toEqual(['gives slots shard=a pod=x 10 (cache)', 'gives slots shard=a pod=y 8 less 2 (cache)']);
  });

  test('is what stands at the end: the last sample, of those who still speak', async () => {
    const { lines } = await read(
      'cache_slots{shard="a",pod="x"} 10 +0.1',
      undefined,
      'cache_slots{shard="a",pod="gone"} 99',
    );
    expect(lines).toEqual(['gives slots shard=a 40 (cache)']);
  });

  test('is not there where its number means "no limit", and unknown where it is needed', async () => {
    expect((await read('cache_slots{shard="a"} 0')).lines).toEqual(['gives slots unknown (not found)']);
  });

  test('may be stated in the configuration', async () => {
    const { lines } = await read('cache_slots{} 10', 'signals: [ { pack: cache } ], ceilings: { slots: 20 slots }');
    expect(lines).toEqual(['gives slots 20 (stated)']);
  });

  test('tells what our own part holds only where a part is configured', async () => {
    const series = 'cache_slots{shard="a"} 10\ncache_used_slots{shard="a"} 4\ncache_used_slots{shard="b"} 1';
    expect((await read(series)).lines).toEqual(['gives slots shard=a 10 (cache)']);
    const { lines } = await read(series, 'signals: [ { pack: cache, part: { shard: a } } ]');
    expect(lines).toEqual(['gives slots shard=a 10 (cache)', 'own slots 4 (cache)']);
  });

  test('needs its workload', async () => {
    const series = 'cache_slots{} 10\nwanted{app="shop"} 3\nwanted{app="other"} 9';
    expect((await read(series)).lines).toEqual(['gives slots 10 (cache)']);
    const { lines } = await read(series, 'workload: { app: shop }, signals: [ { pack: cache } ]');
    expect(lines).toEqual(['gives slots 10 (cache)', 'replicas caches 3 (cache)']);
  });

  test('from an expression is asked for only where somebody gives what it tells of, and its last point counts', async () => {
    expect((await read('cache_slots{} 10')).asked).toEqual([]);
    const { lines, asked } = await read('cache_slots{} 10\nrooms{} 7');
    expect(asked).toEqual(['sum(rooms_taken{})']);
    expect(lines).toEqual(['gives slots 10 (cache)', 'gives rooms 7 (cache)', 'held rooms 5 (cache)']);
  });

  test('that another exporter tells is not narrowed by "select"', async () => {
    const series = 'cache_slots{job="a"} 10\ncache_slots{job="b"} 20\nshelf{n="1"} 1\nshelf{n="2"} 1';
    const { lines } = await read(series, 'signals: [ { pack: cache, select: { job: b } } ]');
    expect(lines).toEqual(['gives slots 20 (cache)', 'seen shelves 2 (cache)']);
  });

  test('is taken from the first pack that knows it', async () => {
    const both = 'signals: [ { pack: fallback }, { pack: cache } ]';
    expect((await read('cache_slots{} 10', both)).lines).toEqual(['gives slots 10 (cache)']);
    expect((await read('', both)).lines).toEqual(['gives slots unknown (not found)']);
  });
});
