import { expect, test } from 'vitest';
import { ratioInterval } from '../../src/stats/ratio-interval.ts';

test('y = 2, 4, 9 at x = 1, 2, 3: 15 ÷ 6 = 2.5; residuals −.5, −1, 1.5 make √(3.5 ÷ 6) ÷ 2 = .3819, and t(2) = 4.3027', () => {
  const reach = (4.302652729749462 * Math.sqrt(3.5 / 6)) / 2;
  expect(
    ratioInterval([
      { x: 1, y: 2 },
      { x: 2, y: 4 },
      { x: 3, y: 9 },
    ]),
  ).toEqual({
    kind: 'interval',
    value: 2.5,
    low: expect.closeTo(2.5 - reach, 10),
    high: expect.closeTo(2.5 + reach, 10),
  });
});

test('where every x is 1 it is the mean with its usual interval: 9, 10, 11', () => {
  const found = ratioInterval([9, 10, 11].map((y) => ({ x: 1, y })));
  expect(found).toMatchObject({ value: 10, high: expect.closeTo(10 + 4.302652729749462 / Math.sqrt(3), 10) });
});

test('one pair, or nothing that y could belong to, has no ratio', () => {
  expect(ratioInterval([{ x: 1, y: 2 }])).toBeUndefined();
  expect(
    ratioInterval([
      { x: 0, y: 2 },
      { x: 0, y: 3 },
    ]),
  ).toBeUndefined();
});
