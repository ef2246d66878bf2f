import { expect, test } from 'vitest';
import { onceEach } from '../../src/model/once-each.ts';

test('what differs only in its numbers and their units is told once, with the range they had', () => {
  expect(
    onceEach([
      'requests were sent up to 280 ms late',
      'a worker waited for a core 18 % of the time',
      'requests were sent up to 1.2 s late',
      'a worker waited for a core 14.2 % of the time',
      'requests were sent up to 15 ms late',
    ]),
  ).toEqual(['requests were sent up to 15 ms–1.2 s late', 'a worker waited for a core 14.2–18 % of the time']);
});

test('the very same text is told as it is, and other words are another text', () => {
  expect(onceEach(['3 pods', '3 pods', '3 nodes', '5 s of 60', '5 seals of 60'])).toEqual([
    '3 pods',
    '3 nodes',
    '5 s of 60',
    '5 seals of 60',
  ]);
});
