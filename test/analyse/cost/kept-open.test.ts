import { expect, test } from 'vitest';
import { costsOf } from '../../../src/analyse/cost/costs.ts';
import { withKeptOpen } from '../../../src/analyse/cost/kept-open.ts';
import type { Case } from '../../../src/analyse/seen/cases.ts';
import { waitsForOf } from '../../../src/analyse/seen/waits-for.ts';
import { caseWith, component, viewWith } from '../windows.ts';

/** Two pools of 4, each connection kept for 80 ms of a request; 12 are allowed, and an exporter has one. */
const loads = [20, 40, 60, 80];
const view = viewWith(loads.map((load) => ({ load })));
const pool = (given: Partial<Case> = {}): Case =>
  caseWith(
    { usage: loads.map((load) => 0.04 * load), of: 4, ...given },
    { component: 'orders', resource: 'pool', kind: 'pool', layer: 'hold', unit: 'connections' },
  );
const connections = (usage: readonly number[]): Case =>
  caseWith(
    { usage, of: 12 },
    { component: 'db', resource: 'connections', kind: 'pool', layer: 'hold', unit: 'connections', hard: true },
  );
const capacityOf = (one: Case, pools: readonly Case[], components = [component('orders', ['db']), component('db')]) => {
  const [cases, waitsFor, sustained] = [[...pools, one], waitsForOf(components), loads.map(() => true)];
  const costs = costsOf(cases, view, sustained, {
    components,
    waitsFor,
    lifted: () => false,
    byLoad: () => true,
    inWork: () => undefined,
    others: () => undefined,
    fed: () => false,
  });
  return withKeptOpen(costs, { cases, view, waitsFor }).get(one)?.capacity;
};

test('connections that pools keep open carry at most what those do with all that others leave: 11 ÷ 80 ms', () => {
  const kept = capacityOf(connections([5, 7, 9, 9]), [pool(), pool()]);
  expect(kept).toMatchObject({ provenance: 'upper-bound', rate: { kind: 'at-most' } });
  expect(kept?.indicative).toBeCloseTo(11 / 0.08, 6);
});

test('of those that serve only some of the pools no end is told', () => {
  const some = capacityOf(connections([1.2, 2.4, 3.6, 4]), [pool(), pool()]);
  expect(some?.rate).toEqual({ kind: 'at-least', low: 80 });
  expect(some?.indicative).toBeUndefined();
});

test('without a pool above, or with one of which nobody tells the size, their line tells where they end', () => {
  const usage = loads.map((load) => 0.1 * load);
  expect(capacityOf(connections(usage), [])?.rate.kind).toBe('interval');
  expect(capacityOf(connections(usage), [pool({ ceiling: loads.map(() => undefined) })])?.rate.kind).toBe('interval');
});

test('through a pooler the pool of the pooler opens them, and not the one above it', () => {
  const through = [component('orders', ['bouncer']), component('bouncer', ['db']), component('db')];
  const bouncer = caseWith(
    { usage: loads.map((load) => 0.05 * load), of: 6 },
    { component: 'bouncer', resource: 'server-pool', kind: 'pool', layer: 'hold', unit: 'connections' },
  );
  expect(capacityOf(connections([6, 7, 7, 7]), [pool(), pool(), bouncer], through)?.indicative).toBeCloseTo(
    11 / 0.05,
    6,
  );
});

test('where the pools together may open more than there are, the line of what is open tells where that ends', () => {
  const two = [pool({ ceiling: loads.map(() => 8) }), pool({ ceiling: loads.map(() => 8) })];
  expect(capacityOf(connections(loads.map((load) => 1 + 0.1 * load)), two)?.rate.kind).toBe('interval');
});
