import { expect, test } from 'vitest';
import { levelOf } from '../../src/load/level.ts';

test('a level of 3 for 4 s and 5 for 4 s is 4 in the mean; the best line through the step rises 12·(M − A·T/2)/T³ = 0.375 a second', () => {
  const level = levelOf(8);
  level.set(0, 3);
  level.set(4, 5);
  level.set(8, 5);
  // A = 32, M = 3·16/2 + 5·(64 − 16)/2 = 144, 12·(144 − 128)/512 = 0.375
  expect(level.read()).toMatchObject({ mean: 4, growth: 0.375 });
});

test('a level that rises by one each second grows by one a second', () => {
  const level = levelOf(100);
  for (let time = 0; time <= 100; time += 0.01) level.set(time, time);
  expect(level.read()?.growth).toBeCloseTo(1, 3);
});

test('before any time has passed there is nothing to read', () => {
  expect(levelOf(1).read()).toBeUndefined();
});

test('ten parts of which five are 3 and five are 5 have a mean that is known to √(10 ÷ 9 ÷ 10) = 1/3', () => {
  const level = levelOf(8);
  level.set(0, 3);
  level.set(4, 5);
  level.set(8, 5);
  expect(level.read()?.error).toBeCloseTo(1 / 3, 12);
});
