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
    0.05,
  );
  expect(first).toMatchObject({ resource: 'cpu', probability: 0.95 });
});

test('two alike share about evenly', () => {
  const found = expectedFirst(
    [
      resource('cpu', { kind: 'interval', value: 500, low: 450, high: 550 }),
      resource('disk', { kind: 'interval', value: 500, low: 450, high: 550 }),
    ],
    0,
  );
  // 500 fair draws: ± 3 standard deviations is ± 0.067
  for (const { probability } of found) expect(Math.abs(probability - 0.5)).toBeLessThan(0.07);
});

test('nothing known, nothing expected', () => expect(expectedFirst([], 0.05)).toEqual([]));
