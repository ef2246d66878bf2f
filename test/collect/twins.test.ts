import { expect, test } from 'vitest';
import { twinsOf } from '../../src/collect/twins.ts';
import type { Component } from '../../src/model/component.ts';
import type { Signal } from '../../src/model/signal.ts';
import { seconds } from '../../src/model/units.ts';

const component = (name: string, ceilings: Component['ceilings'] = {}, from = 'main'): Component => ({
  name,
  on: undefined,
  calls: [],
  signals: [{ pack: 'node', from, select: {}, part: {} }],
  workload: undefined,
  replica: undefined,
  ceilings,
});
const usage = (name: string, instance: string, at: Signal['at'] = {}): Signal => ({
  resource: { component: name, resource: 'cpu', kind: 'servers', layer: 'leaf', unit: 'cores', hard: false },
  at,
  role: 'usage',
  form: 'counter',
  parts: [{ labels: { __name__: 'cpu', instance }, times: Float64Array.of(1), values: Float64Array.of(1) }],
  less: [],
  over: [],
  scale: 1,
  interval: seconds(15),
  evidence: { role: 'usage', source: 'node', promql: 'cpu' },
});

// one machine that is selected alone, and among all
const all = [usage('hosts', 'a', { instance: 'a' }), usage('hosts', 'db', { instance: 'db' })];
const alone = usage('dbhost', 'db');
const both = [component('hosts'), component('dbhost')];

test('the same series through two components is told by the one that selects fewer', () => {
  const twins = twinsOf(both, [...all, alone]);
  expect(twins).toEqual([
    {
      told: { component: 'dbhost', resource: 'cpu', at: {} },
      also: { component: 'hosts', resource: 'cpu', at: { instance: 'db' } },
    },
  ]);
});

test('of two that select as many the first tells it', () => {
  expect(twinsOf([component('b'), component('a')], [usage('a', 'x'), usage('b', 'x')])[0]?.told.component).toBe('b');
});

test('other series, another Prometheus or another ceiling are another thing', () => {
  expect(twinsOf(both, all)).toEqual([]);
  expect(twinsOf([component('hosts'), component('dbhost', {}, 'cloud')], [...all, alone])).toEqual([]);
  expect(twinsOf([component('hosts'), component('dbhost', { cpu: 8 })], [...all, alone])).toEqual([]);
});
