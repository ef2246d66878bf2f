import { expect, test } from 'vitest';
import { evenTicks, loadAxis, shareAxis, wideAxis } from '../../src/report/axis.ts';

test.each([
  [0, 260, [0, 50, 100, 150, 200, 250]],
  [0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [0, 0.07, [0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07]],
  [940, 1000, [940, 950, 960, 970, 980, 990, 1000]],
  [5, 5, [5]],
])('ticks from %d to %d are round numbers', (min, max, ticks) => {
  expect(evenTicks(min, max, 5)).toEqual(ticks);
});

test('loads far from zero are not squeezed into a corner', () => {
  expect(loadAxis('load', [900, 1000], String)).toMatchObject({ min: 890, max: 1004.4 });
  expect(loadAxis('load', [60, 250], String).min).toBe(0);
});

test('an axis without values still has a length', () => {
  expect(loadAxis('load', [], String)).toMatchObject({ min: 0, max: 1 });
  expect(wideAxis('latency', [], String)).toMatchObject({ min: 0, max: 1, isLogarithmic: false });
});

test('what stays within a factor of 20 is drawn evenly, what goes beyond is not', () => {
  expect(wideAxis('latency', [0.01, 0.19], String).isLogarithmic).toBe(false);
  expect(wideAxis('latency', [0.01, 0.2], String).isLogarithmic).toBe(true);
});

test('the axis of shares ends above what went beyond its ceiling', () => {
  expect(shareAxis('share', [0.4], String).ticks).toEqual([0, 0.25, 0.5, 0.75, 1]);
  expect(shareAxis('share', [3], String)).toMatchObject({ max: 3.18, ticks: [0, 0.5, 1, 1.5, 2, 2.5, 3] });
});
