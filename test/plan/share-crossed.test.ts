import { expect, test } from 'vitest';
import { shareCrossed } from '../../src/plan/share-crossed.ts';

test('Wilson: 30 of 1000 has a 95 % interval that begins at 2.11 %', () => {
  expect(shareCrossed(30, 1000, 0.021)).toBe('yes');
  expect(shareCrossed(30, 1000, 0.0212)).toBe('unsure');
});

test('and one that ends at 4.25 %: only what allows that much is surely not crossed', () => {
  expect(shareCrossed(30, 1000, 0.0426)).toBe('no');
  expect(shareCrossed(30, 1000, 0.0425)).toBe('unsure');
});

test('a hundred answers cannot show that fewer than 1 % are slow: none of them is the best they can do', () => {
  expect(shareCrossed(0, 100, 0.01)).toBe('no');
  expect(shareCrossed(1, 100, 0.01)).toBe('unsure');
});

test('nothing out of nothing crosses nothing', () => {
  expect(shareCrossed(0, 0, 0.01)).toBe('no');
});
