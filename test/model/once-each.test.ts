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

test('a port or a pod is a name, of which there is no range: the first is told, and how many more', () => {
  expect(
    onceEach([
      '127.0.0.1:34461 began anew',
      '127.0.0.1:36249 began anew',
      'pod-1 is gone',
      'pod-2 is gone',
      'pod-7 is gone',
    ]),
  ).toEqual(['127.0.0.1:34461 began anew, and once more alike', 'pod-1 is gone, and 2 times more alike']);
  expect(onceEach(['it can send about 51.5/s (20 of 60).', 'it can send about 53.6/s (31 of 60).'])).toEqual([
    'it can send about 51.5–53.6/s (20–31 of 60).',
  ]);
});
