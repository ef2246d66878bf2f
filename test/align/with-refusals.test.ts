import { expect, test } from 'vitest';
import { withRefusals } from '../../src/align/with-refusals.ts';
import type { Change } from '../../src/model/collected.ts';
import type { LoadWindow } from '../../src/model/load-record.ts';
import type { Row } from '../../src/model/sheet.ts';
import { epoch, perSecond, ratio, seconds } from '../../src/model/units.ts';
import { healthOf } from '../support/health-of.ts';

const windows: readonly LoadWindow[] = [0, 1, 2].map((i) => ({
  span: { from: epoch(100 + 30 * i), to: epoch(120 + 30 * i) },
  offered: perSecond(10),
  throughput: perSecond(10),
  goodput: perSecond(10),
  errors: ratio(0),
  latency: { mean: undefined, p50: undefined, p90: undefined, p99: undefined },
  inFlight: undefined,
  health: healthOf(),
  complete: true,
}));

const row = (role: Row['role'], pod: string, value: number): Row => ({
  resource: { component: 'cache', resource: 'memory', kind: 'space', layer: 'leaf', unit: 'bytes', hard: false },
  at: { pod },
  role,
  readings: windows.map(() => ({ kind: 'value', value, blocks: [], samples: 20 })),
  interval: seconds(1),
  floor: 0,
  evidence: { role, source: 'test', promql: 'x' },
});

const killed = (at: number, pod: string): Change => ({
  at: epoch(at),
  component: 'cache',
  what: 'out-of-memory',
  labels: { pod, container: 'cache' },
  text: 'killed',
  refusedBy: {
    resource: row('usage', pod, 0).resource,
    evidence: { role: 'refusals', source: 'kube', promql: 'restarts' },
  },
});

const rows = [row('usage', 'a', 90), row('usage', 'b', 50), row('refusals', 'a', 0), row('refusals', 'b', 0)];
const refusalsOf = (changes: readonly Change[], pod: string) =>
  withRefusals(rows, windows, changes)
    .filter(({ role, at }) => role === 'refusals' && at.pod === pod)
    .map(({ readings }) => readings.map((reading) => (reading.kind === 'value' ? reading.value : undefined)));

test('two kills in a window of 20 s are 0.1 refusals a second of that pod, and stand instead of what died with it', () => {
  const kills = [killed(135, 'a'), killed(147, 'a')];
  expect(refusalsOf(kills, 'a')).toEqual([[0, 0.1, 0]]);
  expect(refusalsOf(kills, 'b')).toEqual([[0, 0, 0]]);
});

test('what is told a few seconds after the window belongs to it', () => {
  expect(refusalsOf([killed(155, 'a')], 'a')).toEqual([[0, 0.05, 0]]);
});

test('what is told between two windows, long after the first, belongs to the load that began for the second; before all of them to none', () => {
  const apart = windows.map((window, i) => ({
    ...window,
    span: { from: epoch(100 + 100 * i), to: epoch(120 + 100 * i) },
  }));
  const told = (at: number) =>
    withRefusals(rows, apart, [killed(at, 'a')])
      .filter(({ role, at: { pod } }) => role === 'refusals' && pod === 'a')
      .map(({ readings }) => readings.map((reading) => (reading.kind === 'value' ? reading.value : undefined)))[0];
  expect(told(149)).toEqual([0.05, 0, 0]);
  expect(told(151)).toEqual([0, 0.05, 0]);
  expect(told(90)).toEqual([0, 0, 0]);
  expect(told(390)).toEqual([0, 0, 0]);
});

test('of traffic that is watched, kills after which nothing tells of it any more belong to the last window', () => {
  const watched = windows.map((window) => ({ ...window, health: { ...healthOf(), verdict: 'foreign' as const } }));
  const told = withRefusals(rows, watched, [killed(600, 'a')]).filter(
    ({ role, at }) => role === 'refusals' && at.pod === 'a',
  );
  const values = told.map(({ readings }) => readings.map((one) => (one.kind === 'value' ? one.value : undefined)));
  expect(values[0]).toEqual([0, 0, 0.05]);
});

test('without such a change nothing is added', () => {
  const { refusedBy: _, ...restarted } = killed(135, 'a');
  expect(withRefusals(rows, windows, [restarted])).toBe(rows);
});

test('what is killed at its limit, and whose use nobody reads, still tells that it was full: all instances as one', () => {
  const made = withRefusals([], windows, [killed(135, 'a'), killed(136, 'b')]);
  expect(made.map(({ role, at, resource }) => [role, at, resource.resource])).toEqual([
    ['usage', {}, 'memory'],
    ['refusals', {}, 'memory'],
  ]);
  expect(made[0]?.readings.every(({ kind }) => kind === 'absent')).toBe(true);
  expect(made[1]?.readings.map((reading) => (reading.kind === 'value' ? reading.value : undefined))).toEqual([
    0, 0.1, 0,
  ]);
  expect(made[1]?.atLimit).toBe(true);
});
