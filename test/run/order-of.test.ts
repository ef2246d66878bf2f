import { expect, test } from 'vitest';
import { builtInPacks, builtInPlans } from '../../src/config/load-configuration.ts';
import { readConfiguration } from '../../src/config/read.ts';
import { perSecond, seconds } from '../../src/model/units.ts';
import { observation, probe, sharedComponents, targetNamed } from '../../src/run/order-of.ts';

const configuration = readConfiguration(
  `apiVersion: plimsoll.dev/v1
prometheus: [{ name: main, url: http://127.0.0.1:9090 }]
limits: { rate: 200/s, in_flight: 100, requests: 100000, duration: 10m }
components:
  - { name: db, signals: [{ pack: postgres }] }
targets:
  - name: shop
    expect: 120/s
    components: [{ name: api, signals: [{ pack: nodejs }], calls: [db] }, db]
    load: { url: http://127.0.0.1:8080, plan: { kind: staircase, rates: [50/s, 100/s, 150/s] }, requests: [{ name: home, path: / }] }
  - name: office
    components: [{ name: desk, signals: [{ pack: nodejs }] }, db]
`,
  'plimsoll.yaml',
  { packs: await builtInPacks(), plans: await builtInPlans() },
);
const given = { run: 'r1', version: '1', reference: { kind: 'history', load: perSecond(80), days: 14 } } as const;
const around = { origin: 'http://127.0.0.1:8080', address: '127.0.0.1', scrape: seconds(1), workers: 1, caps: {} };
const shop = targetNamed(configuration, 'shop');
const office = targetNamed(configuration, 'office');

test('a probe is laid out in the steps of its plan, against what is configured', () => {
  const order = probe(configuration, shop, given, around);
  expect(order.load.plan).toMatchObject({ kind: 'staircase', steps: [{ rate: 50 }, { rate: 100 }, { rate: 150 }] });
  expect(order.load.script.caps).toEqual({ rate: 200, inFlight: 100, requests: 100000, duration: 600 });
  expect(order.reference).toEqual({ kind: 'expected', load: 120 });
});

test('limits that a request asks for lower those of the configuration and never raise them', () => {
  const caps = { rate: perSecond(5000), inFlight: 10, duration: seconds(300) };
  const order = probe(configuration, shop, given, { ...around, caps });
  expect(order.load.script.caps).toEqual({ rate: 200, inFlight: 10, requests: 100000, duration: 300 });
});

test('a plan above the limits is refused', () => {
  expect(() => probe(configuration, shop, given, { ...around, caps: { rate: perSecond(100) } })).toThrow('150/s');
});

test('a target without load may only be observed', () => {
  expect(() => probe(configuration, office, given, around)).toThrow('may only be observed');
  expect(observation(configuration, office, given).load).toBeUndefined();
});

test('without "expect" headroom is stated against what was usual', () => {
  expect(observation(configuration, office, given).reference).toEqual(given.reference);
});

test('a component that two targets have is shared', () => {
  expect(sharedComponents(configuration, shop)).toEqual(['db']);
});

test('a target that is not there is told with those that are', () => {
  expect(() => targetNamed(configuration, 'shp')).toThrow(
    'there is no target "shp" in the configuration; there is "shop", "office"',
  );
});
