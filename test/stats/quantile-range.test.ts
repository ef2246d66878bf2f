import { expect, test } from 'vitest';
import { quantileRange } from '../../src/stats/quantile-range.ts';

const bounds = (pairs: readonly (readonly [number, number])[]) => pairs.map(([upTo, count]) => ({ upTo, count }));
const none = Number.POSITIVE_INFINITY;

test('p99 of 1 000 000 answers lies between the two bounds of its bucket; the point is linear, as histogram_quantile has it', () => {
  const seen = bounds([
    [0.1, 980_000],
    [0.25, 985_000],
    [0.5, 999_000],
    [none, 1_000_000],
  ]);
  expect(quantileRange(seen, 0.99)).toEqual({
    kind: 'interval',
    value: expect.closeTo(0.25 + (0.25 * 5) / 14, 12),
    low: 0.25,
    high: 0.5,
  });
});

test('with 2 % beyond the last bound the p99 is at least that, and the p95 is still known', () => {
  const seen = bounds([
    [0.1, 900_000],
    [1, 980_000],
    [none, 1_000_000],
  ]);
  expect(quantileRange(seen, 0.99)).toEqual({ kind: 'at-least', low: 1 });
  expect(quantileRange(seen, 0.95)).toMatchObject({ kind: 'interval', low: 0.1, high: 1 });
});

/** 0.99 ± 1.96 √(0.0099/1000) = 0.9838 to 0.9962: ranks 984 and 996 of 1000. */
test('with few answers chance may have put it into the bucket beside', () => {
  const seen = bounds([
    [0.1, 985],
    [0.2, 995],
    [0.4, 1000],
    [none, 1000],
  ]);
  expect(quantileRange(seen, 0.99)).toMatchObject({ kind: 'interval', low: 0, high: 0.4 });
  const more = seen.map(({ upTo, count }) => ({ upTo, count: 1000 * count }));
  expect(quantileRange(more, 0.99)).toMatchObject({ kind: 'interval', low: 0.1, high: 0.2 });
});

test('of a hundred answers no p99 has an upper end, and of none there is nothing', () => {
  expect(quantileRange(bounds([[0.1, 100]]), 0.99)).toEqual({ kind: 'at-least', low: 0 });
  expect(quantileRange(bounds([[0.1, 0]]), 0.5)).toBeUndefined();
  expect(quantileRange([], 0.5)).toBeUndefined();
});
