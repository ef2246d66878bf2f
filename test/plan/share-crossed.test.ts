import { expect, test } from 'vitest';
import { shareCrossed } from '../../src/plan/share-crossed.ts';

test('Wilson: 30 of 1000 has a 95 % interval that begins at 2.11 %', () => {
  expect(shareCrossed(30, 1000, 0.021)).toBe('yes');
  expect(shareCrossed(30, 1000, 0.0212)).toBe('unsure');
});

test('what is allowed is not crossed', () => {
  expect(shareCrossed(10, 1000, 0.01)).toBe('no');
});

test('nothing out of nothing crosses nothing', () => {
  expect(shareCrossed(0, 0, 0.01)).toBe('no');
});
