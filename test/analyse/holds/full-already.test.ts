import { expect, test } from 'vitest';
import { fullAlready } from '../../../src/analyse/holds/full-already.ts';
import { caseWith, viewWith } from '../windows.ts';

const view = viewWith([{ load: 20 }, { load: 60 }, { load: 85 }, { load: 100 }]);
const kept = [true, true, true, true];
const poolWith = (usage: readonly number[], queue: readonly number[]) =>
  caseWith({ usage, of: 3, queue }, { resource: 'pool', kind: 'pool', layer: 'hold', unit: 'connections' });

test('a pool that is full at a load that is carried, and waited for, carries hardly more, whatever it was held at low load', () => {
  const found = fullAlready([poolWith([0, 1.5, 3, 3], [0, 0.4, 1.4, 3.3])], view, kept);
  expect(found?.rate).toEqual({ kind: 'interval', value: 100, low: 100, high: 110.00000000000001 });
});

test('full where nobody waits, or where the target no longer kept up, or one of two, tells of no end', () => {
  expect(fullAlready([poolWith([0, 1.5, 3, 3], [0, 0, 0, 0.2])], view, kept)).toBeUndefined();
  const full = poolWith([0, 1.5, 2.5, 3], [0, 0, 0, 5]);
  expect(fullAlready([full], view, [true, true, true, false])).toBeUndefined();
  expect(fullAlready([full, poolWith([0, 1, 2, 2], [0, 0, 0, 0])], view, kept)).toBeUndefined();
});
