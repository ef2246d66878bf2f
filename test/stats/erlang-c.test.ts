import { expect, test } from 'vitest';
import { erlangC } from '../../src/stats/erlang-c.ts';

test.each([
  [1, 0.8, 0.8],
  [2, 1.9, 0.92564],
  [4, 3.2, 0.59643],
  [8, 6.4, 0.45764],
  [16, 15.2, 0.78019],
  [4, 40 / 15, 0.37842],
  [2, 0.5, 0.1],
  [2, 1, 1 / 3],
  [2, 1.5, 0.642857],
  [2, 2, 1],
])(
  '%d servers under a load of %d let wait with probability %d (Gross & Harris; PDQ; LibReDE)',
  (servers, load, wait) => {
    expect(erlangC(servers, load)).toBeCloseTo(wait, 5);
  },
);

test('M/M/4 at 3.2: the mean wait C/(c − a) is 0.74554 service times', () => {
  expect(erlangC(4, 3.2) / (4 - 3.2)).toBeCloseTo(0.74554, 5);
});

test('an idle system lets nobody wait, an overloaded one everybody', () => {
  expect(erlangC(3, 0)).toBe(0);
  expect(erlangC(3, 7)).toBe(1);
});

test('half a server is none', () => {
  expect(() => erlangC(0.5, 0.1)).toThrow('the number of servers is whole and at least 1, not 0.5');
  expect(() => erlangC(1, -1)).toThrow('the offered load is 0 or more, not -1');
});
