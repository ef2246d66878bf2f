import { expect, test } from 'vitest';
import { asideOf } from '../../src/align/asides.ts';
import type { Change } from '../../src/model/collected.ts';
import type { LoadWindow } from '../../src/model/load-record.ts';
import type { Row } from '../../src/model/sheet.ts';
import { epoch, perSecond, ratio, seconds } from '../../src/model/units.ts';
import { healthOf } from '../support/health-of.ts';

const windows: readonly LoadWindow[] = [0, 1].map((i) => ({
  span: { from: epoch(100 + 100 * i), to: epoch(160 + 100 * i) },
  offered: perSecond(10),
  throughput: perSecond(10),
  goodput: perSecond(10),
  errors: ratio(0),
  latency: { mean: undefined, p50: undefined, p90: undefined, p99: undefined },
  inFlight: undefined,
  health: healthOf(),
  complete: true,
}));

/** The usage of one resource, read in the first window and, unless it is gone, in the second. */
const usage = (component: string, resource: string, at: Row['at'], isGone: boolean): Row => ({
  resource: { component, resource, kind: 'rate', layer: 'leaf', unit: 'cores', hard: false },
  at,
  role: 'usage',
  readings: windows.map((_, i) =>
    i === 1 && isGone
      ? { kind: 'absent', why: 'too-few-samples' }
      : { kind: 'value', value: 0.5, blocks: [], samples: 20 },
  ),
  interval: seconds(5),
  floor: 0,
  evidence: { role: 'usage', source: 'test', promql: 'x' },
});

const killed = (component: string, at: number, pod: string): Change => ({
  at: epoch(at),
  component,
  what: 'out-of-memory',
  labels: { pod, container: component },
  text: 'killed',
});

const podA = ['cpu', 'memory', 'pool'].map((resource) => usage('api', resource, { pod: 'a' }, true));
const rows = [...podA, usage('db', 'cpu', {}, false), usage('db', 'disk', {}, false)];
const [, second] = windows;
const asideIn = (changes: readonly Change[], all = rows) => second && asideOf(second, 1, all, changes)?.because;

test('a window in which most of what is read elsewhere has no samples is set aside', () => {
  expect(asideIn([])).toBe('only 40 % of the resources have enough samples here; they come every 5 s');
});

test('a window in which too few samples can come is told as too short', () => {
  const eight = second && { ...second, span: { from: second.span.from, to: epoch(second.span.from + 8) } };
  expect(eight && asideOf(eight, 1, rows, [])?.because).toBe(
    'the window is too short for samples that come every 5 s: it takes 25 s',
  );
});

test('one exporter of many resources that falls silent says nothing against the others', () => {
  const db = ['cpu', 'disk', 'connections', 'locks'].map((resource) => usage('db', resource, {}, true));
  const others = [usage('api', 'threads', {}, false), usage('node', 'cpu', {}, false)];
  expect(asideIn([], [...db, ...others])).toBeUndefined();
  expect(asideIn([], [...db, usage('api', 'threads', {}, false)])).toMatch(/only 20 % of the resources/);
});

test('what was killed at its limit in a window tells nothing there, and that is no fault of the data', () => {
  expect(asideIn([killed('api', 210, 'a')])).toBeUndefined();
  // told up to half a minute after the window
  expect(asideIn([killed('api', 189, 'a')])).toBeDefined();
  expect(asideIn([killed('api', 285, 'a')])).toBeUndefined();
});

test('another pod or another component that was killed excuses nothing', () => {
  expect(asideIn([killed('api', 210, 'b')])).toBeDefined();
  expect(asideIn([killed('worker', 210, 'a')])).toBeDefined();
});

test('where everything that is read was killed nothing can be told', () => {
  expect(asideIn([killed('api', 210, 'a')], podA)).toBeDefined();
});

test('a window that was cut short because most of what was asked for failed is evidence; one that was cut short otherwise is not', () => {
  const [first] = windows;
  if (!first) throw new Error('a window');
  const rows = [usage('app', 'cpu', {}, false)];
  const cut = { ...first, complete: false };
  expect(asideOf(cut, 0, rows, [])).toMatchObject({ cut: true });
  expect(asideOf({ ...cut, errors: ratio(0.9) }, 0, rows, [])).toBeUndefined();
});
