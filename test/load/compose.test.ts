import { expect, test } from 'vitest';
import { composer } from '../../src/load/compose.ts';
import { draw } from '../../src/load/draw.ts';
import type { RequestClass } from '../../src/model/script.ts';

const text = (words: string) => [{ kind: 'text', text: words }] as const;
const browse: RequestClass = {
  name: 'browse',
  weight: 8,
  method: 'GET',
  path: [...text('/items/'), { kind: 'random', low: 1, high: 3 }],
  headers: { accept: text('*/*') },
  body: undefined,
};
const buy: RequestClass = {
  ...browse,
  name: 'buy',
  weight: 2,
  method: 'POST',
  path: text('/orders'),
  body: text('{}'),
};

test('what is fixed is written as it stands', () => {
  expect(composer([buy])(1, 0)).toEqual({ method: 'POST', path: '/orders', headers: ['accept', '*/*'], body: '{}' });
});

test('weights 8 and 2: of 10 000 requests 8000 browse, give or take 4 standard deviations of 40', () => {
  const compose = composer([browse, buy]);
  const browsing = Array.from({ length: 10_000 }, (_, index) => compose(7, index)).filter(
    ({ method }) => method === 'GET',
  );
  expect(Math.abs(browsing.length - 8000)).toBeLessThan(160);
});

test('a random piece takes each of its values, both ends included', () => {
  const compose = composer([browse]);
  const paths = new Set(Array.from({ length: 200 }, (_, index) => compose(7, index).path));
  expect([...paths].sort()).toEqual(['/items/1', '/items/2', '/items/3']);
});

test('the same seed and index give the same request, whoever asks and when', () => {
  const [one, other] = [composer([browse, buy]), composer([browse, buy])];
  other(3, 99);
  expect(one(3, 17)).toEqual(other(3, 17));
});

test('draws of neighbours and of neighbouring lanes do not go together', () => {
  const pairs = Array.from(
    { length: 10_000 },
    (_, index) => [draw(1, index, 0), draw(1, index, 1), draw(1, index + 1, 0)] as const,
  );
  const together = (one: 0 | 1 | 2, other: 0 | 1 | 2) =>
    pairs.reduce((sum, pair) => sum + (pair[one] - 0.5) * (pair[other] - 0.5), 0) / pairs.length / (1 / 12);
  expect(together(0, 0)).toBeCloseTo(1, 1);
  expect(Math.abs(together(0, 1))).toBeLessThan(0.05); // 5 standard errors of 1/√10 000
  expect(Math.abs(together(0, 2))).toBeLessThan(0.05);
});
