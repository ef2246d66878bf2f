import { expect, test } from 'vitest';
import { levelled, through, varies } from '../../../src/analyse/seen/points.ts';
import { line } from '../../../src/stats/line.ts';

/** Three days at three loads; on the second day everything costs 1 more. */
const days = [0, 1, 2].flatMap((block) =>
  [10, 20, 30].map((x, level) => ({ x, y: 2 * x + (block === 1 ? 1 : 0), block, level })),
);

test('loads that lie within a quarter of each other tell no cost, nor do two', () => {
  expect(varies([100, 105, 110, 120])).toBe(false);
  expect(varies([100, 105, 110, 126])).toBe(true);
  expect(varies([100, 200, 200])).toBe(false);
});

test('of days each level is one point, the mean of its days; stretches stay as they are', () => {
  expect(levelled(days).map(({ x, y }) => [x, y])).toEqual([10, 20, 30].map((x) => [x, 2 * x + 1 / 3]));
  const stretches = [
    { x: 3, y: 1 },
    { x: 1, y: 2 },
  ];
  expect(levelled(stretches)).toBe(stretches);
});

test('a day that is dearer at every load leaves the slope sure and the height unsure', () => {
  const fitted = through(days, line);
  expect([fitted.slope, fitted.intercept]).toEqual([expect.closeTo(2, 9), expect.closeTo(1 / 3, 9)]);
  // The third day costs 0.01 more for each request as well: without the first, second, third day the height at the middle load of 20 is 0.6, 0.1, 0.5 above 2x.
  const tilted = days.map((point) => ({ ...point, y: point.y + (point.block === 2 ? 0.01 * point.x : 0) }));
  const unsure = through(tilted, line);
  expect(unsure.df).toBe(2);
  expect(unsure.residualSd / Math.sqrt(unsure.weight)).toBeCloseTo(Math.sqrt((2 / 3) * spread([0.6, 0.1, 0.5])), 6);
});

const spread = (values: readonly number[]): number => {
  const center = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - center) ** 2, 0);
};
