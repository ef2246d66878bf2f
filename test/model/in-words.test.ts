import { expect, test } from 'vitest';
import { placesInWords } from '../../src/model/in-words.ts';

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
