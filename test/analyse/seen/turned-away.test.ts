import { expect, test } from 'vitest';
import { failsBeyond, followedUpTo } from '../../../src/analyse/seen/turned-away.ts';
import { viewWith } from '../windows.ts';

const windowsOf = (...shares: readonly (readonly [load: number, failing: number])[]) =>
  viewWith(shares.map(([load, failing]) => ({ load, throughput: load, goodput: load * (1 - failing) }))).windows;

test('what four connections turn away when nobody may wait tells the load at which 3 % fail', () => {
  // Erlang's B of 4: 0.7 % at 0.8 erlangs, 3.0 % at 1.259, 9.5 % at 2, 20.6 % at 3; connections are held for 10 ms
  const found = followedUpTo(windowsOf([80, 0.0077], [200, 0.0952], [300, 0.2061]));
  expect(found?.value).toBeCloseTo(0.97 * 125.9, -1);
  expect(found?.low).toBeLessThan(0.97 * 0.97 * 125.9);
  expect(found?.high).toBeGreaterThan(0.97 * 1.03 * 125.9);
});

test('what is turned away at the lowest load already tells where it begins below that, if that is not far', () => {
  // of the same four, at 1.5 erlangs and more
  expect(followedUpTo(windowsOf([150, 0.048], [200, 0.0952], [300, 0.2061]))?.value).toBeCloseTo(0.97 * 125.9, -1);
});

test('a lapse below does not count, only from where on too many fail for good', () => {
  const found = followedUpTo(windowsOf([500, 0.1], [1000, 0.01], [2000, 0.09]));
  expect(found?.value).toBeCloseTo(followedUpTo(windowsOf([1000, 0.01], [2000, 0.09]))?.value ?? 0, 6);
  expect(found?.value).toBeGreaterThan(1000);
});

test('where all fails, or nothing does, nothing is followed up to anywhere', () => {
  expect(followedUpTo(windowsOf([1000, 0.1], [2000, 0.2]))).toBeUndefined();
  expect(followedUpTo(windowsOf([1000, 0], [2000, 0]))).toBeUndefined();
});

test('where less is answered beyond what much of it failed at, that says nothing of where failing began', () => {
  // all of 63 carried at most: 0.97 · 80 · 0.79 ÷ 0.97
  const found = followedUpTo(windowsOf([60, 0], [80, 0.21], [98, 0.99]));
  expect(found?.value).toBeCloseTo(63.2, 0);
});

test('what little fails while goodput follows tells how far it goes on', () => {
  // four connections again, at 0.6 to 1.1 erlangs: 3 % from 1.259 on
  const found = failsBeyond(windowsOf([600, 0.003], [800, 0.0077], [1000, 0.0154], [1100, 0.0195]));
  expect(found?.value).toBeCloseTo(0.97 * 1259, -2);
  expect(found?.high).toBeLessThan(1.2 * 1259);
});

test('a single window with failures, or as many at any load, tells nothing of that', () => {
  expect(failsBeyond(windowsOf([600, 0], [800, 0], [1000, 0.01]))).toBeUndefined();
  expect(failsBeyond(windowsOf([600, 0.01], [800, 0.01], [1000, 0.01]))).toBeUndefined();
});

test('the same small share that fails at any load is no limit far above it, however exactly it is so', () => {
  const loads = [800, 860, 920, 980, 1050];
  expect(failsBeyond(windowsOf(...loads.map((load) => [load, 0.005] as const)))).toBeUndefined();
});

test('where the load hardly varies nothing is told of where failing ends, as by any line', () => {
  const rising = windowsOf([1000, 0.003], [1040, 0.0045], [1080, 0.0065], [1120, 0.009], [1160, 0.012]);
  expect(failsBeyond(rising)).toBeUndefined();
});

test('a lapse at a load that others above it carried tells nothing of where failures begin', () => {
  const steps = [
    [200, 0.001],
    [300, 0.001],
    [400, 0.05],
    [500, 0.12],
  ] as const;
  const found = followedUpTo(windowsOf(...steps));
  const lapsed = followedUpTo(windowsOf([100, 0.1], ...steps));
  expect(lapsed).toEqual(found);
});
