import { expect, test } from 'vitest';
import { expectedFirst } from '../../../src/analyse/capacity/expected.ts';
import type { Interval } from '../../../src/model/interval.ts';

const resource = (name: string, rate: Interval) => ({
  component: 'api',
  resource: name,
  at: {},
  capacity: { rate, provenance: 'extrapolated', extrapolation: 1.2 } as const,
});

test('far apart the lower one is expected with all that is not kept for the unseen', () => {
  const [first] = expectedFirst(
    [
      resource('cpu', { kind: 'interval', value: 500, low: 480, high: 520 }),
      resource('pool', { kind: 'at-most', high: 2000 }),
    ],
    { carried: 500, blind: 0 },
  );
  expect(first).toMatchObject({ resource: 'cpu', probability: 0.95 });
});

test('the farther away its end, the more is kept for what is not seen, and more with each blind spot', () => {
  const cpu = resource('cpu', { kind: 'interval', value: 500, low: 480, high: 520 });
  const told = (carried: number, blind: number): number =>
    expectedFirst([cpu], { carried, blind })[0]?.probability ?? 0;
  // 0.95 e^(−0.2 (1 + blind) (ln f)²), f = 500 ÷ carried
  expect(told(400, 0)).toBeCloseTo(0.941, 3);
  expect(told(250, 0)).toBeCloseTo(0.863, 3);
  expect(told(50, 0)).toBeCloseTo(0.329, 3);
  expect(told(250, 2)).toBeCloseTo(0.712, 3);
  expect(told(250, 9)).toBe(told(250, 3));
});

test('two alike share about evenly', () => {
  const found = expectedFirst(
    [
      resource('cpu', { kind: 'interval', value: 500, low: 450, high: 550 }),
      resource('disk', { kind: 'interval', value: 500, low: 450, high: 550 }),
    ],
    { carried: 500, blind: 0 },
  );
  // 500 fair draws: ± 3 standard deviations is ± 0.067, of the 0.95 that are left
  for (const { probability } of found) expect(Math.abs(probability - 0.475)).toBeLessThan(0.07);
});

test('nothing known, nothing expected', () => expect(expectedFirst([], { carried: 500, blind: 0 })).toEqual([]));
