import { expect, test } from 'vitest';
import { keptBehindPool } from '../../../src/analyse/holds/kept-behind-pool.ts';
import type { Case } from '../../../src/analyse/seen/cases.ts';
import { caseWith, component, viewWith } from '../windows.ts';

/** Family 32, seed 1401: 33 threads, a pool of 19, processors of the database that are nearly full, and a network that nobody shows. */
const view = viewWith(
  [10, 18.7, 27.4, 36.1, 44.9, 53.6, 62.3].map((load) => ({ load, goodput: Math.min(53.8, load) })),
);
const plateau = 6;
const threads = caseWith(
  { usage: [2.72, 4.85, 7.36, 9.82, 14.1, 31.5, 33.1], of: 33 },
  { component: 'orders', resource: 'http-threads', kind: 'servers', layer: 'hold', unit: 'threads' },
);
const poolWith = (usage: readonly number[], queue?: readonly number[]): Case =>
  caseWith(
    { usage: [...usage], of: 19, queue: queue && [...queue] },
    { component: 'orders', resource: 'pool', kind: 'pool', layer: 'hold', unit: 'connections' },
  );
const pool = poolWith([1.67, 2.84, 4.34, 5.64, 8.07, 13.7, 13.6], [0, 0, 0, 0, 0, 0.5, 1.43]);
const cpu = (component: string, usage: readonly number[]): Case =>
  caseWith({ usage: [...usage], of: 8 }, { component });
const own = cpu('orders-node', [0.74, 1.43, 2.26, 3.24, 3.82, 4.12, 4.19]);
const database = cpu('db-node', [1.66, 2.58, 3.89, 5.09, 6.9, 7.9, 7.91]);
const components = [component('orders', ['db'], 'orders-node'), component('db', [], 'db-node')];
const shareWith = (around: readonly Case[], below = database): number | undefined =>
  keptBehindPool(threads, below, { view, plateau, components, around: [threads, ...around] });

test('18.4 threads are kept longer than at low load, 4.6 of them in the pool and 1.4 at its door: a third', () => {
  // 33.1 − 53.8 × 2.72 ÷ 10 = 18.4; 13.6 − 53.8 × 1.67 ÷ 10 = 4.6
  expect(shareWith([pool, own, database])).toBeCloseTo((4.6 + 1.43) / 18.4, 1);
});

test('all of it where as many more wait at the door of the pool', () => {
  const asked = poolWith([1.67, 2.84, 4.34, 5.64, 8.07, 19, 19], [0, 0, 0, 0, 0, 7, 8.4]);
  expect(shareWith([asked, own, database])).toBeCloseTo(1, 1);
});

test('nothing is said where some may wait for the pool unseen, where the machine of the threads is busy, or where no pool lies between', () => {
  expect(shareWith([poolWith([1.67, 2.84, 4.34, 5.64, 8.07, 19, 19]), own, database])).toBeUndefined();
  expect(shareWith([pool, cpu('orders-node', [1, 2, 3, 4, 5, 6.9, 6.9]), database])).toBeUndefined();
  expect(shareWith([own, database])).toBeUndefined();
  expect(shareWith([pool, own, database], own)).toBeUndefined();
});

test('nothing is said of what a service calls that is asked without the pool: one with threads of its own, and no connections to lend', () => {
  const prices = [
    component('orders', ['db', 'prices'], 'orders-node'),
    component('prices', ['db']),
    component('db', [], 'db-node'),
  ];
  const of = (resource: Partial<Case['resource']>): Case =>
    caseWith({ usage: [1, 1, 1, 1, 1, 1, 1], of: 200 }, resource);
  const busy = cpu('prices', [1, 2, 3, 4, 5, 7.9, 7.9]);
  const workers = of({
    component: 'prices',
    resource: 'http-threads',
    kind: 'servers',
    layer: 'hold',
    unit: 'threads',
  });
  const lent = of({
    component: 'prices',
    resource: 'connections',
    kind: 'pool',
    layer: 'hold',
    unit: 'connections',
    hard: true,
  });
  const shareOf = (...told: readonly Case[]): number | undefined =>
    keptBehindPool(threads, busy, { view, plateau, components: prices, around: [threads, pool, own, busy, ...told] });
  expect(shareOf(workers)).toBeUndefined();
  expect(shareOf(workers, lent)).toBeCloseTo((4.6 + 1.43) / 18.4, 1);
});
