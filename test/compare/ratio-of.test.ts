import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ratioOf } from '../../src/compare/ratio-of.ts';
import { studentTQuantile } from '../../src/stats/student-t-quantile.ts';
import { about } from '../report/fixtures/parts.ts';

const z = 1.959963984540054;

test('100 (98 to 102) and 200 (196 to 204): twice, give or take the root of both squares: ln 1.02 and ln(1/0.98)', () => {
  const found = ratioOf([about(100, 98, 102)], [about(200, 196, 204)], 0);
  const down = Math.hypot(Math.log(1 / 0.98), Math.log(1.02));
  expect(found?.ratio).toEqual({
    kind: 'interval',
    value: expect.closeTo(2, 12),
    low: expect.closeTo(2 * Math.exp(-down), 10),
    high: expect.closeTo(2 * Math.exp(down), 10),
  });
  expect(found?.p).toBeLessThan(1e-9);
});

test('a run-to-run scatter of 3 % widens one run each to ± 8.3 %', () => {
  const found = ratioOf([about(100, 100, 100)], [about(100, 100, 100)], 0.03);
  expect(found).toEqual({
    ratio: {
      kind: 'interval',
      value: 1,
      low: expect.closeTo(Math.exp(-z * 0.03 * Math.SQRT2), 10),
      high: expect.closeTo(Math.exp(z * 0.03 * Math.SQRT2), 10),
    },
    p: 1,
  });
});

const side = (values: readonly number[]) => values.map((value) => about(value, value * 0.9999, value * 1.0001));

/** R: t.test(log(c(101, 103, 105)), log(c(100, 102, 104))) gives the interval −0.03459 to 0.05408 and p 0.5742 (Welch). */
test('three repeats or more are judged by the scatter of each side, by t on the logarithms, round their Hodges–Lehmann shift', () => {
  const found = ratioOf(side([100, 102, 104]), side([101, 103, 105]), 0.1);
  const logs = [100, 102, 104, 101, 103, 105].map(Math.log);
  const [before, after] = [logs.slice(0, 3), logs.slice(3)];
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / 3;
  const parts = [before, after].map((s) => s.reduce((sum, value) => sum + (value - mean(s)) ** 2, 0) / 2 / 3);
  const [one = 0, other = 0] = parts;
  const df = (one + other) ** 2 / (one ** 2 / 2 + other ** 2 / 2);
  const reach = studentTQuantile(0.975, df) * Math.sqrt(one + other);
  const shift = mean(after) - mean(before);
  const middle = after.flatMap((b) => before.map((a) => b - a)).sort((a, b) => a - b)[4];
  expect(found?.ratio).toEqual({
    kind: 'interval',
    value: expect.closeTo(Math.exp(middle ?? 0), 10),
    low: expect.closeTo(Math.exp(shift - reach), 10),
    high: expect.closeTo(Math.exp(shift + reach), 10),
  });
});

test('two repeats a side share their scatter: 100, 104 against 102, 106 by t(2) = 4.303', () => {
  const found = ratioOf(side([100, 104]), side([102, 106]), 0.1)?.ratio;
  const variance = (Math.log(1.04) ** 2 / 2 + Math.log(106 / 102) ** 2 / 2) / 2;
  const shift = (Math.log(102 / 100) + Math.log(106 / 104)) / 2;
  expect(found).toMatchObject({ low: expect.closeTo(Math.exp(shift - 4.302652729911275 * Math.sqrt(variance)), 9) });
});

test('one wild run of five does not move the middle as it moves the mean', () => {
  const found = ratioOf(side([100, 101, 99, 100, 100]), side([100, 101, 99, 100, 160]), 0.1)?.ratio;
  expect(found?.kind === 'interval' && found.value).toBeCloseTo(1, 2);
});

test('repeats that agree to the digit are still no surer than the runs themselves', () => {
  const same = [about(100, 95, 105), about(100, 95, 105)];
  const found = ratioOf(same, same, 0.1)?.ratio;
  expect(found?.kind === 'interval' && found.high - found.low).toBeGreaterThan(0.2);
});

test('a second run on one side never leaves less than one run each: 99 against 198 and 190, of which two tell their scatter by t(1) = 12.7', () => {
  const [low, high] = [about(99, 95, 104), about(198, 192, 203)];
  const widthOf = (ratio: ReturnType<typeof ratioOf>) =>
    ratio?.ratio.kind === 'interval' ? Math.log(ratio.ratio.high / ratio.ratio.low) : Number.POSITIVE_INFINITY;
  const [alone, more] = [ratioOf([low], [high], 0.1), ratioOf([low], [high, about(190, 184, 195)], 0.1)];
  expect(widthOf(more)).toBeLessThan(widthOf(alone));
  expect(more?.p).toBeLessThan(1e-6);
});

test('a bound against an interval leaves the corner: at least 300 over at most 102', () => {
  expect(ratioOf([about(100, 98, 102)], [{ kind: 'at-least', low: 306 }], 0)).toEqual({
    ratio: { kind: 'at-least', low: 3 },
    p: undefined,
  });
  expect(ratioOf([{ kind: 'at-least', low: 306 }], [about(100, 98, 102)], 0)?.ratio).toEqual({
    kind: 'at-most',
    high: expect.closeTo(1 / 3, 12),
  });
});

test('two lower bounds say nothing of their ratio', () => {
  expect(ratioOf([{ kind: 'at-least', low: 100 }], [{ kind: 'at-least', low: 300 }], 0)).toBeUndefined();
});

test('what may be 0 is only a bound: at most 0.03 after 0.05 or more is at most 0.6 of it, and turned over at least 1.67 times', () => {
  const small = about(0.01, -0.01, 0.03);
  const large = about(0.06, 0.05, 0.07);
  expect(ratioOf([large], [small], 0)?.ratio).toEqual({ kind: 'at-most', high: expect.closeTo(0.6, 12) });
  expect(ratioOf([small], [large], 0)?.ratio).toEqual({ kind: 'at-least', low: expect.closeTo(5 / 3, 12) });
  expect(ratioOf([small], [small], 0)).toBeUndefined();
});

test('no ratio reaches below 0, of repeats that may be 0 neither', () => {
  const ends = fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: 1e-3, max: 1, noNaN: true }));
  const side = fc.array(
    ends.map(([low, width]) => about(Math.max(0, low + width / 2), low, low + width)),
    { minLength: 1, maxLength: 3 },
  );
  fc.assert(
    fc.property(side, side, (before, after) => {
      const ratio = ratioOf(before, after, 0.03)?.ratio;
      if (ratio?.kind === 'interval') expect(ratio.low).toBeGreaterThan(0);
      if (ratio?.kind === 'at-least') expect(ratio.low).toBeGreaterThan(0);
      if (ratio?.kind === 'at-most') expect(ratio.high).toBeGreaterThanOrEqual(0);
    }),
    { seed: 1 },
  );
});

test('exchanging the sides turns the ratio over', () => {
  const part = fc.double({ min: 0.01, max: 0.3, noNaN: true });
  const value = fc.double({ min: 1, max: 1000, noNaN: true });
  fc.assert(
    fc.property(value, value, part, part, (a, b, down, up) => {
      const [one, other] = [about(a, a * (1 - down), a * (1 + up)), about(b, b * (1 - up), b * (1 + down))];
      const there = ratioOf([one], [other], 0.03)?.ratio;
      const back = ratioOf([other], [one], 0.03)?.ratio;
      if (there?.kind !== 'interval' || back?.kind !== 'interval') throw new Error('both should be bounded');
      expect(there.low * back.high).toBeCloseTo(1, 9);
      expect(there.high * back.low).toBeCloseTo(1, 9);
    }),
    { seed: 1 },
  );
});
