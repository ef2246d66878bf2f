import { expect, test } from 'vitest';
import { ringOf } from '../../src/load/ring.ts';

test('first in, first out, round and round', () => {
  const ring = ringOf<number>(3);
  const out: (number | undefined)[] = [];
  for (let turn = 0; turn < 10; turn++) {
    ring.push(turn);
    ring.push(turn + 100);
    out.push(ring.shift(), ring.shift());
  }
  expect(out).toEqual(Array.from({ length: 10 }, (_, turn) => [turn, turn + 100]).flat());
});

test('a full ring takes nothing more, an empty one gives nothing', () => {
  const ring = ringOf<number>(1);
  expect([ring.shift(), ring.peek(), ring.push(7), ring.push(8), ring.size(), ring.peek(), ring.shift()]).toEqual([
    undefined,
    undefined,
    true,
    false,
    1,
    7,
    7,
  ]);
});
