import { expect, test } from 'vitest';
import { leafWaits } from '../../../src/analyse/holds/leaf-waits.ts';
import { caseWith, component, viewWith } from '../windows.ts';

const loads = [10, 20, 30, 40, 45];
const view = viewWith(loads.map((load) => ({ load })));
const components = [component('api', ['db']), component('db', [], 'machine'), component('machine')];
/** Each request is kept 40 ms, of which 20 ms at one processor. */
const kept = loads.map((load) => 0.04 * load);
const pool = (of: number, completions: readonly number[] = loads) =>
  caseWith({ usage: kept, of, completions }, { resource: 'pool', kind: 'pool', layer: 'hold', unit: 'connections' });
const cpu = (usage: readonly number[]) =>
  caseWith({ usage, of: 1, queue: loads.map(() => 0) }, { component: 'machine' });
const waits = (hold: ReturnType<typeof pool>, leaf: ReturnType<typeof cpu>) =>
  leafWaits({ view, around: [hold, leaf], components })(hold);
const used = loads.map((load) => 0.02 * load);

test('where many units are lent a request waits as at one server: at 90 % use 9 times what it takes, at 80 % four times', () => {
  const found = waits(pool(1000), cpu(used));
  expect(found[4]).toBeCloseTo(0.18, 2);
  expect(found[3]).toBeCloseTo(0.08, 2);
});

test('one unit never waits for another, and two wait no more than two can: 20 ms × half of the other', () => {
  for (const wait of waits(pool(1), cpu(used))) expect(wait).toBeCloseTo(0, 9);
  // of the closed network of two units, 20 ms at one server and 20 ms elsewhere: each finds the other there half of the time
  expect(waits(pool(2), cpu(used))[4]).toBeCloseTo(0.01, 9);
});

test('what costs more at the top than where load is low is kept longer by that', () => {
  const dear = used.map((usage, i) => (i === 4 ? 0.9 : usage / 2));
  const found = waits(pool(1), cpu(dear));
  expect(found[0]).toBeCloseTo(0, 9);
  // 10 ms where load is low, 0.9 ÷ 45 = 20 ms at the top
  expect(found[4]).toBeCloseTo(0.01, 3);
});
