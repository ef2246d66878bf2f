import { expect, test } from 'vitest';
import { nearest, suggestion } from '../../src/config/nearest.ts';

test.each([
  ['rat', 'rate'],
  ['mian', 'main'],
  ['prometeus', 'prometheus'],
])('"%s" was meant to be "%s"', (written, meant) => {
  expect(nearest(written, ['rate', 'main', 'prometheus', 'x'])).toBe(meant);
});

test('a word that is far from all is answered with what there is', () => {
  expect(nearest('zebra', ['rate', 'requests'])).toBeUndefined();
  expect(suggestion('zebra', ['requests', 'rate'])).toBe('known are rate, requests');
});
