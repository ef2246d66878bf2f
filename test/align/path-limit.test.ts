import { expect, test } from 'vitest';
import { pathLimit } from '../../src/align/path-limit.ts';
import type { Traffic } from '../../src/model/collected.ts';
import type { StepRecord } from '../../src/model/load-record.ts';
import type { Row } from '../../src/model/sheet.ts';
import { epoch, perSecond, ratio, seconds } from '../../src/model/units.ts';
import { healthOf } from '../support/health-of.ts';
import { every } from './samples.ts';

const nothing = { unit: 'us', counts: [] } as const;

/** Twenty seconds at 50/s, of which `lost` requests got no connection. */
const step = (index: number, lost: number, p50 = 0.01): StepRecord => ({
  step: { index, rate: perSecond(50), settle: seconds(3), measure: seconds(20) },
  span: { from: epoch(100 + 30 * index), to: epoch(120 + 30 * index) },
  offered: perSecond(50),
  throughput: perSecond(50 - lost / 20),
  goodput: perSecond(50 - lost / 20),
  errors: ratio(lost / 1000),
  latency: { mean: undefined, p50: seconds(p50), p90: undefined, p99: undefined },
  inFlight: undefined,
  health: healthOf(),
  complete: true,
  sent: 1000,
  completed: 1000,
  good: 1000 - lost,
  errorsByClass: lost > 0 ? { unreachable: lost } : {},
  requests: [],
  slowest: [],
  shed: {},
  response: nothing,
  service: nothing,
  lag: nothing,
});

/** What the target says it answered: so many a second all the time. */
const answering = (rate: number): Traffic => ({
  completions: [every(1, 90, 200, (time) => rate * time)],
  errors: [],
  durations: [],
  buckets: [],
  inFlight: [],
  interval: seconds(1),
  promql: 'completions',
});

const dropping: Row = {
  resource: { component: 'nodes', resource: 'conntrack', kind: 'space', layer: 'leaf', unit: 'entries', hard: true },
  at: {},
  role: 'refusals',
  readings: [0, 10].map((value) => ({ kind: 'value', value, blocks: [], samples: 20 })),
  interval: seconds(1),
  floor: 0,
  evidence: { role: 'refusals', source: 'node', promql: 'drops' },
};

const lost = [step(0, 0), step(1, 200)];

test('200 of 1000 without a connection, the others as fast as ever, and 40/s arrived: the path', () => {
  const aside = pathLimit(1, lost, [], answering(40));
  expect(aside?.kind).toBe('generator-limited');
  expect(aside?.because).toMatch(
    /^20 % of the requests \(200\) got no connection, .* the limit was the path from the generator to it/,
  );
  expect(pathLimit(0, lost, [], answering(50))).toBeUndefined();
});

test.each([
  ['answers that take longer are the doing of the target', [step(0, 0), step(1, 200, 0.1)], [], answering(40)],
  ['so are drops that its machine counts', lost, [dropping], answering(40)],
  ['what arrived was no loss on the way', lost, [], answering(50)],
  ['without its own account of its traffic nobody knows', lost, [], undefined],
  ['five in a thousand are strays', [step(0, 0), step(1, 5)], [], answering(49.75)],
])('%s', (_, windows, rows, traffic) => {
  expect(pathLimit(1, windows, rows, traffic)).toBeUndefined();
});
