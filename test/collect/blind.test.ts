import { expect, test } from 'vitest';
import { type Circumstances, judged } from '../../src/collect/blind.ts';
import type { ResourceRows } from '../../src/collect/rows.ts';
import type { Role } from '../../src/model/resource.ts';
import type { Signal } from '../../src/model/signal.ts';
import { seconds } from '../../src/model/units.ts';

const resource = {
  component: 'api',
  resource: 'cpu-quota',
  kind: 'quota',
  layer: 'leaf',
  unit: 'cores',
  hard: false,
} as const;
const usage = {
  role: 'usage',
  candidates: [{ parts: [{ selectors: [{ name: 'used', where: {} }], optional: false }], less: [], over: [] }],
};
const rows = {
  resource,
  told: {
    id: 'cpu-quota',
    kind: 'quota',
    unit: 'cores',
    optional: 'no limit',
    cure: 'scrape the kubelet',
    ceiling: [{ gauge: 'limit' }],
  },
  rows: [usage],
} as unknown as ResourceRows;
const circumstances = {
  pack: { pack: 'x', exporter: 'x' },
  source: {},
  located: {},
  emptiness: undefined,
} as unknown as Circumstances;
const signal = (role: Role, promql = 'x'): Signal => ({
  resource,
  at: {},
  role,
  form: 'gauge',
  parts: [{ labels: {}, times: Float64Array.of(1), values: Float64Array.of(1) }],
  less: [],
  over: [],
  scale: 1,
  interval: seconds(15),
  evidence: { role, source: 'kube-state-metrics', promql },
});
const blindOf = (...signals: readonly Signal[]) => judged(rows, signals, circumstances).blind.map(({ cure }) => cure);

test('what may be missing is left out; what has a ceiling is there, though nobody tells how much of it is used', () => {
  expect(blindOf()).toEqual([]);
  expect(blindOf(signal('ceiling'))).toEqual(['scrape the kubelet']);
  // a ceiling that the pack has for all tells nothing of this one
  expect(blindOf(signal('ceiling', 'vector(1)'))).toEqual([]);
});

test('what tells of throttled periods has a quota, though nobody tells how large', () => {
  expect(blindOf(signal('usage'))).toEqual([]);
  expect(blindOf(signal('usage'), signal('queue'))).toEqual([expect.stringContaining('state it in the configuration')]);
});

test('space that nothing limits is kept apart, to ask whether it grows, and is not called unread', () => {
  const heap = { ...rows, told: { ...rows.told, id: 'heap', kind: 'space' } } as unknown as ResourceRows;
  const [used, waits] = [signal('usage'), signal('queue')];
  expect(judged(heap, [used, waits], circumstances)).toEqual({
    signals: [],
    unlimited: [used, waits],
    blind: [],
    omitted: false,
  });
  expect(judged(heap, [used, signal('ceiling')], circumstances).unlimited).toEqual([]);
});

test('a ceiling that is told and limits nothing is no series that is missing', () => {
  const pool = { ...rows, told: { ...rows.told, kind: 'pool', optional: undefined } } as unknown as ResourceRows;
  const whyOf = (isNoLimit: boolean) => judged(pool, [signal('usage')], circumstances, isNoLimit).blind[0]?.why;
  expect(whyOf(false)).toContain('no series of');
  expect(whyOf(true)).toContain('what is told as that limits nothing');
});
