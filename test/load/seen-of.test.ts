import { expect, test } from 'vitest';
import { seenOf } from '../../src/load/seen-of.ts';
import { snapshotOf, tallyOf } from '../../src/load/tally.ts';
import { seconds } from '../../src/model/units.ts';

const cut = (from: number, to: number) => ({ from: seconds(from), to: seconds(to) });
const copies = [0, 1, 2, 3].map(() => snapshotOf([tallyOf(1)]));
const [before, first, second, after] = copies;
if (!before || !first || !second || !after) throw new Error('there are four copies');

test('a window is what lies between its own copies, also where one was made a little early and the other late', () => {
  const between = new Map([
    [10, { at: 109.999, snapshot: first }],
    [20, { at: 120.04, snapshot: second }],
  ]);
  const counted = { start: 100, until: 130, before, between, after };
  expect(seenOf(cut(10, 20), counted)).toEqual({ from: 109.999, to: 120.04, before: first, after: second });
  expect(seenOf(cut(20, 30), counted)).toMatchObject({ from: 120.04, to: 130, before: second, after });
});

test('the only window of a step has all that was counted of it, whenever it ended', () => {
  const counted = { start: 100, until: 113, before, between: new Map(), after };
  expect(seenOf(cut(3, 13), counted)).toEqual({ from: 103, to: 113, before, after });
});

test('a window that was cut short ends where the step did, and one that never began is nothing', () => {
  const counted = { start: 100, until: 105, before, between: new Map(), after };
  expect(seenOf(cut(3, 13), counted)).toMatchObject({ from: 103, to: 105 });
  expect(seenOf(cut(8, 13), counted)).toMatchObject({ from: 108, to: 108 });
});
