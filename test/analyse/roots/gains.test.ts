import { expect, test } from 'vitest';
import { besideHold } from '../../../src/analyse/roots/gains.ts';
import { caseWith, component, viewWith } from '../windows.ts';

const rates = [0.1, 0.2, 0.3, 0.8, 0.8];
const view = viewWith(rates.map((load) => ({ load })));
const components = [component('api', ['db']), component('db', [], 'machine'), component('machine')];

const poolWith = (usage: readonly number[]) =>
  caseWith({ usage, of: 2 }, { resource: 'pool', kind: 'pool', layer: 'hold', unit: 'connections' });
const cpuWith = (usage: readonly number[], of = 1) => caseWith({ usage, of }, { component: 'machine' });

/** Two units, each 1 s at one server and 1 s elsewhere, carry 2 ÷ (1 + 1 × 1.5) = 0.8/s (mean value analysis by hand); three 3 ÷ (1 + 2.2) = 0.9375/s. */
const units = [0.2, 0.42, 0.66, 2, 2];

test('half as much again of the pool carries 17 % more, of the processor 15 %: (1/2 + 1 + 2/3) ÷ 2 are 0.923/s', () => {
  const [pool, cpu] = [poolWith(units), cpuWith(rates)];
  const found = besideHold(pool, { view, around: [pool, cpu], components });
  expect(found?.leaf).toBe(cpu);
  expect(found?.gains.hold).toBeCloseTo(0.9375 / 0.8 - 1, 3);
  expect(found?.gains.leaf).toBeCloseTo(2 / (0.5 + 1 + 2 / 3) / 0.8 - 1, 3);
  expect(found?.share).toBeGreaterThan(0.3);
  expect(found?.share).toBeLessThan(0.5);
});

test('what costs twice as much with both units in use as with none costs more still with three: more of the pool carries less', () => {
  const used = rates.map((rate, i) => rate * 0.5 * (1 + (units[i] ?? 0) / 2));
  const [pool, cpu] = [poolWith(units), cpuWith(used)];
  const found = besideHold(pool, { view, around: [pool, cpu], components });
  expect(found?.gains.hold).toBeLessThan(0);
  expect(found?.share).toBeGreaterThan(0.95);
});

test('processors that are half used let it through', () => {
  const [pool, cpu] = [poolWith(units), cpuWith(rates, 2)];
  expect(besideHold(pool, { view, around: [pool, cpu], components })).toBeUndefined();
});

test('processors that work before a connection is taken do not count', () => {
  const [pool, cpu] = [poolWith(units), cpuWith(rates)];
  const own = { ...cpu, resource: { ...cpu.resource, component: 'api' } };
  expect(besideHold(pool, { view, around: [pool, own], components })).toBeUndefined();
});

test('of a machine that carries more than what works under the hold nothing is told', () => {
  const [pool, cpu] = [poolWith(units), cpuWith(rates)];
  const shared = [...components, component('reports', [], 'machine')];
  expect(besideHold(pool, { view, around: [pool, cpu], components: shared })).toBeUndefined();
});

const diskWith = (times: readonly number[]) =>
  caseWith(
    { usage: rates, of: 100, queue: times, queueReads: '$seconds an operation' },
    { component: 'machine', resource: 'disk-operations', kind: 'rate', layer: 'leaf', unit: 'operations/s' },
  );

test('a device that does one operation after the other is a server like a processor: 1 s alone, 1.5 s where each meets half another (mean value analysis by hand)', () => {
  const [pool, disk] = [poolWith(units), diskWith([1, 1.05, 1.1, 1.5, 1.5])];
  const found = besideHold(pool, { view, around: [pool, disk], components });
  expect(found?.leaf).toBe(disk);
  expect(found?.explains).toBe(true);
  expect(found?.isFull).toBe(false);
  expect(found?.gains.hold).toBeCloseTo(0.9375 / 0.8 - 1, 3);
  expect(found?.gains.leaf).toBeCloseTo(2 / (0.5 + 1 + 2 / 3) / 0.8 - 1, 3);
});

test('operations that take as long as alone wait for nothing, however many there are', () => {
  const [pool, disk] = [poolWith(units), diskWith([1, 1, 1, 1, 1])];
  expect(besideHold(pool, { view, around: [pool, disk], components })).toBeUndefined();
});

test('a device that is busy 97 % of the time hardly ever rests, and gains more than the pool above it', () => {
  const busier = [0.1, 0.2, 0.3, 0.97, 0.97];
  const seen = viewWith(busier.map((load) => ({ load })));
  const pool = poolWith([0.12, 0.25, 0.4, 2, 2]);
  const disk = { ...diskWith([1, 1.05, 1.1, 1.8, 1.8]), usage: busier, read: busier };
  const found = besideHold(pool, { view: seen, around: [pool, disk], components });
  expect(found?.isFull).toBe(true);
  expect(found?.share).toBeGreaterThan(0.9);
});
