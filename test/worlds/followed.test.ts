import { expect, test } from 'vitest';
import { erlangB } from '../../src/stats/erlang-b.ts';
import { followedUpTo } from './truth/followed.ts';

/** Climbs over these loads, of which such a share is lost. */
const climbOf = (loads: readonly number[], lost: (load: number) => number) =>
  loads.map((load) => {
    const good = load * (1 - lost(load));
    return { load, came: load, blocks: [good], good, looks: [] };
  });

test('of four that are lent at once or not at all 3 % are lost at 1.259 erlangs, and 97 % of those are carried', () => {
  const loads = Array.from({ length: 12 }, (_, i) => 0.9 * 1.06 ** i);
  expect(followedUpTo([climbOf(loads, (load) => erlangB(4, load))])).toBeCloseTo(0.97 * 1.259, 1);
});

test('what loses nothing until it is full is found between two levels', () => {
  const found = followedUpTo([climbOf([80, 90, 100, 110], (load) => Math.max(0, 1 - 95 / load))]);
  // 0 % at 90 and 5 % at 100: 3 % at 96
  expect(found).toBeCloseTo(0.97 * 96, 6);
});

test('where all levels follow, or none, nothing is told', () => {
  expect(followedUpTo([climbOf([80, 90], () => 0)])).toBeUndefined();
  expect(followedUpTo([climbOf([80, 90], () => 0.5)])).toBeUndefined();
});
