import { expect, test } from 'vitest';
import { settled } from '../../../src/analyse/capacity/not-yet.ts';
import type { Cost } from '../../../src/analyse/cost/cost.ts';
import type { Graph, Judged, Standing } from '../../../src/analyse/roots/judged.ts';
import type { Case } from '../../../src/analyse/seen/cases.ts';
import type { Interval } from '../../../src/model/interval.ts';
import { caseWith, viewWith } from '../windows.ts';

const view = viewWith([10, 20, 30, 40].map((load) => ({ load })));
const pool = caseWith({ usage: [1, 2, 3, 4.9], of: 5 }, { resource: 'pool', kind: 'pool', layer: 'hold' });

const judged = (one: Case, standing: Standing): Judged => ({
  one,
  saturation: { full: [], starved: [], saturated: [false, false, false, true], onset: 3 },
  standing,
});
const ends = (low: number): Cost => ({
  demand: undefined,
  capacity: {
    rate: { kind: 'interval', value: low + 3, low, high: low + 8 } satisfies Interval,
    provenance: 'extrapolated',
    extrapolation: 1.1,
  },
});

const settle = (
  all: readonly Judged[],
  costs: readonly (readonly [Case, Cost])[],
  more: { readonly plateau?: number; readonly axis?: 'arrivals' | 'throughput'; readonly leaks?: boolean } = {},
) => {
  const graph = { plateau: more.plateau, leaks: () => more.leaks ?? false, around: [] } as unknown as Graph;
  return settled(all, { view, graph, axis: more.axis ?? 'arrivals', costing: () => new Map(costs) });
};
const root = judged(pool, { kind: 'root', own: 1 });

test('full in one window of a load that was carried, with a line that ends at 43/s and more: not the limit of 40/s', () => {
  const { judged: now, early } = settle([root], [[pool, ends(43)]]);
  expect(early).toEqual([root]);
  expect(now[0]).toMatchObject({ standing: { kind: 'unsaturated' }, saturation: { onset: undefined } });
});

test('where its line may end at what was carried it stays, and where goodput fell short, and where only answers are counted', () => {
  expect(settle([root], [[pool, ends(39)]]).early).toEqual([]);
  expect(settle([root], [[pool, ends(43)]], { plateau: 3 }).early).toEqual([]);
  expect(settle([root], [[pool, ends(43)]], { axis: 'throughput' }).early).toEqual([]);
});

test('what leaks ends with time, wherever its line does', () => {
  expect(settle([root], [[pool, ends(43)]], { leaks: true }).early).toEqual([]);
});

test('what waits for it is free with it, and a cache is as far from its end as what it feeds', () => {
  const threads = caseWith({ usage: [1, 2, 4, 8], of: 8 }, { resource: 'threads', kind: 'servers', layer: 'hold' });
  const above = judged(threads, { kind: 'symptom', of: pool });
  expect(settle([root, above], [[pool, ends(43)]]).early).toEqual([root, above]);
  const cache = caseWith({ usage: [9, 9, 9, 9], of: 9 }, { component: 'cache', kind: 'space' });
  const fed = judged(pool, { kind: 'symptom', of: cache, by: 'misses' });
  const first = judged(cache, { kind: 'root', own: 1 });
  expect(settle([first, fed], [[pool, ends(43)]]).early).toEqual([first, fed]);
  expect(settle([first, fed], [[pool, ends(39)]]).early).toEqual([]);
});

test('an autoscaler at its most is no limit before its instances are', () => {
  const replicas = caseWith({ usage: [2, 3, 3, 3], of: 3 }, { resource: 'replicas', kind: 'external', unit: 'pods' });
  const instance = { ...caseWith({ usage: [0.2, 0.4, 0.6, 0.8], of: 1 }, { kind: 'quota' }), at: { pod: 'a' } };
  const scaler = judged(replicas, { kind: 'root', own: 1 });
  expect(settle([scaler], [[instance, ends(43)]]).early).toEqual([scaler]);
  expect(settle([scaler], [[instance, ends(39)]]).early).toEqual([]);
  // it stands there for weeks, also where only answers are counted
  expect(settle([scaler, root], [[instance, ends(43)]], { axis: 'throughput' }).early).toEqual([scaler]);
});
