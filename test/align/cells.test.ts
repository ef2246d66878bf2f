import { expect, test } from 'vitest';
import { cellsOf, day } from '../../src/align/cells.ts';
import type { Slot } from '../../src/align/slots.ts';
import { timeIn } from '../../src/model/cell.ts';
import { epoch } from '../../src/model/units.ts';

const width = 300;

/** Days of five-minute slots; each day half at 10/s, a quarter at 50/s, a quarter at 100/s. */
const slots = (days: number, more: (at: number) => Partial<Slot> = () => ({})): readonly Slot[] =>
  Array.from({ length: (days * day) / width }, (_, i) => {
    const share = ((i * width) % day) / day;
    const rate = share < 0.5 ? 10 : share < 0.75 ? 50 : 100;
    return { from: epoch(i * width), to: epoch((i + 1) * width), rate, strained: false, ...more(i * width) };
  });

test('two days at three loads are six windows, each with the time that its day spent there', () => {
  const cells = cellsOf(slots(2), 0, []);
  expect(cells.map((placed) => timeIn(placed) / 3600).toSorted((a, b) => a - b)).toEqual([6, 6, 6, 6, 12, 12]);
  expect(new Set(cells.map(({ cell }) => cell.block))).toEqual(new Set([0, 1]));
  expect(new Set(cells.map(({ cell }) => cell.level)).size).toBe(3);
});

test('a day that comes back to a load has one window of both times, without what lies between', () => {
  const twice = slots(1, (at) => ({ rate: at < 6000 || at >= 12_000 ? 100 : 20 }));
  const high = cellsOf(twice, 0, []).find(({ cell }) => cell.parts.length === 2);
  expect(high?.cell.parts).toEqual([
    { from: 0, to: 6000 },
    { from: 12_000, to: day },
  ]);
  expect(high?.span).toEqual({ from: 0, to: day });
});

test('a rollout ends a day early; the slots beside it belong to neither set-up', () => {
  const at = day / 4;
  const cells = cellsOf(slots(1), 0, [at]);
  expect(new Set(cells.map(({ cell }) => cell.block)).size).toBe(2);
  const parts = cells.flatMap(({ cell }) => cell.parts);
  expect(parts.some(({ from, to }) => from < at + width && to > at - width)).toBe(false);
  expect(parts.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(day - 2 * width);
});

test('what was under strain is no calm window at a lower load', () => {
  const cells = cellsOf(
    slots(1, (at) => ({ strained: at >= day - 7200, ...(at >= day - 7200 ? { rate: 50 } : {}) })),
    0,
    [],
  );
  const at50 = cells.filter(({ cell }) => cell.level === cells.find(({ span }) => span.to === day)?.cell.level);
  expect(at50.map((placed) => timeIn(placed) / 3600)).toEqual([6, 2]);
});

test('ten minutes at a load of their own are counted to the level below; loads that are alike are one level', () => {
  const peak = cellsOf(
    slots(1, (at) => (at >= day - 600 ? { rate: 130 } : {})),
    0,
    [],
  );
  expect(peak).toHaveLength(3);
  expect(Math.max(...peak.map((placed) => timeIn(placed)))).toBe(day / 2);
  expect(
    cellsOf(
      slots(1, (at) => ({ rate: 100 + (at % 900) / 300 })),
      0,
      [],
    ),
  ).toHaveLength(1);
  expect(cellsOf([], 0, [])).toEqual([]);
});
