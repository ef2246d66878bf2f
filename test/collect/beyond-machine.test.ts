import { expect, test } from 'vitest';
import { withoutBeyondMachine } from '../../src/collect/beyond-machine.ts';
import type { Component } from '../../src/model/component.ts';
import type { ResourceKind, Role } from '../../src/model/resource.ts';
import type { SampleSeries, Signal } from '../../src/model/signal.ts';
import { seconds } from '../../src/model/units.ts';

const component = (name: string, on?: string): Component => ({
  name,
  on,
  calls: [],
  signals: [],
  workload: undefined,
  replica: undefined,
  ceilings: {},
});
const components = [component('shop', 'node'), component('node')];
const series = (...values: readonly number[]): SampleSeries => ({
  labels: {},
  times: Float64Array.from(values, (_, index) => 15 * index),
  values: Float64Array.from(values),
});
const signal = (
  name: string,
  kind: ResourceKind,
  role: Role,
  parts: readonly SampleSeries[],
  source = 'x',
): Signal => ({
  resource: {
    component: name,
    resource: kind === 'quota' ? 'cpu-quota' : 'cpu',
    kind,
    layer: 'leaf',
    unit: 'cores',
    hard: false,
  },
  at: {},
  role,
  form: 'gauge',
  parts,
  less: [],
  over: [],
  scale: 1,
  interval: seconds(15),
  evidence: { role, source, promql: 'x' },
});
const machine: Signal = {
  ...signal(
    'node',
    'servers',
    'ceiling',
    [1, 2, 3, 4].map(() => series(9)),
  ),
  form: 'count',
};
const used = signal('shop', 'quota', 'usage', [series(0.4, 0.4)]);
const quota = (...cores: readonly number[]): Signal => signal('shop', 'quota', 'ceiling', [series(...cores)]);
const throttled = (...periods: readonly number[]): Signal => signal('shop', 'quota', 'queue', [series(...periods)]);

test('a quota above the cores of the machine that it runs on limits nothing by itself: it is not looked at, and that is said', () => {
  const { signals, notes } = withoutBeyondMachine(components, [used, quota(64, 64), throttled(7, 7), machine]);
  expect(signals).toEqual([machine]);
  expect(notes.map(({ text }) => text)).toEqual([
    'shop / cpu-quota: 64 cores are told as its ceiling, and node, on which it runs, has 4 cores: it is no limit of its own, and not looked at',
  ]);
});

test('where such a quota keeps work from running there is another that nobody tells: its use and its waits stay', () => {
  const waits = throttled(7, 90);
  const { signals, notes } = withoutBeyondMachine(components, [used, quota(64, 64), waits, machine]);
  expect(signals).toEqual([used, waits, machine]);
  expect(notes[0]?.text).toContain('cure: state it as "ceilings: { cpu_quota: … }" under component "shop"');
});

test('a quota of the machine or less is one, as is what is so at some time, what the configuration states, and what runs on no machine that is known', () => {
  const stays = (one: Signal, among = components): boolean =>
    withoutBeyondMachine(among, [used, one, machine]).signals.length === 3;
  expect(stays(quota(4, 4))).toBe(true);
  expect(stays(quota(64, 2))).toBe(true);
  expect(stays(signal('shop', 'quota', 'ceiling', [series(64)], 'stated'))).toBe(true);
  expect(stays(quota(64, 64), [component('shop'), component('node')])).toBe(true);
});
