import { expect, test } from 'vitest';
import { amount, beside, placesInWords } from '../../src/model/in-words.ts';

test.each([
  [[0], '1'],
  [[0, 1], '1 and 2'],
  [[0, 1, 2], '1 to 3'],
  [[0, 2, 4], '1, 3 and 5'],
  [[0, 1, 2, 6], '1 to 3 and 7'],
  [[], ''],
])('%j is told as "%s"', (places, words) => {
  expect(placesInWords(places)).toBe(words);
});

test.each([
  [4_944_384, '4.94 MB/s'],
  [1_250_000_000, '1.25 GB/s'],
  [1000, '1 kB/s'],
  [0, '0 B/s'],
])('%d bytes a second are told as "%s", as networks and disks are rated', (value, words) => {
  expect(amount(value, 'bytes/s')).toBe(words);
});

test('an amount beside another of its unit names the unit only where the two may be told in different ones', () => {
  expect(beside(2, 'cores')).toBe('2');
  expect(beside(512 * 1024, 'bytes')).toBe('512 KiB');
  expect(beside(4_944_384, 'bytes/s')).toBe('4.94 MB/s');
});
