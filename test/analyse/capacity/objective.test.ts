import { expect, test } from 'vitest';
import { crossingOf, missedIn, rulesOf, toldOf } from '../../../src/analyse/capacity/objective.ts';
import type { View } from '../../../src/analyse/seen/view.ts';
import type { Interval } from '../../../src/model/interval.ts';
import type { Objectives } from '../../../src/model/objectives.ts';
import { ratio, seconds } from '../../../src/model/units.ts';
import { healthOf } from '../../support/health-of.ts';
import { viewWith } from '../windows.ts';

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
const told = (view: View, objectives: Objectives) => rulesOf(objectives).map((rule) => toldOf(view, rule))[0];

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

test('crossed at 400/s, met up to 300/s; a spike at 100/s before is a lapse, and is told', () => {
  const later = ranged(0.99, [between(0.2, 0.4), between(0.05, 0.08), between(0.05, 0.08), between(0.3, 0.4)]);
  expect(told(later, limit(0.99, 0.1))).toEqual({
    crossed: true,
    upTo: 400,
    met: 300,
    missed: {
      load: 100,
      text: 'in 1 of 4 windows, at 100/s (between 200 ms and 400 ms, as its histogram and the number of answers tell)',
    },
    open: undefined,
  });
});

const errors = { latency: [], errors: ratio(0.01), throughput: undefined };

test('a soak in which 13 % and 22 % fail in two of six windows has not met 1 %, though the others did', () => {
  const shares = [0, 0, 0.13, 0.22, 0, 0];
  const soak = viewWith(shares.map((share) => ({ load: 40, goodput: 40 * (1 - share), errors: share })));
  expect(told(soak, errors)).toEqual({
    crossed: true,
    upTo: 40,
    met: undefined,
    missed: { load: 40, text: 'in 2 of 6 windows, at 40/s (the worst 22 %)' },
    open: undefined,
  });
  expect(missedIn(soak, errors)).toEqual(['errors ≤ 1 % was missed in 2 of 6 windows, at 40/s (the worst 22 %)']);
});

test('one that a plainly higher load met is not crossed, and was missed all the same', () => {
  const view = viewWith([{ load: 40, errors: 0.2 }, { load: 80 }, { load: 160 }, { load: 320 }]);
  expect(told(view, errors)).toMatchObject({ crossed: false, met: 320, missed: { load: 40 } });
});

test('6 of 400 failures where 4 are allowed may be chance: not missed for that', () => {
  const view = viewWith([0, 0.015, 0, 0].map((share) => ({ load: 40, errors: share })));
  expect(told(view, errors)).toMatchObject({ crossed: false, missed: undefined });
});

test('of what others send a lapse is no miss', () => {
  const view = viewWith([0, 0.2, 0, 0].map((share) => ({ load: 40, errors: share })));
  const windows = view.windows.map((window) => ({ ...window, health: healthOf('foreign') }));
  expect(told({ ...view, windows }, errors)).toMatchObject({ crossed: false, missed: undefined });
});

test('above the limit in a window that does not count, it cannot be told there; not beyond where it is crossed anyway', () => {
  const view = viewWith([{ load: 40 }, { load: 50 }, { load: 60 }]);
  const [aside] = viewWith([{ load: 80, errors: 0.268 }]).windows;
  if (!aside) throw new Error('no window');
  const limited = { ...aside, aside: { kind: 'generator-limited', because: 'late' } as const };
  const [rule] = rulesOf(errors);
  expect(rule && toldOf(view, rule, [limited])).toMatchObject({
    crossed: false,
    met: 60,
    open: 'at 80/s it was 26.8 %, in a window that does not count',
  });
  const crossed = viewWith([{ load: 40 }, { load: 50 }, { load: 60, errors: 0.5 }]);
  expect(rule && toldOf(crossed, rule, [limited])).toMatchObject({ crossed: true, upTo: 60, open: undefined });
});

const errorsOnly = { latency: [], errors: ratio(0.01), throughput: undefined };
const errorRule = () => {
  const [rule] = rulesOf(errorsOnly);
  if (!rule) throw new Error('errors have a rule');
  return rule;
};

test('3 of 224 failed, where 1 % may: by chance as well, so that it is neither crossed nor met', () => {
  const view = viewWith([{ load: 10 }, { load: 15 }, { load: 22.4, errors: 3 / 224 }]);
  expect(crossingOf(view, [false, false, false], errorsOnly)).toBeUndefined();
  expect(toldOf(view, errorRule())).toEqual({
    crossed: false,
    upTo: undefined,
    met: 15,
    open: 'at 22.4/s it lies between 0.457 % and 3.86 %, as far as the number of answers tells',
  });
});

test('what a higher load crosses plainly is crossed there, above the highest load that plainly met it', () => {
  const view = viewWith([{ load: 15 }, { load: 22.4, errors: 3 / 224 }, { load: 40, errors: 0.1 }]);
  expect(crossingOf(view, [false, false, false], errorsOnly)).toMatchObject({ above: 15, upTo: 40 });
  expect(toldOf(view, errorRule())).toMatchObject({ crossed: true, upTo: 40, met: 15 });
});

test('what plainly met it at a lower load does not speak for the window that leaves it open', () => {
  const view = viewWith([
    { load: 74, errors: 0.004 },
    { load: 79, errors: 0.013 },
    { load: 81, errors: 0.03 },
    { load: 89, errors: 0.05 },
  ]);
  expect(toldOf(view, errorRule())).toMatchObject({ crossed: true, upTo: 81 });
});

test('a share that is met at a plainly higher load is not left open below it', () => {
  const view = viewWith([{ load: 10, errors: 1 / 100 }, { load: 15 }, { load: 400, errors: 8 / 4000 }]);
  expect(toldOf(view, errorRule())).toMatchObject({ crossed: false, met: 400, open: undefined });
});

test('windows of one load that tell nothing alone tell it together', () => {
  const soak = (share: number) => Array.from({ length: 12 }, () => ({ load: 50, errors: share }));
  expect(toldOf(viewWith(soak(0.018)), errorRule())).toMatchObject({ crossed: true, upTo: 50 });
  expect(toldOf(viewWith(soak(0.004)), errorRule())).toMatchObject({ crossed: false, met: 50, open: undefined });
});

test('what failed for a while only is no share of the windows beside it', () => {
  const soak = Array.from({ length: 12 }, (_, i) => ({ load: 50, errors: i === 6 ? 0.3 : 0.002 }));
  // it was missed there, which is told; but of the twelve windows it is the only one that crosses it
  expect(toldOf(viewWith(soak), errorRule())).toMatchObject({
    upTo: 50,
    missed: { load: 50, text: 'in 1 of 12 windows, at 50/s (30 %)' },
  });
});
