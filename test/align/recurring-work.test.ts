import { expect, test } from 'vitest';
import { day } from '../../src/align/cells.ts';
import { recurringWork } from '../../src/align/recurring-work.ts';
import type { Slot } from '../../src/align/slots.ts';
import type { Usage } from '../../src/align/usage-by-slot.ts';
import { epoch } from '../../src/model/units.ts';

const width = 300;
const start = 1_700_006_400;
type Seen = { readonly rate: number; readonly used: number; readonly strained?: boolean };

/** Five days of eight cores at 70 ms a request, 20 to 100 requests a second; `more` makes some hours (of the day) another story. */
function days(more: (hour: number, usual: Seen) => Seen): readonly [readonly Slot[], readonly Usage[]] {
  const seen = Array.from({ length: (5 * day) / width }, (_, i) => {
    const hour = ((i * width) % day) / 3600;
    const rate = 60 - 40 * Math.cos((2 * Math.PI * (hour - 1)) / 24);
    return more(hour, { rate, used: 0.07 * rate + 0.1 + 0.01 * (i % 3) });
  });
  const slots = seen.map(({ rate, strained = false }, i) => ({
    from: epoch(start + i * width),
    to: epoch(start + (i + 1) * width),
    rate,
    strained,
  }));
  const used = seen.map((one) => one.used);
  return [slots, [{ component: 'node', resource: 'cpu', unit: 'cores', used, ceiling: 8 }]];
}

test('three cores from two to three at night are work that recurs: five times, for an hour', () => {
  const [found] = recurringWork(
    ...days((hour, usual) => (hour >= 2 && hour < 3 ? { ...usual, used: usual.used + 3 } : usual)),
  );
  expect([found?.times.length, found?.begins, found?.lasts]).toEqual([5, 7200, 3600]);
  expect(found?.takes[0]?.amount).toBeCloseTo(3, 1);
});

test('also where answers fail under it', () => {
  const found = recurringWork(
    ...days((hour, usual) => (hour >= 2 && hour < 3 ? { ...usual, used: 7.9, strained: true } : usual)),
  );
  expect(found).toHaveLength(1);
  expect(found[0]?.takes[0]?.full).toBeCloseTo(7.9 / 8, 2);
});

test('an overload each noon, in which answers break down while all cores are busy, is no job: it was load that led there', () => {
  const found = recurringWork(
    ...days((hour, usual) => (hour >= 12 && hour < 14 ? { rate: 50, used: 8, strained: true } : usual)),
  );
  expect(found).toEqual([]);
});

test('use that bends upwards with load is no job, nor is one that came once', () => {
  expect(recurringWork(...days((_, usual) => ({ ...usual, used: (usual.rate / 40) ** 2 })))).toEqual([]);
  let left = 12;
  const once = days((hour, usual) => {
    if (hour < 2 || hour >= 3 || left === 0) return usual;
    left -= 1;
    return { ...usual, used: usual.used + 3 };
  });
  expect(recurringWork(...once)).toEqual([]);
});
