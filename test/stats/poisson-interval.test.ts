import { expect, test } from 'vitest';
import { poissonInterval } from '../../src/stats/poisson-interval.ts';

test.each([
  [0, 0, 3.6888794541139354],
  [1, 0.025317807984289876, 5.571643390938898],
  [5, 1.6234863901184207, 11.66833207932267],
  [10, 4.7953886961324335, 18.39035604201778],
  [100, 81.36399125092314, 121.62679379242638],
  [10000, 9804.952467260184, 10197.951624661473],
])('a count of %d is exact: that of R poisson.test', (count, low, high) => {
  const found = poissonInterval(count);
  expect(found.low).toBeCloseTo(low, 6);
  expect(found.high).toBeCloseTo(high, 6);
});

test('nothing seen in n samples is at most about 3/n, one-sided at 95 %', () => {
  expect(poissonInterval(0, 0.9).high).toBeCloseTo(-Math.log(0.05), 9);
});

test('half a request cannot have been counted', () => {
  expect(() => poissonInterval(0.5)).toThrow('a count is a whole number from 0 up, not 0.5');
});
