import { expect, test } from 'vitest';
import { overloadOf } from '../../../src/analyse/seen/overload.ts';
import { slownessIn } from '../../../src/analyse/seen/slowness.ts';
import { usualFailures } from '../../../src/analyse/seen/usual-failures.ts';
import { viewOf } from '../../../src/analyse/seen/view.ts';
import { seconds } from '../../../src/model/units.ts';
import { sheetOf } from '../windows.ts';

/** Windows with a mean and a median (s). */
const timed = (given: readonly (readonly [load: number, mean: number, p50: number])[]) => {
  const sheet = sheetOf(
    given.map(([load]) => ({ load })),
    'throughput',
  );
  const windows = sheet.windows.map((window, i) => {
    const [, mean, p50] = given[i] ?? [0, 0, 0];
    return { ...window, latency: { ...window.latency, mean: seconds(mean), p50: seconds(p50) } };
  });
  return { ...sheet, windows };
};

test('reports of a second or two that come more often at the top are another mix, and no queue', () => {
  // 0.1 % of the requests at 20/s, 9 % at 100/s: the mean grows from 5 to 131 ms, the median stays
  const mix = timed([
    [20, 0.005, 0.004],
    [40, 0.006, 0.004],
    [70, 0.05, 0.004],
    [100, 0.131, 0.005],
  ]);
  const { base, of } = slownessIn(viewOf(mix));
  expect(mix.windows.map((window) => (of(window) ?? 0) / base).at(-1)).toBeLessThan(4);
  expect(overloadOf(mix, viewOf(mix))).not.toContain(true);
});

test('what queues makes the median longer as well', () => {
  const queue = timed([
    [20, 0.05, 0.04],
    [40, 0.05, 0.04],
    [70, 0.06, 0.05],
    [100, 2.1, 1.6],
  ]);
  expect(overloadOf(queue, viewOf(queue)).at(-1)).toBe(true);
});

const failing = (shares: readonly number[]) => {
  const loads = [40, 42, 44, 60, 70, 75];
  const given = loads.map((load, i) => ({
    load,
    throughput: load,
    goodput: load * (1 - (shares[i] ?? 0)),
    errors: shares[i] ?? 0,
  }));
  return sheetOf(given, 'throughput');
};

test('what fails at any load is usual, and no sign of too much', () => {
  const always = failing([0.05, 0.06, 0.05, 0.055, 0.05, 0.06]);
  expect(usualFailures(viewOf(always))).toBeCloseTo(0.06, 6);
  expect(overloadOf(always, viewOf(always))).not.toContain(true);
  const since = failing([0, 0.08, 0.08, 0, 0.08, 0.08]);
  expect(overloadOf(since, viewOf(since))).not.toContain(true);
});

test('what fails at the top alone is one', () => {
  const top = failing([0, 0, 0.01, 0, 0.3, 0.4]);
  expect(overloadOf(top, viewOf(top))).toEqual([false, false, false, false, true, true]);
});
