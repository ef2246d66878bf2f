import { expect, test } from 'vitest';
import { usableOf } from '../../../src/analyse/cost/usable.ts';

// Erlang B tables at 3 % loss: 1 server 0.0309, 10 servers 5.529, 100 servers 90.79 erlangs offered; 97 % of it is carried.
test.each([
  [1, 0.0309],
  [10, 5.529],
  [100, 90.79],
])('%s units lose three in a hundred where %s erlangs are offered', (units, offered) =>
  expect(usableOf(units)).toBeCloseTo((0.97 * offered) / units, 3),
);

test('of very many all can be used', () => expect(usableOf(5_000_000)).toBe(1));
