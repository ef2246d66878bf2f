import { expect, test } from 'vitest';
import { targetCapacity } from '../../../src/analyse/capacity/target-capacity.ts';
import type { Judged } from '../../../src/analyse/roots/judged.ts';
import { viewOf } from '../../../src/analyse/seen/view.ts';
import { caseWith, sheetOf } from '../windows.ts';

const loads = [50, 60, 70, 80, 90];
const view = viewOf(
  sheetOf(
    loads.map((load) => ({ load })),
    'throughput',
  ),
);
const quota = caseWith({ usage: loads.map((load) => load / 100), of: 1 }, { kind: 'quota' });
const saturated = [false, false, false, true, true];
const root: Judged = {
  one: quota,
  saturation: { full: saturated, starved: saturated.map(() => false), saturated, onset: 3 },
  standing: { kind: 'root', own: 1 },
};

/** What a target carries of which only answers are counted, none of them late, and whose quota makes work wait at moments and ends there by its own line. */
function capacityWhereItEnds(low: number, value: number, high: number, top = 0.9) {
  const rate = { kind: 'interval', low, value, high } as const;
  const one = { ...quota, usage: [...quota.usage.slice(0, -1), top] };
  return targetCapacity([{ ...root, one }], {
    view,
    axis: 'throughput',
    overloaded: loads.map(() => false),
    plateau: undefined,
    crossing: undefined,
    costs: new Map([
      [one, { demand: undefined, capacity: { rate, provenance: 'extrapolated', extrapolation: value / 90 } }],
    ]),
    leaks: () => false,
    fails: undefined,
  });
}

test('the peak of a day at which a quota makes work wait at moments is no plateau: its line ends beyond', () => {
  const found = capacityWhereItEnds(97, 100, 103);
  expect(found).toMatchObject({ provenance: 'extrapolated', rate: { value: expect.closeTo(100, 0) } });
});

test('where its line ends among what was answered, what was answered while it was full is the plateau', () => {
  expect(capacityWhereItEnds(82, 88, 94)).toMatchObject({ provenance: 'reached' });
});

test('what is not all in use at the highest rate, and ends beyond it as far as its line is known, was not reached: its line tells more', () => {
  // nine tenths in use at 90/s, of which all were good: the line may end below, but says 96/s
  expect(capacityWhereItEnds(86, 96, 100)).toMatchObject({
    provenance: 'extrapolated',
    rate: { low: 90, value: expect.closeTo(96, 0), high: expect.closeTo(100, 0) },
  });
  // all of it in use there: it is at its end, wherever a line that is known so badly says that to be
  expect(capacityWhereItEnds(86, 96, 100, 1)).toMatchObject({ provenance: 'reached' });
});
