import { expect, test } from 'vitest';
import { demandOf, sharedResources } from '../../src/compare/demand-of.ts';
import { about, resource } from '../report/fixtures/parts.ts';
import { run } from './run.ts';

const cpu = (seconds: number, ratio: number, pod: string) =>
  resource('api', 'cpu', {
    at: { pod },
    peak: { usage: ratio, ceiling: 1, ratio },
    demand: { perRequest: about(seconds, seconds, seconds), background: 0, method: 'utilisation-law' },
  });
const pool = (method: 'hold-time' | 'utilisation-law') =>
  resource('api', 'pool', {
    state: 'busy',
    kind: 'pool',
    unit: 'connections',
    demand: { perRequest: about(0.01, 0.01, 0.01), background: 0, method },
  });

test('only what both tell by the same method is shared', () => {
  const first = run('a', { resources: [cpu(0.002, 0.5, 'x'), pool('hold-time'), resource('db', 'cpu')] });
  const second = run('b', { resources: [cpu(0.003, 0.5, 'y'), pool('utilisation-law')] });
  expect(sharedResources([first, second])).toEqual([
    { component: 'api', resource: 'cpu', method: 'utilisation-law', unit: 'seconds' },
  ]);
});

test('of several pods the fullest speaks', () => {
  const report = run('a', { resources: [cpu(0.002, 0.5, 'x'), cpu(0.003, 0.9, 'y')] });
  const [shared] = sharedResources([report]);
  expect(shared && demandOf(report, shared)?.perRequest).toEqual(about(0.003, 0.003, 0.003));
});

test.each([
  ['rate', 'bytes/s', 'bytes'],
  ['rate', 'operations/s', 'operations'],
  ['rate', 'seconds busy per second', 'seconds'],
  ['quota', 'cores', 'seconds'],
  ['pool', 'connections', 'seconds'],
] as const)('a %s in %s costs a request %s', (kind, unit, cost) => {
  const demand = { perRequest: about(1, 1, 1), background: 0, method: 'utilisation-law' as const };
  const report = run('a', { resources: [resource('x', 'y', { state: 'root', kind, unit, demand })] });
  expect(sharedResources([report])[0]?.unit).toBe(cost);
});

test.each([
  ['free at 29 % of its ceiling', { peak: { usage: 0.29, ceiling: 1, ratio: 0.29 } }, 0],
  ['free at 30 %', { peak: { usage: 0.3, ceiling: 1, ratio: 0.3 } }, 1],
  ['without a ceiling', { peak: { usage: 7, ceiling: null, ratio: null } }, 0],
  ['a symptom without a ceiling', { state: 'symptom', peak: { usage: 7, ceiling: null, ratio: null } }, 1],
  ['starved', { state: 'starved' }, 1],
  ['full, but by time: space', { kind: 'space', state: 'root' }, 0],
] as const)('what matters to one of two runs is compared: %s', (_, change, count) => {
  const demand = { perRequest: about(1, 1, 1), background: 0, method: 'utilisation-law' as const };
  const kind = 'kind' in change ? change.kind : ('servers' as const);
  const idle = resource('x', 'y', { kind, demand });
  const reports = [run('a', { resources: [idle] }), run('b', { resources: [{ ...idle, ...change }] })];
  expect(sharedResources(reports)).toHaveLength(count);
});
