import fc from 'fast-check';
import { expect, test } from 'vitest';
import { increasePerSecond } from '../../src/align/measure.ts';
import { cumulative, joined, pushTimes } from '../../src/collect/pushed.ts';
import type { SampleSeries } from '../../src/model/signal.ts';

const series = (...samples: readonly (readonly [number, number])[]): SampleSeries => ({
  labels: { __name__: 'sent_total' },
  times: Float64Array.from(samples, ([time]) => time),
  values: Float64Array.from(samples, ([, value]) => value),
});
const one = (...all: readonly SampleSeries[]) => {
  const [made] = joined(all, pushTimes(all));
  return [...(made?.times ?? [])].map((time, index) => [time, made?.values[index]]);
};

test('a counter that begins in the middle was at nought before, and one that ended keeps its last value', () => {
  // The first step counts 20, the second 30 more.
  expect(one(series([1, 10], [2, 20]), series([3, 15], [4, 30]))).toEqual([
    [1, 10],
    [2, 20],
    [3, 35],
    [4, 50],
  ]);
});

test('steps that follow each other are one rate, where each alone would count for the whole window', () => {
  const steps = [series([1, 10], [2, 20]), series([3, 10], [4, 20])];
  const [made] = joined(steps, pushTimes(steps));
  // 10 a second all through: from 10 at 1 s to 40 at 4 s.
  expect(made && increasePerSecond(made, 0, 5)?.value).toBe(10);
});

test('what is pushed together counts together, at the time of the last', () => {
  expect(one(series([1, 1], [2, 2], [3, 3]), series([1.01, 5], [2.02, 6], [3.03, 7]))).toEqual([
    [1.01, 6],
    [2.02, 8],
    [3.03, 10],
  ]);
});

test('a fall is a new beginning from nought', () => {
  // 5, then another 3 of a program that began anew.
  expect(one(series([1, 2], [2, 5], [3, 3]))).toEqual([
    [1, 2],
    [2, 5],
    [3, 8],
  ]);
});

test('nothing pushed is nothing', () => {
  expect(joined([], pushTimes([]))).toEqual([]);
});

test('however counts are split over series, of which one is pushed every second, the sum is the same', () => {
  const counts = fc.array(fc.nat({ max: 20 }), { minLength: 3, maxLength: 12 });
  fc.assert(
    fc.property(counts, fc.array(fc.nat({ max: 2 }), { minLength: 12, maxLength: 12 }), (each, owner) => {
      const all = [0, 1, 2].map((who) => {
        let sum = 0;
        const own = each.flatMap((count, second) => {
          if (owner[second] !== who) return [];
          sum += count;
          return [[second + 1, sum] as const];
        });
        return series(...own);
      });
      const total = each.map((_, second) => each.slice(0, second + 1).reduce((sum, count) => sum + count, 0));
      const steady = series(...each.map((_, second) => [second + 1, 0] as const));
      const seen = one(steady, ...all.filter(({ times }) => times.length > 0));
      expect(seen.map(([, value]) => value)).toEqual(total);
    }),
    { seed: 5, numRuns: 100 },
  );
});

test('buckets that count alone are added up by their bounds, at the times of all; a bound in which nothing fell is there', () => {
  const alone = [
    { above: 1, le: Number.POSITIVE_INFINITY, series: series([2, 1]) },
    { above: 0, le: 0.1, series: series([1, 5], [2, 9]) },
    { above: 0.3, le: 0.5, series: series([1, 2], [3, 4]) },
  ];
  expect(cumulative(alone).map(({ le, series: { values } }) => [le, ...values])).toEqual([
    [0.1, 5, 9, 9],
    [0.3, 5, 9, 9],
    [0.5, 7, 11, 13],
    [1, 7, 11, 13],
    [Number.POSITIVE_INFINITY, 7, 12, 14],
  ]);
});
