import { expect, test } from 'vitest';
import { headroomOf } from '../../../src/analyse/capacity/headroom.ts';
import { perSecond } from '../../../src/model/units.ts';

test('120/s of a capacity of 200/s leaves 40 %, a factor of 1.67 and 80/s', () => {
  const found = headroomOf({ kind: 'interval', value: 200, low: 160, high: 240 }, perSecond(120), 'expected');
  expect(found?.ratio).toMatchObject({
    value: expect.closeTo(0.4, 9),
    low: expect.closeTo(0.25, 9),
    high: expect.closeTo(0.5, 9),
  });
  expect(found?.multiplier).toMatchObject({ value: expect.closeTo(1.6667, 3) });
  expect(found?.spare).toMatchObject({ value: 80, low: 40, high: 120 });
});

test('what is over the limit has no headroom, not a negative one', () => {
  const found = headroomOf({ kind: 'interval', value: 100, low: 90, high: 110 }, perSecond(120), 'expected');
  expect(found?.ratio).toMatchObject({ value: 0, low: 0, high: 0 });
  expect(found?.spare).toMatchObject({ value: -20 });
});

test('a lower bound of the capacity gives a lower bound of the headroom', () => {
  expect(headroomOf({ kind: 'at-least', low: 300 }, perSecond(120), 'expected')?.ratio).toEqual({
    kind: 'at-least',
    low: 0.6,
  });
});

test('without a load there is nothing to state it against', () => {
  expect(headroomOf({ kind: 'at-least', low: 300 }, perSecond(0), 'current')).toBeUndefined();
});
