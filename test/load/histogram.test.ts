import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundsOf, dense, minus, noCounts, plus, quantile, record, sparse, totalOf } from '../../src/load/histogram.ts';
import { bucketCount, bucketOf, lowestIn, middleOf } from '../../src/model/buckets.ts';
import { quantileRange } from '../../src/stats/quantile-range.ts';

const of = (durations: readonly number[]) => {
  const counts = noCounts();
  for (const duration of durations) record(counts, duration);
  return counts;
};
const durations = fc.array(fc.double({ min: 1e-6, max: 120, noNaN: true }), { minLength: 1, maxLength: 300 });

test('a bucket is 1 µs wide at 100 µs, 4 µs at 1 ms and 4.096 ms at 1 s: 128 to each doubling', () => {
  const width = (duration: number) => (lowestIn(bucketOf(duration) + 1) - lowestIn(bucketOf(duration))) * 1e6;
  expect([0.0001, 0.001, 1].map((duration) => Math.round(width(duration)))).toEqual([1, 4, 4096]);
});

test('every bucket begins where the one before it ends, and holds its own middle', () => {
  for (let bucket = 0; bucket < bucketCount; bucket++) {
    expect(bucketOf(lowestIn(bucket))).toBe(bucket);
    expect(bucketOf(middleOf(bucket))).toBe(bucket);
  }
});

test('from 128 µs to 120 s the middle of a bucket is within 0.4 % of what was recorded', () => {
  fc.assert(
    fc.property(fc.double({ min: 128e-6, max: 120, noNaN: true }), (duration) => {
      expect(Math.abs(middleOf(bucketOf(duration)) / duration - 1)).toBeLessThan(0.004);
    }),
  );
});

test('what is longer than the longest counts as the longest', () => {
  expect(bucketOf(3600)).toBe(bucketCount - 1);
  expect(bucketOf(Number.POSITIVE_INFINITY)).toBe(bucketCount - 1);
});

test('of 1 to 1000 ms the median is 500 ms and the 99th percentile 990 ms', () => {
  const counts = of(Array.from({ length: 1000 }, (_, index) => (index + 1) / 1000));
  expect(Math.abs((quantile(counts, 0.5) ?? 0) / 0.5 - 1)).toBeLessThan(0.008);
  expect(Math.abs((quantile(counts, 0.99) ?? 0) / 0.99 - 1)).toBeLessThan(0.008);
});

test('a 99th percentile of 999 values is refused, of 1000 it is told', () => {
  expect(quantile(of(Array<number>(999).fill(0.01)), 0.99)).toBeUndefined();
  expect(quantile(of(Array<number>(1000).fill(0.01)), 0.99)).toBeCloseTo(0.01, 4);
});

test('of nothing there is no quantile, however few would do', () => {
  expect(quantile(noCounts(), 0.5, 0)).toBeUndefined();
});

test('to plain data and back nothing is lost', () => {
  fc.assert(
    fc.property(durations, (some) => {
      const counts = of(some);
      expect(dense(JSON.parse(JSON.stringify(sparse(counts))))).toEqual(counts);
    }),
  );
});

test('the histogram of two parts is that of the whole, and the whole without one part the other', () => {
  fc.assert(
    fc.property(durations, durations, (some, more) => {
      const whole = of([...some, ...more]);
      expect(plus(of(some), of(more))).toEqual(whole);
      expect(minus(whole, of(some))).toEqual(of(more));
      expect(totalOf(whole)).toBe(some.length + more.length);
    }),
  );
});

test('as bounds, a quantile of 10 000 durations lies within its bucket and those that chance allows, and the point is that of the histogram', () => {
  const counts = of(Array.from({ length: 10_000 }, (_, index) => (index + 1) / 10_000));
  const range = quantileRange(boundsOf(counts), 0.95);
  if (range?.kind !== 'interval') throw new Error('it should be known');
  expect(Math.abs(range.value / (quantile(counts, 0.95) ?? 0) - 1)).toBeLessThan(0.008);
  expect(range.low).toBeGreaterThan(0.93);
  expect(range.high).toBeLessThan(0.97);
});

test('a duration beyond the last bucket has no upper bound', () => {
  expect(boundsOf(of([3600])).at(-1)).toEqual({ upTo: Number.POSITIVE_INFINITY, count: 1 });
});
