import { expect, test } from 'vitest';
import { growthNotes } from '../../src/analyse/growth.ts';
import { viewOf } from '../../src/analyse/seen/view.ts';
import type { Row } from '../../src/model/sheet.ts';
import { seconds } from '../../src/model/units.ts';
import { sheetOf } from './windows.ts';

const MiB = 1024 ** 2;

/** A heap without a limit, read once in each ten-second window at 100/s. */
function told(
  usages: readonly number[],
  given: { readonly load?: (i: number) => number; readonly reads?: string } = {},
) {
  const { load = () => 100, reads } = given;
  const row = (role: Row['role'], values: readonly number[]): Row => ({
    resource: { component: 'api', resource: 'heap', kind: 'space', layer: 'leaf', unit: 'bytes', hard: false },
    at: {},
    role,
    readings: values.map((value) => ({ kind: 'value', value, blocks: [value, value, value, value], samples: 10 })),
    interval: seconds(1),
    floor: 0,
    evidence: { role, source: 'test', promql: role, ...(reads && { reads }) },
  });
  const unlimited = [
    row('usage', usages),
    ...(reads
      ? [
          row(
            'queue',
            usages.map(() => 0.01),
          ),
        ]
      : []),
  ];
  const sheet = { ...sheetOf(usages.map((_, i) => ({ load: load(i) }))), unlimited };
  return growthNotes(sheet, viewOf(sheet)).map(({ text }) => text);
}

const windows = Array.from({ length: 12 }, (_, i) => i);
/** 20 MiB, and 1 MiB more every second. */
const leaking = windows.map((i) => (20 + 10 * i) * MiB);

test('20 MiB that become 130 MiB in a straight line at constant load are told with their rate', () => {
  expect(told(leaking)).toEqual([
    'api / heap grows by 1.05 MB/s at constant load, from 20 MiB to 130 MiB in 110 s; where it ends no exporter tells',
  ]);
});

test('a heap that swings as it is collected and grows all the same is told', () => {
  expect(told(leaking.map((used, i) => used + (i % 2) * 8 * MiB))).toHaveLength(1);
});

test('what warms up and stops growing, as a cache or a pool that has opened to its highest peak, is not told', () => {
  expect(told(windows.map((i) => 20 * MiB + 100 * MiB * (1 - Math.exp(-i / 2))))).toEqual([]);
  expect(told(windows.map((i) => (20 + 20 * Math.min(5, i)) * MiB))).toEqual([]);
});

test('a collected heap that has not yet grown past what a collection may leave is not told', () => {
  const threefold = windows.map((i) => (20 + 3.5 * i) * MiB);
  expect(told(threefold)).toHaveLength(1);
  expect(told(threefold, { reads: '$ratio of the time in collections' })).toEqual([]);
  expect(told(leaking, { reads: '$ratio of the time in collections' })).toHaveLength(1);
});

test('what grows with the load, or by little beside what there was, or was emptied early, is not told', () => {
  expect(told(leaking, { load: (i) => 20 + 20 * i })).toEqual([]);
  expect(told(windows.map((i) => (200 + i) * MiB))).toEqual([]);
  expect(told(leaking.map((used, i) => (i < 3 ? used : used / 10)))).toEqual([]);
});

test('a few windows are too few, and without any nothing is told', () => {
  expect(told(leaking.slice(0, 5))).toEqual([]);
  expect(told([])).toEqual([]);
});
