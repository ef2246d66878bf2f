import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seeded } from '../../src/model/random.ts';
import { twoSegment } from '../../src/stats/two-segment.ts';
import { normalDraws } from '../support/normal-draws.ts';

test('flat until 3, then one for one: knee 3, slope 0, bend 1', () => {
  expect(twoSegment([1, 2, 3, 4, 5, 6], [0, 0, 0, 1, 2, 3])).toMatchObject({
    intercept: expect.closeTo(0, 10),
    slope: expect.closeTo(0, 10),
    bend: expect.closeTo(1, 10),
    knee: { kind: 'interval', value: 3, low: 3, high: 3 },
  });
});

test('a knee between two points is found between them: 2x, from 4.5 on 5x', () => {
  const x = [1, 2, 3, 4, 5, 6, 7, 8];
  const found = twoSegment(
    x,
    x.map((at) => 2 * at + 3 * Math.max(0, at - 4.5)),
  );
  expect(found?.knee.value).toBeCloseTo(4.5, 10);
  expect(found?.slope).toBeCloseTo(2, 8);
  expect(found?.bend).toBeCloseTo(3, 8);
  expect(found?.margin).toBeGreaterThan(6);
});

test('a noisy straight line earns no margin for a knee', () => {
  const x = [1, 2, 3, 4, 5, 6, 7, 8];
  expect(twoSegment(x, [1.1, 1.8, 3.2, 3.9, 5.1, 5.9, 7.2, 7.8])?.margin).toBeLessThan(6);
});

test('a bend that begins at the last point but one is open upwards', () => {
  const found = twoSegment([1, 2, 3, 4, 5, 6, 7, 8], [0.1, -0.1, 0.1, -0.1, 0.1, -0.1, 0.1, 5]);
  expect(found?.knee.value).toBeGreaterThan(6.9);
  expect(found?.knee.high).toBe(8);
});

test('too few points, or values that never change, do not tell', () => {
  expect(twoSegment([1, 2, 3, 4, 5], [0, 0, 0, 1, 2])).toBeUndefined();
  expect(twoSegment([1, 1, 2, 2, 3, 3], [0, 0, 0, 1, 2, 3])).toBeUndefined();
  expect(twoSegment([1, 2, 3, 4, 5, 6], [4, 4, 4, 4, 4, 4])).toBeUndefined();
});

test('the knee moves with x and does not depend on the unit of y', () => {
  const heights = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 });
  const x = [1, 2, 3, 4, 5, 6, 7, 8];
  fc.assert(
    fc.property(heights, (noise) => {
      const y = x.map((at, i) => Math.max(0, at - 4) * 10 + (noise[i] ?? 0));
      const one = twoSegment(x, y);
      const other = twoSegment(
        x.map((at) => at * 100 + 50),
        y.map((height) => height * 7),
      );
      expect(other?.knee.value).toBeCloseTo((one?.knee.value ?? 0) * 100 + 50, 6);
      expect(other?.margin).toBeCloseTo(one?.margin ?? 0, 6);
    }),
    { seed: 1 },
  );
});

test('the interval holds the true knee in at least 90 of 100 cases (500 replications, seed 3)', () => {
  const normal = normalDraws(seeded(3));
  const x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  const held = Array.from({ length: 500 }, () => {
    const found = twoSegment(
      x,
      x.map((at) => at + 3 * Math.max(0, at - 5.6) + 0.5 * normal()),
    );
    return found !== undefined && found.knee.low <= 5.6 && 5.6 <= found.knee.high;
  }).filter(Boolean).length;
  expect(held / 500).toBeGreaterThan(0.9);
});
