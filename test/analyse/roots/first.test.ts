import { expect, test } from 'vitest';
import { firstOf } from '../../../src/analyse/roots/first.ts';
import type { Judged } from '../../../src/analyse/roots/judged.ts';
import { caseWith, viewWith } from '../windows.ts';

const view = viewWith([{ load: 10 }, { load: 20 }, { load: 30 }, { load: 40 }]);

const root = (at: string, usage: readonly number[], onset: number): Judged => ({
  one: { ...caseWith({ usage, of: 1 }), at: { instance: at } },
  saturation: { full: [], starved: [], saturated: [], onset },
  standing: { kind: 'root', own: 1 },
});

test('of the instances of one resource that stands for it which saturates first, though another is fuller in the end', () => {
  const found = firstOf([root('a', [0.2, 0.5, 0.9, 1], 3), root('b', [0.3, 0.6, 0.97, 0.98], 2)], view);
  expect(found.map(({ judged }) => judged.one.at)).toEqual([{ instance: 'b' }]);
});

test('of those that saturate at one load the fullest', () => {
  const found = firstOf([root('a', [0.2, 0.5, 0.96, 0.97], 2), root('b', [0.3, 0.6, 0.97, 1], 2)], view);
  expect(found.map(({ judged }) => judged.one.at)).toEqual([{ instance: 'b' }]);
});

test('a hold that something unseen keeps stands beside what is full, however much its own size would carry', () => {
  const pool: Judged = {
    one: caseWith({ usage: [1, 2, 3, 30], of: 30 }, { resource: 'pool', kind: 'pool', layer: 'hold' }),
    saturation: { full: [], starved: [], saturated: [], onset: 3 },
    standing: { kind: 'held', growth: 3 },
  };
  const [cpu] = firstOf([root('a', [0.25, 0.5, 0.75, 1], 3), pool], view);
  expect(cpu?.share).toBe(0.5);
});
