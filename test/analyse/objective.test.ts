import { expect, test } from 'vitest';
import { crossingOf, rulesOf, toldOf } from '../../src/analyse/objective.ts';
import type { Interval } from '../../src/model/interval.ts';
import { ratio, seconds } from '../../src/model/units.ts';
import { viewWith } from './windows.ts';

const objectives = {
  latency: [{ quantile: ratio(0.99), limit: seconds(0.1) }],
  errors: undefined,
  throughput: undefined,
};

test('crossed between 200 and 300/s: halfway on a log scale from 50 ms to 200 ms', () => {
  const view = viewWith([{ load: 100 }, { load: 200, p99: 0.05 }, { load: 300, p99: 0.2 }, { load: 400, p99: 0.4 }]);
  expect(crossingOf(view, [false, false, false, false], objectives)).toMatchObject({
    above: 200,
    upTo: 300,
    sustained: true,
    rate: { kind: 'interval', value: expect.closeTo(250, 6), low: 200, high: 300 },
  });
});

test('of about one load the later window stands after the earlier: what crosses at 200/s after 206/s was met lies between 100 and 200/s', () => {
  const view = viewWith([{ load: 100 }, { load: 206 }, { load: 200, p99: 0.2 }, { load: 300, p99: 0.4 }]);
  expect(view.windows.map(({ load }) => load)).toEqual([100, 206, 200, 300]);
  expect(crossingOf(view, [false, false, false, false], objectives)).toMatchObject({ above: 100, upTo: 200 });
  expect(rulesOf(objectives).map((rule) => toldOf(view, rule))[0]).toMatchObject({ upTo: 200, met: 100 });
});

test('where the target was overloaded anyway, the objective binds nothing of its own', () => {
  const view = viewWith([{ load: 100 }, { load: 200, p99: 2 }]);
  expect(crossingOf(view, [false, true], objectives)?.sustained).toBe(false);
});

test('a single spike that does not last is no crossing', () => {
  const view = viewWith([{ load: 100, p99: 0.2 }, { load: 200 }, { load: 300 }, { load: 400 }]);
  expect(crossingOf(view, [false, false, false, false], objectives)).toBeUndefined();
});

const limit = (quantile: number, at: number) => ({
  latency: [{ quantile: ratio(quantile), limit: seconds(at) }],
  errors: undefined,
  throughput: undefined,
});
const between = (low: number, high: number): Interval => ({ kind: 'interval', value: (low + high) / 2, low, high });

/** Windows of 100, 200, 300 … requests a second in which one quantile is known as far as is told. */
function ranged(quantile: number, ranges: readonly (Interval | undefined)[]) {
  const view = viewWith(ranges.map((_, i) => ({ load: 100 * (i + 1) })));
  const windows = view.windows.map((window, i) => {
    const range = ranges[i];
    const quantiles = range ? [{ quantile: ratio(quantile), range }] : [];
    return { ...window, latency: { ...window.latency, quantiles } };
  });
  return { ...view, windows };
}
const calm = [false, false, false, false];
const told = (view: ReturnType<typeof ranged>, objectives: ReturnType<typeof limit>) =>
  rulesOf(objectives).map((rule) => toldOf(view, rule))[0];

test('an objective for p95 or p99.9 is never judged by p99', () => {
  const view = viewWith([{ load: 100 }, { load: 200, p99: 0.2 }, { load: 300, p99: 0.4 }]);
  for (const quantile of [0.95, 0.999]) {
    expect(crossingOf(view, calm, limit(quantile, 0.1))).toBeUndefined();
    expect(rulesOf(limit(quantile, 0.1)).map((rule) => toldOf(view, rule))).toEqual([
      { crossed: false, upTo: undefined, met: undefined, open: 'nothing tells it' },
    ]);
  }
  const known = ranged(0.95, [between(0.01, 0.02), between(0.2, 0.25), between(0.3, 0.4)]);
  expect(crossingOf(known, calm, limit(0.95, 0.1))).toMatchObject({
    text: 'p95 ≤ 100 ms was crossed at 200/s',
    upTo: 200,
  });
});

test('a limit of 300 ms between the bounds 250 and 500 ms cannot be told; on a bound it can', () => {
  const view = ranged(0.99, [between(0.1, 0.25), between(0.25, 0.5), between(0.25, 0.5), between(0.25, 0.5)]);
  expect(crossingOf(view, calm, limit(0.99, 0.3))).toBeUndefined();
  expect(told(view, limit(0.99, 0.3))).toEqual({
    crossed: false,
    upTo: undefined,
    met: 100,
    open: 'at 200/s it lies between 250 ms and 500 ms, as its histogram and the number of answers tell',
  });
  expect(crossingOf(view, calm, limit(0.99, 0.25))).toMatchObject({ above: 100, upTo: 200 });
  expect(told(view, limit(0.99, 0.5))).toEqual({ crossed: false, upTo: undefined, met: 400, open: undefined });
});

test('where it cannot be told in between, the crossing lies anywhere between the loads where it can', () => {
  const view = ranged(0.99, [between(0.1, 0.25), between(0.25, 0.5), between(0.5, 1), between(0.5, 1)]);
  expect(crossingOf(view, calm, limit(0.99, 0.3))).toMatchObject({
    above: 100,
    upTo: 300,
    rate: { kind: 'interval', low: 100, high: 300 },
  });
});

test('a quantile beyond the last bound of its histogram is at least that: 1 s crosses 300 ms, and says nothing of 2 s', () => {
  const clipped: Interval = { kind: 'at-least', low: 1 };
  const view = ranged(0.99, [between(0.1, 0.25), clipped, clipped, clipped]);
  expect(crossingOf(view, calm, limit(0.99, 0.3))).toMatchObject({ above: 100, upTo: 200 });
  expect(told(view, limit(0.99, 2))).toEqual({
    crossed: false,
    upTo: undefined,
    met: 100,
    open: 'at 200/s it lies above 1 s, where its histogram ends or answers are too few',
  });
});

test('crossed at 400/s, met up to 300/s; a spike at 100/s before is a lapse', () => {
  const later = ranged(0.99, [between(0.2, 0.4), between(0.05, 0.08), between(0.05, 0.08), between(0.3, 0.4)]);
  expect(told(later, limit(0.99, 0.1))).toEqual({ crossed: true, upTo: 400, met: 300, open: undefined });
});
