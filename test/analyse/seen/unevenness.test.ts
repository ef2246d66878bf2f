import { expect, test } from 'vitest';
import { evenly, unevennessOf } from '../../../src/analyse/seen/unevenness.ts';

const fill = (value: number, error: number) => ({ value, error });

test('60 and 40 % full, known to 1 point: the variance between is 0.02, by chance 0.0001, so the fuller one is 1 + 0.995 · 0.1 ÷ 0.5 times the mean', () => {
  // 3 % of all fail when that one, with 0.5995 of the load, is offered 0.5995 ÷ 0.5695 of what it carries, and 97 % of that are answered; even ones would carry 1.199 times as much: in the middle
  const { factor, error } = unevennessOf([fill(0.6, 0.01), fill(0.4, 0.01)], 12);
  const beyond = ((0.97 * 0.5995) / 0.5695 + 1.199) / 2;
  expect(factor).toBeCloseTo(1.199 / beyond, 9);
  // by chance √(0.995 · 0.0001) ÷ 0.5, and as far back as where the fullest is full
  expect(error).toBeCloseTo(Math.hypot(0.01995, (factor * (beyond - 1)) / 1.96), 5);
});

test('one of half the size of two others, with as much of the work as each, is full at 0.6 of what all together could do', () => {
  // at that load 1.667 and twice 0.833 times as full as all of them; a third of the work goes there: 3 % of all fail at 0.333 ÷ 0.303 of what it carries, and all carry at best a fifth more than what is answered then
  const sizes = [fill(5 / 3, 1e-6), fill(5 / 6, 1e-6), fill(5 / 6, 1e-6)].map((one, i) => ({
    ...one,
    size: i === 0 ? 2 : 4,
  }));
  const followed = 0.97 / 3 / (1 / 3 - 0.03);
  expect(unevennessOf(sizes, 30).factor).toBeCloseTo(5 / 3 / ((followed + 1.2 * followed) / 2), 6);
});

test('of four of which one has a twentieth more than the mean no more fails when that is full than a little: all end as even ones would', () =>
  expect(
    unevennessOf([fill(0.525, 1e-6), fill(0.49, 1e-6), fill(0.49, 1e-6), fill(0.495, 1e-6)], 30).factor,
  ).toBeCloseTo(1, 9));

test('what chance explains is no unevenness, though one is fullest always', () =>
  expect(unevennessOf([fill(0.51, 0.01), fill(0.49, 0.01), fill(0.505, 0.01)], 18)).toEqual(evenly));

test('one instance, or none that can be told apart, is even', () => {
  expect(unevennessOf([fill(0.5, 0.01)], 6)).toEqual(evenly);
  expect(unevennessOf([], 6)).toEqual(evenly);
});

test('instances that are exactly alike are even, though nothing is known to be chance', () =>
  expect(unevennessOf([fill(0.5, 0), fill(0.5, 0)], 6)).toEqual(evenly));
