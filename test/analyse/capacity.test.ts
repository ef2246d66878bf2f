import { expect, test } from 'vitest';
import { capacityOf } from '../../src/analyse/capacity.ts';
import { viewWith } from './windows.ts';

test("a plateau is the mean goodput of the overloaded windows, with Student's interval of their spread", () => {
  const view = viewWith([{ load: 100 }, { load: 150 }, { load: 220, goodput: 192 }, { load: 250, goodput: 194 }]);
  const found = capacityOf(view, [false, false, true, true], undefined);
  expect(found).toMatchObject({ binds: 'physical', provenance: 'reached', rate: { kind: 'interval', value: 193 } });
  // t(1, 0.975) = 12.706; spread √2 over √2 windows = 1: 193 ± 12.7
  expect(found?.rate).toMatchObject({ low: expect.closeTo(193 - 12.706, 2), high: expect.closeTo(193 + 12.706, 2) });
});

test('what was carried is not below the capacity, and what was too much not above it', () => {
  const view = viewWith([{ load: 100 }, { load: 150 }, { load: 180, goodput: 151 }, { load: 225, goodput: 167 }]);
  const found = capacityOf(view, [false, false, true, true], undefined);
  // 150/s for 10 s, counted: 150 − 1.96 · √(150 ÷ 10) = 142.4; at 180/s it fell behind
  expect(found?.rate).toMatchObject({ value: 159, low: expect.closeTo(142.4, 1), high: 180 });
});

test('beyond a retrograde tail the capacity is the top of the hill, not the last step', () => {
  const view = viewWith([
    { load: 100 },
    { load: 200, goodput: 190 },
    { load: 300, goodput: 120 },
    { load: 400, goodput: 60 },
  ]);
  const found = capacityOf(view, [false, true, true, true], undefined);
  expect(found?.rate).toMatchObject({ value: 190 });
});

test('where nothing was overloaded it is only at least the best window', () => {
  const view = viewWith([{ load: 100 }, { load: 200 }, { load: 300 }]);
  expect(capacityOf(view, [false, false, false], undefined)).toEqual({
    rate: { kind: 'at-least', low: 300 },
    binds: 'physical',
    provenance: 'lower-bound',
  });
});

test('no windows, no capacity', () => expect(capacityOf(viewWith([]), [], undefined)).toBeUndefined());
