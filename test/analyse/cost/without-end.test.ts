import { expect, test } from 'vitest';
import type { Cost } from '../../../src/analyse/cost/cost.ts';
import { leastWithoutEnd } from '../../../src/analyse/cost/without-end.ts';
import type { Case } from '../../../src/analyse/seen/cases.ts';
import type { Interval } from '../../../src/model/interval.ts';
import { caseWith } from '../windows.ts';

const loop = (usage: readonly number[], name = 'event-loop'): Case => caseWith({ usage, of: 1 }, { resource: name });
const ending = (rate: Interval): Cost => ({
  demand: undefined,
  capacity: { rate, provenance: 'extrapolated', extrapolation: 2 },
});
const least = (...given: readonly (readonly [Case, Interval | undefined])[]): number =>
  leastWithoutEnd(
    given.map(([one]) => one),
    new Map(given.map(([one, rate]) => [one, rate ? ending(rate) : { demand: undefined, capacity: undefined }])),
    { carried: 300, sustained: [true, true, true] },
  );

test('a loop that is 90 % used and shows no end is known to carry what was carried', () => {
  expect(least([loop([0.2, 0.5, 0.9]), undefined])).toBe(300);
});

test('or as far as its bound, where it has one', () => {
  expect(least([loop([0.2, 0.3, 0.4]), { kind: 'at-least', low: 500 }])).toBe(500);
});

test('with an end, hardly used, or used alike at any load it is no bound', () => {
  expect(least([loop([0.2, 0.5, 0.9]), { kind: 'interval', value: 400, low: 390, high: 420 }])).toBe(
    Number.POSITIVE_INFINITY,
  );
  expect(least([loop([0.05, 0.1, 0.2]), undefined])).toBe(Number.POSITIVE_INFINITY);
  expect(least([loop([0.6, 0.6, 0.62]), undefined])).toBe(Number.POSITIVE_INFINITY);
});

test('one instance with an end speaks for the others', () => {
  const end = { kind: 'interval', value: 400, low: 390, high: 420 } as const;
  expect(least([loop([0.2, 0.5, 0.9]), undefined], [loop([0.2, 0.5, 0.9]), end])).toBe(Number.POSITIVE_INFINITY);
  expect(least([loop([0.2, 0.5, 0.9]), end], [loop([0.2, 0.5, 0.9], 'other'), undefined])).toBe(300);
});

test('a heap that is collected ever more is no bound where it is known how far that goes', () => {
  const heap = caseWith(
    {
      usage: [0.2, 0.3, 0.4, 0.5],
      of: 1,
      queue: [0.01, 0.02, 0.1, 0.2],
      queueReads: '$ratio of the time in collections',
    },
    { resource: 'heap', kind: 'space', unit: 'bytes' },
  );
  const boundBy = (capacity: Cost['capacity']): number =>
    leastWithoutEnd([heap], new Map([[heap, { demand: undefined, capacity }]]), {
      carried: 300,
      sustained: [true, true, true, true],
    });
  expect(boundBy(undefined)).toBe(300);
  const rate = { kind: 'interval', value: 400, low: 390, high: 420 } as const;
  expect(boundBy({ rate, provenance: 'extrapolated', extrapolation: 1.3 })).toBe(Number.POSITIVE_INFINITY);
});
