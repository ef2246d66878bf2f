import { expect, test } from 'vitest';
import { withCountedUsage } from '../../src/align/counted-usage.ts';
import type { Labels } from '../../src/model/labels.ts';
import type { Row } from '../../src/model/sheet.ts';
import { seconds } from '../../src/model/units.ts';

/** Eight looks a window at a pool of two: √(value × 8) ÷ 8 is left open (Poisson). */
const looks = 8;

const row = (
  role: Row['role'],
  at: Labels,
  values: readonly (number | undefined)[],
  layer: 'hold' | 'leaf' = 'hold',
): Row => ({
  resource: { component: 'bouncer', resource: 'server-pool', kind: 'pool', layer, unit: 'connections', hard: false },
  at,
  role,
  readings: values.map((value) =>
    value === undefined
      ? { kind: 'absent', why: 'gap' }
      : {
          kind: 'value',
          value,
          blocks: [],
          samples: looks,
          error: role === 'usage' ? Math.sqrt(Math.max(1, value * looks)) / looks : 0,
        },
  ),
  interval: seconds(1),
  floor: 0,
  evidence: { role, source: 'test', promql: role },
});

const shop = { database: 'shop', user: 'app' };
const looked = row('usage', shop, [0.25, 0.9, 1.1, 1.7, 1.9]);
const usageOf = (rows: readonly Row[]) =>
  rows.map(({ role, readings, evidence }) => ({
    role,
    values: readings.map((reading) => (reading.kind === 'value' ? reading.value : undefined)),
    promql: evidence.promql,
  }));

test('where a counter of the time tells the same, it is read, also where too few looks tell nothing', () => {
  const gap = row('usage', shop, [0.25, 0.9, undefined, 1.7, 1.9]);
  const counted = row('busy', { database: 'shop' }, [0.4, 0.8, 1.2, 1.6, 2]);
  expect(usageOf(withCountedUsage([gap, counted]))).toEqual([
    { role: 'usage', values: [0.4, 0.8, 1.2, 1.6, 2], promql: 'busy' },
  ]);
});

test('sessions that keep what no work uses: the looks stand', () => {
  const kept = row('usage', shop, [8, 9, 10, 10, 10]);
  const worked = row('busy', { database: 'shop' }, [0.4, 0.8, 1.2, 1.6, 2]);
  expect(usageOf(withCountedUsage([kept, worked]))).toEqual(usageOf([kept]));
});

test('what is booked when it is given back is missing where it is not: one window far apart, and the looks stand', () => {
  const leaking = row('usage', shop, [3, 3, 3, 3, 20]);
  const booked = row('busy', { database: 'shop' }, [3, 3, 3, 3, 3]);
  expect(usageOf(withCountedUsage([leaking, booked]))).toEqual(usageOf([leaking]));
});

test('of two users of one database nobody tells whose time was counted', () => {
  const other = row('usage', { database: 'shop', user: 'reports' }, [0.2, 0.2, 0.2, 0.2, 0.2]);
  const counted = row('busy', { database: 'shop' }, [0.4, 0.8, 1.2, 1.6, 2]);
  expect(usageOf(withCountedUsage([looked, other, counted]))).toEqual(usageOf([looked, other]));
});

test('too few looks do not tell whether a counter means the same', () => {
  const few = row('usage', shop, [0.25]);
  const counted = row('busy', { database: 'shop' }, [0.4]);
  expect(usageOf(withCountedUsage([few, counted]))).toEqual(usageOf([few]));
});

test('a leaf is read as before', () => {
  const leaf = row('usage', shop, [0.25, 0.9, 1.1, 1.7, 1.9], 'leaf');
  const counted = row('busy', { database: 'shop' }, [0.4, 0.8, 1.2, 1.6, 2], 'leaf');
  expect(usageOf(withCountedUsage([leaf, counted]))).toEqual(usageOf([leaf]));
});

test('without such a counter nothing changes', () => {
  expect(withCountedUsage([looked])).toEqual([looked]);
});

test('where the whole time is booked when a unit is given back, and is less than the looks find, both stand', () => {
  const leaking = row('usage', shop, [3, 4, 6, 9, 20]);
  const booked: Row = { ...row('busy', { database: 'shop' }, [3, 3, 3, 3, 3]), whole: true };
  expect(usageOf(withCountedUsage([leaking, booked]))).toEqual(usageOf([leaking, booked]));
});

test('looks that all found the pool full are believed, where time is booked in whole milliseconds', () => {
  const full = row('usage', shop, [0.25, 0.9, 1.1, 1.7, 2]);
  const looks2 = full.readings.map((reading, i) =>
    reading.kind === 'value' && i === 4 ? { ...reading, blocks: [2, 2, 2, 2] } : reading,
  );
  const counted = row('busy', { database: 'shop' }, [0.4, 0.8, 1.2, 1.6, 1.9]);
  expect(usageOf(withCountedUsage([{ ...full, readings: looks2 }, counted]))[0]?.values).toEqual([
    0.4, 0.8, 1.2, 1.6, 2,
  ]);
});
