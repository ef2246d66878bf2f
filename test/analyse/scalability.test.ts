import { expect, test } from 'vitest';
import { scalabilityOf } from '../../src/analyse/scalability.ts';
import type { View } from '../../src/analyse/seen/view.ts';
import { ratio } from '../../src/model/units.ts';
import { uslThroughput } from '../../src/stats/usl-throughput.ts';
import { viewWith } from './windows.ts';

type Point = { readonly n: number; readonly x: number };

function viewOfPoints(points: readonly Point[]): View {
  const view = viewWith(points.map(({ x }) => ({ load: x })));
  const inFlight = new Map(points.map(({ n, x }) => [x, { mean: n, growth: 0 }]));
  return { ...view, windows: view.windows.map((window) => ({ ...window, inFlight: inFlight.get(window.load) })) };
}

/** A law's points, each off by a share that alternates. */
const along = (law: Parameters<typeof uslThroughput>[0], at: readonly number[], off = 0.002): readonly Point[] =>
  at.map((n, i) => ({ n, x: uslThroughput(law, n) * (1 + (i % 2 === 0 ? off : -off)) }));

const calm = (view: View) => view.windows.map(() => false);

test('seven points beyond the peak of α = 0.02, β = 0.02: the peak at 7 was seen', () => {
  const view = viewOfPoints(along({ contention: 0.02, coherency: 0.02, unit: 100 }, [1, 2, 3, 4, 6, 7, 9, 10]));
  expect(scalabilityOf(view, calm(view))).toMatchObject({
    kind: 'fitted',
    peak: expect.closeTo(7, 0),
    downturn: 'seen',
    limit: { kind: 'interval' },
  });
});

test('points short of the peak carry one only by extrapolation, and say so', () => {
  const view = viewOfPoints(along({ contention: 0.02, coherency: 0.005, unit: 100 }, [1, 2, 4, 6, 8, 10, 12], 0.0005));
  expect(scalabilityOf(view, calm(view))).toMatchObject({ kind: 'fitted', downturn: 'extrapolated' });
});

test('contention alone: no downturn is supported, and no peak is told', () => {
  const view = viewOfPoints(along({ contention: 0.1, coherency: 0, unit: 100 }, [1, 2, 4, 8, 16, 32, 64]));
  expect(scalabilityOf(view, calm(view))).toMatchObject({ kind: 'fitted', peak: undefined, downturn: 'not-supported' });
});

test('windows that were not sustained are no points of the law', () => {
  const view = viewOfPoints(along({ contention: 0.1, coherency: 0, unit: 100 }, [1, 2, 4, 8, 16, 32, 64]));
  expect(
    scalabilityOf(
      view,
      view.windows.map((_, i) => i > 3),
    ),
  ).toMatchObject({
    kind: 'not-carried',
    because: expect.stringContaining('there are 4'),
  });
});

test('traffic that others made is a mix that moves, and no sweep', () => {
  const view = viewOfPoints(along({ contention: 0.1, coherency: 0, unit: 100 }, [1, 2, 4, 8, 16, 32, 64]));
  const windows = view.windows.map((window) => ({
    ...window,
    health: { ...window.health, verdict: 'foreign' as const, sendRatio: ratio(1) },
  }));
  expect(scalabilityOf({ ...view, windows }, calm(view))).toMatchObject({
    kind: 'not-carried',
    because: expect.stringContaining('load of our own only'),
  });
});

/** As oracledb of R usl: the law peaks at 4.74, and 6.77 were carried. */
test('a law whose maximum lies far below what was carried is rejected', () => {
  const points = [
    ...along({ contention: 0.2, coherency: 0.04, unit: 10 }, [1, 1.5, 2, 2.5, 3, 3.5, 5, 6, 8, 10]),
    { n: 4, x: 42 },
  ];
  const view = viewOfPoints(points);
  expect(scalabilityOf(view, calm(view))).toMatchObject({
    kind: 'not-carried',
    because: expect.stringMatching(/^the law is rejected: its maximum is /),
  });
});

test('a dip between two higher points is a point like any other: without it there would be five, and no fit', () => {
  const law = { contention: 0.1, coherency: 0, unit: 100 };
  const points = along(law, [1, 2, 4, 8, 16, 32]).map((point) => (point.n === 8 ? { ...point, x: 290 } : point));
  const view = viewOfPoints(points);
  expect(view.windows.map(({ inFlight }) => inFlight?.mean)).toEqual([1, 2, 4, 8, 16, 32]);
  expect(scalabilityOf(view, calm(view)).kind).toBe('fitted');
});

test('eight windows of one load tell nothing of how throughput bends', () => {
  const view = viewOfPoints(
    along({ contention: 0.02, coherency: 0.02, unit: 100 }, [3, 3.1, 3.2, 3.3, 3.4, 3.5, 3.6, 3.7]),
  );
  expect(scalabilityOf(view, calm(view))).toMatchObject({
    kind: 'not-carried',
    because: expect.stringContaining('loads that differ'),
  });
});
