import { expect, test } from 'vitest';
import { doneInOverload } from '../../../src/analyse/capacity/done-in-overload.ts';
import type { First } from '../../../src/analyse/roots/first.ts';
import type { Judged, Standing } from '../../../src/analyse/roots/judged.ts';
import { caseWith, viewWith } from '../windows.ts';

const view = viewWith([{ load: 10 }, { load: 15 }, { load: 20 }, { load: 40, goodput: 15 }, { load: 50, goodput: 5 }]);
const given = { view, overloaded: [false, false, false, true, true], plateau: 3 };
const isRoot: Standing = { kind: 'root', own: 1 };

const judged = (resource: string, completions: readonly number[] | undefined, standing: Standing = isRoot): Judged => ({
  one: caseWith({ usage: [0.4, 0.6, 0.8, 1, 1], of: 1, completions }, { resource, layer: 'hold', kind: 'pool' }),
  saturation: { full: [], starved: [], saturated: [], onset: 3 },
  standing,
});

const first = (one: Judged): First => ({ judged: one, share: 1 });

test('two transactions for each answer where load is low and 50 a second in overload are the work for 25, whatever becomes of them', () => {
  const pool = judged('pool', [20, 30, 40, 50, 50]);
  expect(doneInOverload([pool], first(pool), given)?.value).toBeCloseTo(25, 9);
});

test('what it does for others at any load is no work for answers: 6 a second beside two for each', () => {
  const pool = judged('pool', [26, 36, 46, 56, 56]);
  expect(doneInOverload([pool], first(pool), given)?.value).toBeCloseTo(25, 9);
});

test('of several instances what all of them complete', () => {
  const [a, b] = [judged('pool', [12, 17, 22, 26, 26]), judged('pool', [8, 13, 18, 24, 24])];
  expect(doneInOverload([a, b], first(a), given)?.value).toBeCloseTo(25, 9);
});

test('the less alike what an answer takes is, the less sure it is', () => {
  const [even, uneven] = [judged('pool', [20, 30, 40, 50, 50]), judged('pool', [20.5, 29.4, 40.2, 50, 50])];
  const width = (one: Judged): number => {
    const found = doneInOverload([one], first(one), given);
    return found ? (found.high - found.low) / found.value : Number.NaN;
  };
  expect(width(uneven)).toBeGreaterThan(1.5 * width(even));
});

test('what completes nothing that is counted is told by what waits for it, and of several the one that does least', () => {
  const cpu = judged('cpu', undefined);
  const waits: Standing = { kind: 'symptom', of: cpu.one };
  const all = [cpu, judged('pool', [10, 15, 20, 24, 24], waits), judged('outer', [10, 15, 20, 45, 45], waits)];
  expect(doneInOverload(all, first(cpu), given)?.value).toBeCloseTo(24, 9);
});

test('what fills only after goodput stopped following says nothing of why it did', () => {
  const pool = judged('pool', [20, 30, 40, 50, 50]);
  expect(doneInOverload([pool], first(pool), { ...given, plateau: 2 })).toBeUndefined();
});

test('nothing is counted: nothing is told; nor where only two windows before are known', () => {
  const cpu = judged('cpu', undefined);
  expect(doneInOverload([cpu], first(cpu), given)).toBeUndefined();
  expect(doneInOverload([], undefined, given)).toBeUndefined();
  const pool = judged('pool', [20, 30, 40, 50, 50]);
  expect(
    doneInOverload([pool], first(pool), { ...given, overloaded: [false, false, true, true, true] }),
  ).toBeUndefined();
});

const counted = (answered: readonly number[]) =>
  viewWith([
    { load: 10, answered: answered[0] },
    { load: 15, answered: answered[1] },
    { load: 20, answered: answered[2] },
    { load: 40, goodput: 15, answered: answered[3] },
    { load: 50, goodput: 5, answered: answered[4] },
  ]);

test('what the door answers as often as the pool behind it works is worked for once; twice as much work is requests that come again', () => {
  const pool = judged('pool', [10, 15, 20, 26, 26]);
  const once = doneInOverload([pool], first(pool), { ...given, view: counted([10, 15, 20, 26, 26]) });
  expect(once).toMatchObject({ value: expect.closeTo(26, 9), again: false });
  const again = doneInOverload([pool], first(pool), { ...given, view: counted([10, 15, 20, 13, 13]) });
  expect(again).toMatchObject({ value: expect.closeTo(13, 9), again: true });
  expect(doneInOverload([pool], first(pool), given)?.again).toBeUndefined();
});

test('where nothing is first it is told by the pools that something unseen keeps full', () => {
  const pool = judged('pool', [10, 15, 20, 24, 24], { kind: 'held', growth: 3 });
  expect(doneInOverload([pool], undefined, given)?.value).toBeCloseTo(24, 9);
});
