import { expect, test } from 'vitest';
import { seenBelow } from '../../../src/analyse/holds/residence.ts';
import { caseWith, component, viewWith } from '../windows.ts';

const view = viewWith([100, 100, 100, 100].map((load) => ({ load })));
const windows = { from: 2, before: 4 };
const components = [component('api', ['db']), component('db')];
const pool = caseWith({ usage: [1, 1, 3, 3], of: 3 }, { kind: 'pool', layer: 'hold', resource: 'pool' });
const cpu = caseWith({ usage: [0.1, 0.1, 0.2, 0.2], of: 1 });
const below = (usage: readonly number[]) =>
  caseWith({ usage, of: 50 }, { component: 'db', kind: 'pool', layer: 'hold', resource: 'sessions' });
const open = caseWith(
  { usage: [20, 20, 20, 20], of: 50 },
  { component: 'db', kind: 'pool', layer: 'hold', resource: 'connections' },
);
const share = (...cases: readonly ReturnType<typeof caseWith>[]) =>
  seenBelow(pool, windows, { cases, components, view })?.share;

test('20 ms longer here and 20 ms longer below: all of it comes from there', () => {
  expect(share(pool, cpu, below([1, 1, 3, 3]), open)).toBeCloseTo(1, 9);
});

test('10 ms here, and 20 ms more below: that alone lengthens it three times', () => {
  const cases = [pool, cpu, below([1, 1, 3, 3]), open];
  expect(seenBelow(pool, windows, { cases, components, view })?.factor).toBeCloseTo(3, 9);
});

test('no longer below: none of it', () => expect(share(pool, cpu, below([1, 1, 1, 1]), open)).toBeCloseTo(0, 9));

test('where its own CPU is not seen, or is busy, or nothing is seen below, nothing is told', () => {
  expect(share(pool, below([1, 1, 3, 3]))).toBeUndefined();
  expect(share(pool, caseWith({ usage: [0.1, 0.1, 0.9, 0.9], of: 1 }), below([1, 1, 3, 3]))).toBeUndefined();
  expect(share(pool, cpu)).toBeUndefined();
});
