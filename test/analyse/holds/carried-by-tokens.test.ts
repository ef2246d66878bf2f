import { expect, test } from 'vitest';
import { carriedByTokens } from '../../../src/analyse/holds/carried-by-tokens.ts';

test('one unit that is held 3 s by a request that meets no other carries one every 3 s', () =>
  expect(carriedByTokens(1, 3, [{ residence: 1, servers: 1 }])).toBeCloseTo(1 / 3, 12));

test('two units over 2 s of delay and 1 s at one server: of one a third waits there, so a second one stays 4/3 s: 2 ÷ (2 + 4/3) = 0.6/s', () =>
  expect(carriedByTokens(2, 3, [{ residence: 1, servers: 1 }])).toBeCloseTo(0.6, 12));

test('half a unit lies halfway between', () =>
  expect(carriedByTokens(1.5, 3, [{ residence: 1, servers: 1 }])).toBeCloseTo((1 / 3 + 0.6) / 2, 12));

test('with units enough it is what the server carries, and with none below it is size ÷ hold time', () => {
  expect(carriedByTokens(400, 3, [{ residence: 1, servers: 1 }])).toBeCloseTo(1, 6);
  expect(carriedByTokens(20, 0.04, [])).toBeCloseTo(500, 9);
});

test('two servers of 1 s and 1 s of delay: three units are there as 1/6, 1/2, 1/2, 1/4 for none to all of them, two as 1/2, 1, 1/2: 2 ÷ (17/12) = 24/17 a second', () =>
  expect(carriedByTokens(3, 2, [{ residence: 1, servers: 2 }])).toBeCloseTo(24 / 17, 12));

test('as many servers as units delay nobody', () =>
  expect(carriedByTokens(4, 2, [{ residence: 1, servers: 4 }])).toBeCloseTo(2, 12));

test('a thousand times as many of both carry about as much each: more than 1000 of one in 1000, less than without any waiting', () => {
  const one = carriedByTokens(10, 2, [{ residence: 1, servers: 6 }]);
  const many = carriedByTokens(10_000, 2, [{ residence: 1, servers: 6000 }]) / 1000;
  expect(many).toBeGreaterThan(one);
  expect(many).toBeLessThanOrEqual(5);
});

test('thousands of units for one server carry what it carries', () =>
  expect(carriedByTokens(5000, 3, [{ residence: 1, servers: 1 }])).toBeCloseTo(1, 6));
