import { expect, test } from 'vitest';
import { startedAnew } from '../../src/align/started-anew.ts';
import type { Change } from '../../src/model/collected.ts';
import type { LoadWindow } from '../../src/model/load-record.ts';
import type { Resource, Role } from '../../src/model/resource.ts';
import type { Row } from '../../src/model/sheet.ts';
import { epoch, perSecond, ratio, seconds } from '../../src/model/units.ts';
import { healthOf } from '../support/health-of.ts';

/** Loads of two times four windows of ten seconds, from 1000 on; the process is started anew between the fourth and the fifth. */
const loads = [40, 60, 80, 100, 45, 65, 85, 105];
const windows = (given: readonly number[], errors = 0): readonly LoadWindow[] =>
  given.map((load, i) => ({
    span: { from: epoch(1000 + 200 * i), to: epoch(1010 + 200 * i) },
    offered: perSecond(load),
    throughput: perSecond(load),
    goodput: perSecond(load * (1 - errors)),
    errors: ratio(errors),
    latency: { mean: undefined, p50: undefined, p90: undefined, p99: undefined },
    inFlight: undefined,
    health: { ...healthOf(), verdict: 'foreign' },
    complete: true,
  }));
const start = (at: number): Change => ({
  at: epoch(at),
  component: 'api',
  what: 'restart',
  labels: {},
  text: 'the process was started anew',
});
const cpu: Resource = { component: 'api', resource: 'cpu', kind: 'rate', layer: 'leaf', unit: 'cores', hard: false };
const pool: Resource = { ...cpu, resource: 'pool', kind: 'pool', layer: 'hold', unit: 'connections' };
const rowOf = (resource: Resource, role: Role, values: readonly number[]): Row => ({
  resource,
  at: {},
  role,
  readings: values.map((value) => ({ kind: 'value', value, blocks: [value], samples: 5 })),
  interval: seconds(2),
  floor: 0,
  evidence: { role, source: 'test', promql: 'up' },
});

/** 0.05 cores of background and so much for each request; by turns 1 % more and less. */
const using = (each: (i: number) => number): Row =>
  rowOf(
    cpu,
    'usage',
    loads.map((load, i) => (0.05 + each(i) * load) * (1 + (i % 2 ? 0.01 : -0.01))),
  );
const told = (rows: readonly Row[], changes: readonly Change[], given = windows(loads)): readonly string[] =>
  startedAnew(given, rows, changes).map(({ what, text }) => `${what}: ${text}`);

test('a request that takes half as much again since a start: another set-up began there', () => {
  expect(told([using((i) => (i < 4 ? 0.004 : 0.006))], [start(1700)])).toEqual([
    expect.stringMatching(
      /^shift: the process was started anew, and a request takes (4[89]|5[0-2]) % more of api \/ cpu since$/,
    ),
  ]);
});

test('a request that takes the same: the start changed nothing', () => {
  expect(told([using(() => 0.004)], [start(1700)])).toEqual([]);
});

test('5 % more is no other set-up, and without a start nothing is looked for', () => {
  expect(told([using((i) => (i < 4 ? 0.004 : 0.0042))], [start(1700)])).toEqual([]);
  expect(told([using((i) => (i < 4 ? 0.004 : 0.006))], [])).toEqual([]);
});

test('answers that fail beyond what usually does are no measure of what a request takes', () => {
  const dearer = using((i) => (i < 4 ? 0.004 : 0.006));
  const since = windows(loads, 0.1).map((window, i) => (i < 4 ? { ...window, errors: ratio(0) } : window));
  expect(told([dearer], [start(1700)], since)).toEqual([]);
  expect(told([dearer], [start(1700)], windows(loads, 0.1))).toHaveLength(1);
});

test('where one side of a start hardly has the loads of the other, a request must take plainly more', () => {
  // a wave: 38 to 44/s before, 17 to 37/s after, and twice the processor time: 3 ms, then 6 ms
  const wave = windows([24, 38, 41, 43, 44, 17, 19, 24, 33, 37]);
  const cost = (more: number) =>
    rowOf(
      cpu,
      'usage',
      wave.map(({ offered }, i) => (i < 5 ? 0.003 : 0.003 * more) * offered * (1 + (i % 2 ? 0.01 : -0.01))),
    );
  expect(told([cost(2)], [start(1900)], wave)[0]).toMatch(/more of api \/ cpu since$/);
  expect(told([cost(1.2)], [start(1900)], wave)).toEqual([]);
});

test('a cost that rises with the load is not held against a start that comes between low loads and high ones', () => {
  const rising = windows([40, 45, 50, 55, 140, 150, 160, 170]);
  const row = rowOf(
    cpu,
    'usage',
    rising.map(({ offered }) => 0.05 + 0.004 * offered + 0.00002 * offered ** 2),
  );
  expect(told([row], [start(1700)], rising)).toEqual([]);
});

test('a pool of 20 that had been one of 10 is another set-up; one that came and went between is told by the last start', () => {
  const limit = rowOf(pool, 'ceiling', [10, 10, 10, 10, 20, 20, 20, 20]);
  expect(told([limit], [start(1700)])).toEqual([
    'shift: the process was started anew, and the limit of pool is 20 instead of 10 since',
  ]);
  const swaying = rowOf(pool, 'ceiling', [10, 12, 10, 12, 20, 20, 20, 20]);
  expect(told([swaying], [start(1700)])).toEqual([]);
});

test('what all instances take counts: that each has another share of the work since is no other set-up', () => {
  const shared = (share: (i: number) => number, at: string): Row => ({
    ...rowOf(
      cpu,
      'usage',
      loads.map((load, i) => share(i) * (0.05 + 0.004 * load) * (1 + (i % 2 ? 0.01 : -0.01))),
    ),
    at: { pod: at },
  });
  const rows = [shared((i) => (i < 4 ? 0.7 : 0.4), 'a'), shared((i) => (i < 4 ? 0.3 : 0.6), 'b')];
  expect(told(rows, [start(1700)])).toEqual([]);
});

test('of several things that a request takes more of, the one that changed most is told', () => {
  const disk: Resource = { ...cpu, component: 'db', resource: 'disk-operations' };
  const little = rowOf(
    disk,
    'usage',
    loads.map((load, i) => (i < 4 ? 2 : 2.4) * load * (1 + (i % 2 ? 0.01 : -0.01))),
  );
  expect(told([little, using((i) => (i < 4 ? 0.004 : 0.006))], [start(1700)])[0]).toContain('of api / cpu since');
});

test('of two starts only the one counts with which something changed', () => {
  const row = using((i) => (i < 4 ? 0.004 : 0.006));
  const found = startedAnew(windows(loads), [row], [start(1650), start(2300), start(1700)]);
  expect(found.map(({ at }) => at)).toEqual([1700]);
});
