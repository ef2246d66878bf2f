import { expect, test } from 'vitest';
import { onceEach } from '../../src/model/once-each.ts';

test('what differs only in its numbers and their units is told once, and counted', () => {
  expect(
    onceEach([
      'requests were sent up to 280 ms late',
      'a worker waited for a core 18 % of the time',
      'requests were sent up to 1.2 s late',
      'a worker waited for a core 14.2 % of the time',
      'requests were sent up to 15 ms late',
    ]),
  ).toEqual([
    'requests were sent up to 280 ms late, and 2 times more alike',
    'a worker waited for a core 18 % of the time, and once more alike',
  ]);
});

test('the very same text is not counted, and other words are another text', () => {
  expect(onceEach(['3 pods', '3 pods', '3 nodes', '5 s of 60', '5 seals of 60'])).toEqual([
    '3 pods',
    '3 nodes',
    '5 s of 60',
    '5 seals of 60',
  ]);
});
