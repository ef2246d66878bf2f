import { expect, test } from 'vitest';
import { amountOf, durationOf, rateOf, shareOf } from '../../src/config/quantity.ts';

test.each([
  ['300ms', 0.3],
  ['1m30s', 90],
  ['2h', 7200],
  ['1.5s', 1.5],
])('%s are %d seconds', (text, seconds) => {
  expect(durationOf(text)).toBeCloseTo(seconds, 12);
});

test('16 000 a minute are 266.7 a second', () => {
  expect(rateOf('16000/min')).toBeCloseTo(266.667, 3);
});

test('1% is a hundredth', () => {
  expect(shareOf('1%')).toBe(0.01);
});

test.each([
  ['2 cores', 'cores', 2],
  ['1 core', 'cores', 1],
  ['3000/s', 'operations/s', 3000],
  ['4 GiB', 'bytes', 4 * 2 ** 30],
  ['1 GB', 'bytes', 1e9],
  ['125 MB/s', 'bytes/s', 125e6],
  ['125000000/s', 'bytes/s', 125e6],
])('%s in %s', (text, unit, amount) => {
  expect(amountOf(text, unit)).toBe(amount);
});

test.each([
  ['2 cores', 'connections'],
  ['2', 'cores'],
  ['5 GiB', 'cores'],
  ['125 MB', 'bytes/s'],
])('%s is no amount in %s', (text, unit) => {
  expect(amountOf(text, unit)).toBeUndefined();
});
