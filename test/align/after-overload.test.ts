import { expect, test } from 'vitest';
import { afterHigher, steadiedTraffic } from '../../src/align/after-overload.ts';
import { windowOf } from '../../src/align/traffic-window.ts';
import { epoch, perSecond, ratio, seconds } from '../../src/model/units.ts';
import { healthOf } from '../support/health-of.ts';
import { every } from './samples.ts';

/** Ten seconds each: how many a second were answered, and how long that took (s). */
const windowsOf = (told: readonly (readonly [rate: number, took: number])[]) =>
  told.map(([rate, took], i) => {
    const [from, to] = [1000 + 10 * i, 1010 + 10 * i];
    const counted = (each: number) => [every(1, from, to, (time) => each * (time - from))];
    const traffic = {
      completions: counted(rate),
      errors: [],
      durations: counted(rate * took),
      buckets: [],
      inFlight: [],
      interval: seconds(1),
      promql: 'answers',
    };
    return windowOf(traffic, { span: { from: epoch(from), to: epoch(to) } });
  });

const left = (told: readonly (readonly [number, number])[]) =>
  steadiedTraffic(windowsOf(told)).map(({ unsteady }) => unsteady !== undefined);

/** 100 ms each, up to 90/s. */
const calm = [
  [30, 0.1],
  [60, 0.1],
  [90, 0.1],
] as const;

test('what waits when an overload ends is answered at a rate that was once answered fast: it tells nothing of that rate', () => {
  // 100 inside, then 80, then 5
  expect(left([...calm, [100, 1], [80, 1], [50, 0.1]])).toEqual([false, false, false, false, true, false]);
});

test('overload goes on for as long as the rate does', () => {
  expect(left([...calm, [100, 1], [99, 2], [100, 3]])).toEqual([false, false, false, false, false, false]);
});

test('users who wait ask for less the longer answers take: 100 inside and then 160, at fewer answers, is overload and not what it left', () => {
  expect(left([...calm, [100, 1], [80, 2]])).toEqual([false, false, false, false, false]);
});

test('nothing is left where answers were fast before, or where so many were never answered fast', () => {
  expect(left([...calm, [85, 0.1], [80, 1]])).toEqual([false, false, false, false, false]);
  expect(
    left([
      [30, 0.1],
      [40, 0.1],
      [50, 0.1],
      [100, 1],
      [80, 1],
    ]),
  ).toEqual([false, false, false, false, false]);
});

test('a window of our own load in which far fewer are inside at its end than at its beginning works off what was left', () => {
  const [first] = windowsOf([[40, 0.1]]);
  if (!first) throw new Error('there is no window');
  const own = { ...first, health: healthOf('ok'), offered: perSecond(40) };
  const inside = (growth: number, before = 80) =>
    afterHigher([
      { ...own, offered: perSecond(before) },
      { ...own, inFlight: { mean: 100, growth } },
    ])[1]?.unsteady;
  // three standard deviations of 100 are 30, 2 % of the load 0.8 a second; 10 s
  expect([inside(-3.1), inside(-2.9), inside(3.1)].map((why) => why !== undefined)).toEqual([true, false, false]);
  // what is turned away at a load that only rose was not left by any other
  expect(inside(-3.1, 30)).toBeUndefined();
});

test('a window of our own load that falls behind after a higher one, at what was carried before, tells nothing of that load', () => {
  const [first] = windowsOf([[40, 0.1]]);
  if (!first) throw new Error('there is no window');
  const told = (...rates: readonly (readonly [offered: number, goodput: number])[]) =>
    afterHigher(
      rates.map(([offered, goodput]) => ({
        ...first,
        health: healthOf('ok'),
        offered: perSecond(offered),
        goodput: perSecond(goodput),
      })),
    ).map(({ unsteady }) => unsteady !== undefined);
  expect(told([30, 30], [40, 40], [80, 5], [40, 5], [30, 0])).toEqual([false, false, false, true, true]);
  // it came back
  expect(told([30, 30], [40, 40], [80, 5], [40, 40])).toEqual([false, false, false, false]);
  // 60/s was never carried, and 40/s not after what was carried itself
  expect(told([40, 40], [80, 5], [60, 5])).toEqual([false, false, false]);
  expect(told([40, 40], [80, 80], [40, 5])).toEqual([false, false, false]);
});

test('what others asked for and had carried before an overload, and what fails after it, tells of an overload that is not over', () => {
  const failing = (rate: number, share: number) => {
    const [window] = windowsOf([[rate, 0.1]]);
    if (!window) throw new Error('a window');
    return { ...window, goodput: perSecond(rate * (1 - share)), errors: ratio(share) };
  };
  const told = (windows: readonly ReturnType<typeof failing>[]) =>
    afterHigher(windows).map(({ unsteady }) => unsteady !== undefined);
  expect(told([failing(90, 0), failing(150, 0), failing(500, 0.1), failing(95, 0.1)])).toEqual([
    false,
    false,
    false,
    true,
  ]);
  // what fails at any load is usual
  expect(told([failing(90, 0.1), failing(500, 0.1), failing(95, 0.1)])).toEqual([false, false, false]);
});
