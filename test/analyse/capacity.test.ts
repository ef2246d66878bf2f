import { expect, test } from 'vitest';
import { capacityOf, extrapolated } from '../../src/analyse/capacity.ts';
import { viewWith } from './windows.ts';

const arrivals = { axis: 'arrivals' } as const;

test("a plateau is the mean goodput of the overloaded windows, with Student's interval of their spread", () => {
  const view = viewWith([{ load: 100 }, { load: 150 }, { load: 220, goodput: 192 }, { load: 250, goodput: 194 }]);
  const found = capacityOf(view, [false, false, true, true], undefined, arrivals);
  expect(found).toMatchObject({ binds: 'physical', provenance: 'reached', rate: { kind: 'interval', value: 193 } });
  // t(1, 0.975) = 12.706; spread √2 over √2 windows = 1: 193 ± 12.7
  expect(found?.rate).toMatchObject({ low: expect.closeTo(193 - 12.706, 2), high: expect.closeTo(193 + 12.706, 2) });
});

test('of two overloaded windows that are further apart than counting the better one counts', () => {
  const view = viewWith([{ load: 100 }, { load: 150 }, { load: 180, goodput: 151 }, { load: 225, goodput: 167 }]);
  const found = capacityOf(view, [false, false, true, true], undefined, arrivals);
  // 167 − 151 is more than three standard deviations, 12.3; counted for 10 s: 1.96 · √(167 ÷ 10) = 8
  expect(found?.rate).toMatchObject({ value: 167, low: expect.closeTo(167 - 8, 0), high: expect.closeTo(167 + 8, 0) });
});

test('beyond a retrograde tail the capacity is the top of the hill, not the last step', () => {
  const view = viewWith([
    { load: 100 },
    { load: 200, goodput: 190 },
    { load: 300, goodput: 120 },
    { load: 400, goodput: 60 },
  ]);
  const found = capacityOf(view, [false, true, true, true], undefined, arrivals);
  expect(found?.rate).toMatchObject({ value: 190 });
});

test('where nothing was overloaded it is only at least the best window', () => {
  const view = viewWith([{ load: 100 }, { load: 200 }, { load: 300 }]);
  expect(capacityOf(view, [false, false, false], undefined, arrivals)).toEqual({
    rate: { kind: 'at-least', low: 300 },
    binds: 'physical',
    provenance: 'lower-bound',
  });
});

test('no windows, no capacity', () => expect(capacityOf(viewWith([]), [], undefined, arrivals)).toBeUndefined());

test('where all that was too much failed, it lies where the line of the first resource ends, between the two loads', () => {
  const view = viewWith([{ load: 100 }, { load: 150 }, { load: 220, goodput: 20 }]);
  const own = { kind: 'interval', value: 180, low: 170, high: 240 } as const;
  const found = capacityOf(view, [false, false, true], undefined, { axis: 'arrivals', own });
  expect(found?.rate).toEqual({ kind: 'interval', value: 180, low: 170, high: 220 });
});

test('without a line only the two ends are known: what was carried, less its counting noise, and what was too much', () => {
  const view = viewWith([{ load: 100 }, { load: 150 }, { load: 220, goodput: 20 }]);
  expect(capacityOf(view, [false, false, true], undefined, arrivals)?.rate).toMatchObject({
    low: expect.closeTo(142.4, 1),
    high: 220,
  });
});

test('where only answers are counted and what was too much failed, it is told no higher than the most that was answered', () => {
  const view = viewWith([{ load: 100 }, { load: 150 }, { load: 160, goodput: 120, errors: 0.25 }]);
  const own = { kind: 'interval', value: 400, low: 380, high: 420 } as const;
  const { rate } = capacityOf(view, [false, false, true], undefined, { axis: 'throughput', own }) ?? {};
  expect(rate).toMatchObject({ kind: 'interval', high: 160 });
});

test('one overloaded window in which a fifth failed, below the line by more than chance, is waste and not the plateau', () => {
  const view = viewWith([{ load: 100 }, { load: 150 }, { load: 220, goodput: 150, errors: 0.2 }]);
  const own = { kind: 'interval', value: 190, low: 180, high: 200 } as const;
  expect(capacityOf(view, [false, false, true], undefined, { axis: 'arrivals', own })?.rate).toMatchObject({
    value: 190,
  });
  const reaching = { ...own, low: 150 };
  expect(capacityOf(view, [false, false, true], undefined, { axis: 'arrivals', own: reaching })?.rate).toMatchObject({
    value: 150,
  });
});

test('an end that lies beyond what another resource is known to carry is not the end of the target', () => {
  const carried = { rate: { kind: 'at-least', low: 300 }, binds: 'physical', provenance: 'lower-bound' } as const;
  const own = [{ kind: 'interval', value: 900, low: 800, high: 1000 }] as const;
  expect(extrapolated(carried, own)).toMatchObject({ provenance: 'extrapolated' });
  expect(extrapolated(carried, own, 300)).toBe(carried);
});

test('where more was carried than the plateau shows, that is the capacity, with the chance of its own counting', () => {
  const view = viewWith([{ load: 100 }, { load: 400 }, { load: 405, goodput: 370 }, { load: 410, goodput: 370 }]);
  // 400/s for 10 s: ± 1.96 · √(400 ÷ 10) = 12.4; where only answers are counted no load is too much
  const found = capacityOf(view, [false, false, true, true], undefined, { axis: 'throughput' });
  expect(found?.rate).toMatchObject({ value: 400, low: expect.closeTo(387.6, 1), high: expect.closeTo(412.4, 1) });
});
