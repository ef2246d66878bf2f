import { expect, test } from 'vitest';
import { withinBounds } from '../../src/compare/within-bounds.ts';
import type { Interval } from '../../src/model/interval.ts';
import { about } from '../report/fixtures/parts.ts';

const least = (low: number): Interval => ({ kind: 'at-least', low });

test('a bound that its repeats go beyond says nothing against them; one above all that they measured stays', () => {
  const measured = about(99, 95, 104);
  expect(withinBounds([least(50), measured, least(60)])).toEqual([measured]);
  expect(withinBounds([{ kind: 'at-most', high: 120 }, measured])).toEqual([measured]);
  expect(withinBounds([least(240), measured])).toEqual([least(240), measured]);
  expect(withinBounds([{ kind: 'at-most', high: 40 }, measured])).toEqual([{ kind: 'at-most', high: 40 }, measured]);
});

test('bounds alone stay', () => {
  expect(withinBounds([least(50), least(60)])).toEqual([least(50), least(60)]);
  expect(withinBounds([])).toEqual([]);
});
