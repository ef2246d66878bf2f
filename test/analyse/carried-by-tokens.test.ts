import { expect, test } from 'vitest';
import { carriedByTokens } from '../../src/analyse/carried-by-tokens.ts';

test('one unit that is held 3 s by a request that meets no other carries one every 3 s', () =>
  expect(carriedByTokens(1, 3, [{ residence: 1, service: 1 }])).toBeCloseTo(1 / 3, 12));

test('two units over 2 s of delay and 1 s at one server: of one a third waits there, so a second one stays 4/3 s: 2 ÷ (2 + 4/3) = 0.6/s', () =>
  expect(carriedByTokens(2, 3, [{ residence: 1, service: 1 }])).toBeCloseTo(0.6, 12));

test('half a unit lies halfway between', () =>
  expect(carriedByTokens(1.5, 3, [{ residence: 1, service: 1 }])).toBeCloseTo((1 / 3 + 0.6) / 2, 12));

test('with units enough it is what the server carries, and with none below it is size ÷ hold time', () => {
  expect(carriedByTokens(400, 3, [{ residence: 1, service: 1 }])).toBeCloseTo(1, 6);
  expect(carriedByTokens(20, 0.04, [])).toBeCloseTo(500, 9);
});
