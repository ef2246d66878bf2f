import { expect, test } from 'vitest';
import { waitsForOf } from '../../../src/analyse/seen/waits-for.ts';
import type { Component } from '../../../src/model/component.ts';
import type { Layer, Resource, ResourceKind } from '../../../src/model/resource.ts';

const component = (name: string, on: string | undefined, calls: readonly string[]): Component => ({
  name,
  on,
  calls,
  signals: [],
  workload: undefined,
  replica: undefined,
  ceilings: {},
});
const resource = (component: string, layer: Layer, kind: ResourceKind = 'pool'): Resource => ({
  component,
  resource: layer,
  kind,
  layer,
  unit: 'x',
  hard: false,
});
const waitsFor = waitsForOf([
  component('api', 'nodes', ['bouncer']),
  component('bouncer', undefined, ['db']),
  component('db', 'dbnode', []),
  component('nodes', undefined, []),
  component('dbnode', undefined, []),
]);

test('a hold waits for its own leaves, what it runs on, and everything it calls, however deep', () => {
  const pool = resource('api', 'hold');
  expect(waitsFor(pool, resource('api', 'leaf'))).toBe(true);
  expect(waitsFor(pool, resource('api', 'thread'))).toBe(true);
  expect(waitsFor(pool, resource('nodes', 'leaf'))).toBe(true);
  expect(waitsFor(pool, resource('db', 'hold'))).toBe(true);
  expect(waitsFor(pool, resource('dbnode', 'leaf'))).toBe(true);
});

test('nothing waits for its callers, and leaves wait for nobody', () => {
  expect(waitsFor(resource('db', 'hold'), resource('api', 'leaf'))).toBe(false);
  expect(waitsFor(resource('api', 'leaf'), resource('db', 'leaf'))).toBe(false);
  expect(waitsFor(resource('api', 'thread'), resource('nodes', 'leaf'))).toBe(false);
});

test('blocking workers hold pool connections of their own component, not the other way round', () => {
  const workers = resource('api', 'hold', 'servers');
  const pool = resource('api', 'hold', 'pool');
  expect(waitsFor(workers, pool)).toBe(true);
  expect(waitsFor(pool, workers)).toBe(false);
});
