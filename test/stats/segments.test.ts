import { expect, test } from 'vitest';
import { segments } from '../../src/stats/segments.ts';

test('a stretch of another mean is cut out where that pays for its cut, and one point that is known to vary so much is none', () => {
  expect(segments([1, 1, 1, 1, 9, 9, 9, 9], 2)).toEqual([0, 4]);
  // Two cuts would save 56 − 32; at 2 each they cost 2 · 6 · 4 · ln 8 = 100.
  expect(segments([1, 1, 1, 9, 1, 1, 1, 1], 2, 2)).toEqual([0]);
});

test('points that hardly differ show a rise of a hundredth as another level, unless they are known to vary by more than that', () => {
  const rising = [...Array<number>(10).fill(100), ...Array<number>(10).fill(101)];
  expect(segments(rising, 3)).toEqual([0, 10]);
  // One cut saves 20 · 0.5² = 5; at 1 each it costs 6 · ln 20 = 18, at 0.4 it costs 2.9.
  expect(segments(rising, 3, 1)).toEqual([0]);
  expect(segments(rising, 3, 0.4)).toEqual([0, 10]);
});
