import { expect, test } from 'vitest';
import { fedBy, feedingOf } from '../../../src/analyse/roots/fed-by-misses.ts';
import type { Case } from '../../../src/analyse/seen/cases.ts';
import { waitsForOf } from '../../../src/analyse/seen/waits-for.ts';
import { caseWith, component, viewWith } from '../windows.ts';

const loads = [10, 20, 40, 80];
const view = viewWith(loads.map((load) => ({ load })));
const declared = [component('api', ['cache', 'db']), component('cache', []), component('db', [], 'db-node')];

/** A cache with one look-up a request, of which some miss and some of those were dropped before. */
const cacheWith = ({ misses, dropped = misses }: { readonly misses: number; readonly dropped?: number }) => [
  caseWith(
    {
      usage: loads.map(() => 1000),
      of: 1000,
      queue: loads.map(() => dropped),
      queueReads: '$number evictions a look-up',
      queueFloor: 0.05,
    },
    { component: 'cache', resource: 'maxmemory', kind: 'space', unit: 'bytes' },
  ),
  caseWith(
    { usage: loads.map((load) => misses * load), completions: loads },
    { component: 'cache', resource: 'misses', unit: 'misses/s' },
  ),
];
const connections = (asked: number) =>
  caseWith(
    { usage: loads.map((load) => load / 40), of: 100, completions: loads.map((load) => asked * load) },
    { component: 'db', resource: 'connections', kind: 'pool', layer: 'hold', unit: 'connections' },
  );
const cpu = caseWith({ usage: [0.2, 0.5, 1, 2], of: 2 }, { component: 'db-node' });

const feeding = (one: Case, around: readonly Case[], components = declared) =>
  feedingOf(one, { around, waitsFor: waitsForOf(components), components, view });

test('a cache that hits 87 % and drops what it misses more likely gives a third of that work by half as much again: for exponents up to 1 − ln(1 + 0.13 ÷ 3 ÷ 0.87) ÷ ln 1.5 = 0.880 of 0.3 to 0.9', () => {
  const around = [...cacheWith({ misses: 0.13 }), connections(0.13)];
  expect(feeding(cpu, around)?.share).toBeCloseTo((0.88 - 0.3) / 0.6, 3);
  expect(feeding(cpu, around)?.cache.resource.resource).toBe('maxmemory');
});

test('one that hits half of the time does not: up to 1 − ln(1 + 1 ÷ 3) ÷ ln 1.5 = 0.290', () => {
  const around = [...cacheWith({ misses: 0.5 }), connections(0.5)];
  expect(feeding(cpu, around)?.share).toBe(0);
  expect(fedBy(cpu, { around, waitsFor: waitsForOf(declared), components: declared, view })).toBeUndefined();
});

test('what is asked for anyway is not its work: a tenth of the queries are misses', () => {
  expect(feeding(cpu, [...cacheWith({ misses: 0.13 }), connections(1.3)])?.share).toBe(0);
});

test('what misses because it expired does not come back with more room', () => {
  expect(feeding(cpu, [...cacheWith({ misses: 0.13, dropped: 0.06 }), connections(0.13)])?.share).toBeGreaterThan(0);
  expect(feeding(cpu, [...cacheWith({ misses: 0.13, dropped: 0.04 }), connections(0.13)])).toBeUndefined();
});

test('what asks the cache does not lie behind it, and neither does the cache itself', () => {
  const around = [...cacheWith({ misses: 0.13 }), connections(0.13)];
  expect(feeding(caseWith({ usage: loads, of: 100 }, { component: 'api' }), around)).toBeUndefined();
  expect(feeding(caseWith({ usage: loads, of: 100 }, { component: 'cache' }), around)).toBeUndefined();
});

test('where nobody says what calls what, how often each is asked tells: the service answers all, its database the misses', () => {
  const bare = declared.map((one) => ({ ...one, calls: [] }));
  const threads = caseWith(
    { usage: [1, 2, 4, 8], of: 8, completions: loads },
    { resource: 'threads', kind: 'servers', layer: 'hold' },
  );
  const around = [...cacheWith({ misses: 0.13 }), connections(0.13), threads];
  expect(feeding(cpu, around, bare)?.share).toBeGreaterThan(0.9);
  expect(feeding(caseWith({ usage: loads, of: 100 }), around, bare)?.share).toBe(0);
});
