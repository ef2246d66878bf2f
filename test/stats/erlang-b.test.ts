import { expect, test } from 'vitest';
import { erlangB, erlangBLoad } from '../../src/stats/erlang-b.ts';

test('by hand: 1/(1 + 1) of the calls of one erlang find one line taken, and a fifth of them two lines', () => {
  expect(erlangB(1, 1)).toBeCloseTo(0.5, 12);
  expect(erlangB(2, 1)).toBeCloseTo(0.2, 12);
});

test('as the published tables say: 10 lines lose 1 % of 4.461 erlangs, 20 lines 5 % of 15.249', () => {
  expect(erlangB(10, 4.461)).toBeCloseTo(0.01, 4);
  expect(erlangB(20, 15.249)).toBeCloseTo(0.05, 4);
});

test('nothing is lost of nothing, and no part of a server turns anybody away', () => {
  expect(erlangB(3, 0)).toBe(0);
  expect(() => erlangB(0, 1)).toThrow('the number of servers is whole and at least 1, not 0');
  expect(() => erlangB(2, -1)).toThrow('the offered load is 0 or more, not -1');
});

test('the load that loses a share is the inverse: 10 lines lose 3 % of 5.529 erlangs, and none of nothing', () => {
  expect(erlangBLoad(10, 0.03)).toBeCloseTo(5.529, 3);
  for (const [servers, load] of [
    [1, 0.5],
    [7, 9],
    [200, 180],
  ] as const)
    expect(erlangBLoad(servers, erlangB(servers, load))).toBeCloseTo(load, 6);
  expect(erlangBLoad(3, 0)).toBeCloseTo(0, 9);
});
