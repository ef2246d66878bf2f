import { expect, test } from 'vitest';
import { historyOf } from '../../src/collect/history.ts';
import type { Source } from '../../src/collect/source.ts';
import { builtInPacks } from '../../src/config/load-configuration.ts';
import { readConfiguration } from '../../src/config/read.ts';
import { epoch, seconds } from '../../src/model/units.ts';
import { observation, targetNamed } from '../../src/run/order-of.ts';
import { seriesFrom } from '../support/exposition.ts';
import { memorySource } from '../support/memory-source.ts';

const packs = await builtInPacks();
const configuration = readConfiguration(
  `apiVersion: plimsoll.dev/v1
prometheus: [ { name: main, url: "http://main" } ]
targets:
  - { name: shop, traffic: { pack: http-otel, select: { job: shop } }, components: [ { name: api, signals: [] } ] }
`,
  'plimsoll.yaml',
  { packs, plans: [] },
);
const reference = { kind: 'unknown', why: 'not looked up' } as const;
const order = observation(configuration, targetNamed(configuration, 'shop'), { run: 'r', version: '', reference });
const now = epoch(100_000);
const clock = { now: () => now, monotonic: () => seconds(0), sleep: async () => undefined };
const held = seriesFrom('http_server_request_duration_seconds_count{job="shop"} 0 +40', {
  from: epoch(now - 600),
  to: now,
});

/** The usual peak of 80/s, where so many loads over five minutes are kept. */
function usualOf(loads: number) {
  const instant: Source['instant'] = async (promql) => ({
    series: [{ labels: {}, value: promql.startsWith('count_over_time') ? loads : 80 }],
    notes: [],
    at: now,
  });
  const sources = new Map([['main', { ...memorySource('main', held), instant }]]);
  return historyOf({ sources, packs }, order, clock, new AbortController().signal);
}

test('from a day of loads on the usual peak is known', async () => {
  expect(await usualOf(288)).toEqual({ kind: 'history', load: 80, days: 1 });
  expect(await usualOf(1008)).toEqual({ kind: 'history', load: 80, days: 3.5 });
});

test.each([
  [1, '5 min'],
  [287, '23.9 h'],
])('%d loads over five minutes are no day, and no usual peak', async (loads, known) => {
  expect(await usualOf(loads)).toEqual({
    kind: 'unknown',
    why: `no "expect" is configured, and only ${known} of traffic are known: a usual peak needs a day`,
  });
});
