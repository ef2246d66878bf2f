import { expect, test } from 'vitest';
import { upperHalf } from '../../../src/analyse/seen/upper-half.ts';

const at = (...ys: readonly number[]) => ys.map((y, i) => ({ x: 10 * (i + 1), y }));

test('points that bend upwards go on from their upper half; those of a line, or that bend down, as they are', () => {
  expect(upperHalf(at(1, 2, 3, 4.5, 6.5, 9))?.map(({ x }) => x)).toEqual([40, 50, 60]);
  expect(upperHalf(at(1, 2, 3.01, 4, 5, 6.01))).toBeUndefined();
  expect(upperHalf(at(1, 3, 4.5, 5.5, 6.2, 6.5))).toBeUndefined();
});

test('a lower half that falls is no steeper one', () => {
  expect(upperHalf(at(1.1, 1.05, 1, 1.4, 2, 2.6))?.map(({ x }) => x)).toEqual([40, 50, 60]);
});

test('of days all readings of the upper levels are kept', () => {
  const days = [0, 1].flatMap((block) =>
    [1, 2, 3, 4.5, 6.5, 9].map((y, level) => ({ x: 10 * (level + 1), y: y + 0.01 * block, block, level })),
  );
  expect(upperHalf(days)).toHaveLength(6);
});
