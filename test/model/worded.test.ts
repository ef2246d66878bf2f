import { expect, test } from 'vitest';
import { worded } from '../../src/model/in-words.ts';

test.each([
  [0.004, '$seconds an operation', '4 ms an operation'],
  [0.25, '$ratio of the time stalled', '25 % of the time stalled'],
  [0.25, '$number evictions a look-up', '0.25 evictions a look-up'],
  [2 ** 30, '$bytes behind', '1 GiB behind'],
])('%d reads as told by %s', (value, reads, said) => {
  expect(worded(value, reads)).toBe(said);
});
