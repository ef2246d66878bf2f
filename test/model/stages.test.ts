import fc from 'fast-check';
import { expect, test } from 'vitest';
import { areaOf, lengthOf, levelAt, timeOf } from '../../src/model/stages.ts';
import { seconds } from '../../src/model/units.ts';

const stage = (lasts: number, from: number, to: number) => ({ lasts: seconds(lasts), from, to });

test('60 s from 0 to 100/s are 3000 arrivals, a quarter of them in the first half', () => {
  const ramp = [stage(60, 0, 100)];
  expect(areaOf(ramp)).toBe(3000);
  expect(timeOf(ramp, 750)).toBe(30);
  expect(timeOf(ramp, 3000)).toBe(Number.POSITIVE_INFINITY);
  expect(levelAt(ramp, 30)).toBe(50);
});

test('a jump counts as what comes after it, and after the end the level is what it ended at', () => {
  const spike = [stage(10, 5, 5), stage(10, 50, 50)];
  expect([9.9, 10, 19.9, 25].map((time) => levelAt(spike, time))).toEqual([5, 50, 50, 50]);
  expect([10, 49, 50, 100].map((area) => timeOf(spike, area))).toEqual([2, 9.8, 10, 11]);
});

test('a stage without load is passed over', () => {
  expect(timeOf([stage(1, 10, 10), stage(5, 0, 0), stage(1, 10, 10)], 15)).toBe(6.5);
});

test('the time of an area is the inverse of the area up to a time, on any way', () => {
  const level = fc.double({ min: 0, max: 1000, noNaN: true });
  const stages = fc.array(
    fc.record({ lasts: fc.double({ min: 0.1, max: 100, noNaN: true }), from: level, to: level }),
    { minLength: 1, maxLength: 5 },
  );
  fc.assert(
    fc.property(stages, fc.double({ min: 0, max: 0.999, noNaN: true }), (drawn, share) => {
      const way = drawn.map(({ lasts, from, to }) => stage(lasts, from, to));
      const area = share * areaOf(way);
      fc.pre(area > 1e-6);
      const time = timeOf(way, area);
      expect(time).toBeLessThanOrEqual(lengthOf(way) * (1 + 1e-9));
      const upTo = areaOf(cut(way, time));
      expect(Math.abs(upTo - area)).toBeLessThan(1e-6 * Math.max(1, area));
    }),
    { numRuns: 200 },
  );
});

/** The stages up to a time. */
function cut(stages: readonly ReturnType<typeof stage>[], time: number) {
  let left = time;
  return stages.flatMap(({ lasts, from, to }) => {
    const part = Math.min(lasts, Math.max(0, left));
    left -= lasts;
    return part > 0 ? [stage(part, from, from + ((to - from) * part) / lasts)] : [];
  });
}
