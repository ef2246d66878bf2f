import { expect, test } from 'vitest';
import { doneBy, holdGrowth, holdTimes, lowHoldTime, withWhatIsBelow } from '../../../src/analyse/holds/hold-time.ts';
import { caseWith, viewWith } from '../windows.ts';

const view = viewWith([50, 100, 150, 200, 250, 300].map((load) => ({ load, goodput: Math.min(load, 190) })));
const late = { from: 3, before: 6 };
const pool = (usage: readonly number[], usageError: readonly number[] = usage.map(() => 0)) =>
  caseWith({ usage, usageError, of: 2 }, { kind: 'pool', layer: 'hold' });

test('a pool of 2 that is held 10 ms at every load has not been held longer, and is its own limit', () => {
  const own = pool([0.5, 1, 1.5, 1.9, 1.9, 1.9]);
  expect(lowHoldTime(own, view)).toBeCloseTo(0.01, 9);
  const growth = holdGrowth(own, view, late);
  expect(growth?.factor).toBeCloseTo(1, 9);
  expect(growth?.own).toBeGreaterThan(0.99);
});

test('one that is held 2 ms at 50 and 100/s, 4 ms at 150/s and 10 ms at 190/s is held from below', () => {
  // two low windows say 2 ms exactly, so the third, where it is longer already, is not asked
  const growth = holdGrowth(pool([0.1, 0.2, 0.6, 1.9, 1.9, 1.9]), view, late);
  expect(growth?.factor).toBeCloseTo(5, 6);
  expect(growth?.own).toBeLessThan(0.01);
});

test('held 1.285 times as long, halfway between 1.1 and 1.5 on a log scale, it is as likely the one as the other', () => {
  const even = Math.sqrt(1.1 * 1.5);
  const growth = holdGrowth(pool([0.5 / even, 1 / even, 1.5 / even, 1.9, 1.9, 1.9]), view, late);
  expect(growth?.own).toBeCloseTo(0.5, 6);
});

test('samples of a small gauge that say little leave it open', () => {
  // held 1.2 over 300/s, 4 ms with a standard error of 0.42 of 1.2: ln(2.5 ÷ 1.285) over √(0.1² + 0.35²) is z = 1.85, P = 0.032
  const unlucky = pool([0.2, 0.4, 0.6, 1.9, 1.9, 1.9], [0.24, 0.24, 0.24, 0, 0, 0]);
  expect(holdGrowth(unlucky, view, late)?.own).toBeCloseTo(0.032, 3);
});

test('what it waits for in plain sight lengthens it and is no hidden cause: 12 ms, of which 1.5 wait at a processor at work', () => {
  const longer = pool([0.5, 1, 1.5, 2.28, 2.28, 2.28]);
  // 12 ÷ 10 is 1.2: z = ln(1.285 ÷ 1.2) ÷ 0.1 = 0.68; less 1.5 ms of 10 it is 1.2 ÷ 1.15: z = 2.08, P = 0.981, of which three quarters of a quarter of 1 − 0.752 are left to what is below
  const waits = [0, 0, 0, 0.0015, 0.0015, 0.0015];
  expect(holdGrowth(longer, view, late)?.own).toBeCloseTo(0.752, 2);
  expect(holdGrowth(longer, view, { ...late, waits })?.own).toBeCloseTo(0.9355, 3);
});

test('where what waits below explains all that it is kept longer, the two limit together: 20 ms, of which 10 wait', () => {
  const waits = [0, 0, 0, 0.01, 0.01, 0.01];
  const growth = holdGrowth(pool([0.5, 1, 1.5, 3.8, 3.8, 3.8]), view, { ...late, waits });
  expect(growth?.factor).toBeCloseTo(2, 6);
  // nothing hidden (z = 2.5), less the quarter that is left to what is below
  expect(growth?.own).toBeCloseTo(0.745, 2);
});

test('an instance that has room tells nothing of how long a full one is kept', () => {
  const done = view.windows.map((window) => window.goodput / 2);
  const [hot, cool] = [pool([0.25, 0.5, 0.75, 1.9, 1.9, 1.9]), pool([0.25, 0.5, 0.75, 0.95, 0.95, 0.95])].map(
    (one) => ({
      ...one,
      completions: done,
    }),
  );
  if (!hot || !cool) throw new Error('two pools');
  // 1.9 over 95/s is 20 ms, twice the 10 ms of low load
  expect(holdGrowth(hot, view, { ...late, alike: [hot, cool] })?.factor).toBeCloseTo(2, 6);
});

test('instances of one hold are read together where each counts its own work', () => {
  const done = view.windows.map((window) => window.goodput / 2);
  const [seen, unseen] = [pool([0.5, 1, 1.5, 1.9, 1.9, 1.9]), pool([0, 0, 0, 1.9, 1.9, 1.9])].map((one) => ({
    ...one,
    completions: done,
  }));
  if (!seen || !unseen) throw new Error('two pools');
  // 3 over 300/s of both: 10 ms; then 1.9 over 95/s: 20 ms
  expect(holdGrowth(unseen, view, { ...late, alike: [seen, unseen] })?.factor).toBeCloseTo(2, 6);
});

test('what is below speaks for or against: nothing of the growth there makes its own limit five times as likely', () => {
  const open = { factor: 1.6, own: 0.5, inSight: 0, error: 0.1 };
  const below = (share: number) => ({ share, factor: 1 + share * 0.6, error: 0 });
  // half way between 1.1 and 1.5 is 2.5 standard errors above 1
  expect(withWhatIsBelow(open, below(0)).own).toBeCloseTo(5 / 6, 2);
  // ln 1.6 is 4.7 standard errors
  expect(withWhatIsBelow(open, below(0.9)).own).toBeCloseTo(1 / 6, 5);
  expect(withWhatIsBelow(open, below(0.5))).toEqual(open);
  expect(withWhatIsBelow(open, undefined)).toEqual(open);
  // what waits in sight lengthens what is below as well: no second witness
  expect(withWhatIsBelow({ ...open, inSight: 0.8 }, below(0.9)).own).toBe(0.5);
});

test('of a growth that a few samples make by chance there is no share: 0 more here, and 0 more below, speak against nothing', () => {
  const still = { factor: 1, own: 0.85, inSight: 0, error: 0.2 };
  expect(withWhatIsBelow(still, { share: 1.2, factor: 1, error: 0 }).own).toBeCloseTo(0.85, 9);
  // one standard error: 5 ^ -0.683 of the odds
  const some = withWhatIsBelow({ ...still, factor: Math.exp(0.2) }, { share: 1.2, factor: 1, error: 0 }).own;
  expect(some / (1 - some)).toBeCloseTo((0.85 / 0.15) * 5 ** -0.6827, 3);
  // where nothing is held longer here, nothing below that is held longer says no more
  expect(withWhatIsBelow(still, { share: 0, factor: 1, error: 0 }).own).toBeCloseTo(0.85, 9);
  // half of ln 1.4 is 0.84 standard errors: 5 ^ 0.6 of the odds for it
  const more = withWhatIsBelow({ ...still, factor: 1.4 }, { share: 0, factor: 1, error: 0 }).own;
  expect(more / (1 - more)).toBeCloseTo((0.85 / 0.15) * 5 ** 0.5998, 2);
  // the gauge below may show what the one here misses
  expect(withWhatIsBelow(still, { share: 20, factor: 2, error: 0 }).own).toBeCloseTo(
    0.85 / 0.15 / 5 / (1 + 0.85 / 0.15 / 5),
    3,
  );
});

test('where all was in use before as well nothing is said', () => {
  expect(holdGrowth(pool([2, 2, 2, 2, 2, 2]), view, late)).toBeUndefined();
});

test('what is given up and tried again is held as long as somebody waits for it, so the window before tells: 5, then 8 ms, and 10 ms that say nothing', () => {
  const usage = [0.25, 0.5, 1.2, 1.9, 1.9, 1.9];
  const done = [50, 100, 150, 190, 190, 190];
  const often = { ...pool(usage), completions: done.map((each, i) => (i < 3 ? each : 4 * each)) };
  // 1.9 ÷ 760 would be 2.5 ms
  expect(holdGrowth(often, view, late)?.factor).toBeCloseTo(0.008 / 0.005, 6);
  expect(holdGrowth({ ...pool(usage), completions: done }, view, late)?.factor).toBeCloseTo(0.01 / 0.005, 6);
});

test('what a hold completed and nobody read is its usual share of what was answered well: a quarter for one of four instances', () => {
  const windows = viewWith([{ load: 40 }, { load: 80 }, { load: 120 }, { load: 160, goodput: 140 }]);
  const one = caseWith(
    { usage: [1, 2, 3, 7], of: 10, completions: [10, 20, 30, undefined] },
    { kind: 'pool', layer: 'hold' },
  );
  expect(doneBy(one, windows, 3)).toBeCloseTo(35, 9);
  expect(holdTimes(one, windows)[3]).toBeCloseTo(0.2, 9);
  expect(doneBy({ ...one, completions: undefined }, windows, 3)).toBe(140);
  expect(doneBy({ ...one, completions: [undefined, undefined, undefined, undefined] }, windows, 3)).toBeUndefined();
});

test('nothing found in use at low load is not nothing: no request keeps a unit for longer than it is there, 5 ms, and 10 ms later are twice that at least', () => {
  // windows of the helper answer in half of a p99 of 10 ms
  const unseen = pool([0, 0, 0, 1.9, 1.9, 1.9]);
  expect(holdGrowth(unseen, view, late)?.factor).toBeCloseTo(2, 6);
  // 1.8 of two in a few looks at 50/s would be 36 ms each, of requests that are there for 5
  const unlucky = pool([1.8, 1.8, 1.8, 1.9, 1.9, 1.9], [0.9, 0.9, 0.9, 0, 0, 0]);
  expect(holdGrowth(unlucky, view, late)?.factor).toBeCloseTo(2, 6);
});
