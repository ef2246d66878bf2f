import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ratioOf } from '../../src/compare/ratio-of.ts';
import { seeded } from '../../src/model/random.ts';
import { about } from '../report/fixtures/parts.ts';
import { normalDraws } from '../support/normal-draws.ts';

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

test('repeats are judged by their own scatter, by t on the logarithms: 100, 102, 104 against 101, 103, 105', () => {
  const side = (values: readonly number[]) => values.map((value) => about(value, value * 0.999, value * 1.001));
  const found = ratioOf(side([100, 102, 104]), side([101, 103, 105]), 0.03);
  const logs = [100, 102, 104, 101, 103, 105].map(Math.log);
  const means = [logs.slice(0, 3), logs.slice(3)].map((side) => side.reduce((a, b) => a + b) / 3);
  const squares = logs.map((value, i) => (value - (means[i < 3 ? 0 : 1] ?? 0)) ** 2).reduce((a, b) => a + b);
  const reach = 2.7764451051977934 * Math.sqrt(((squares / 4) * 2) / 3);
  const shift = (means[1] ?? 0) - (means[0] ?? 0);
  expect(found?.ratio).toEqual({
    kind: 'interval',
    value: expect.closeTo(Math.exp(shift), 10),
    low: expect.closeTo(Math.exp(shift - reach), 10),
    high: expect.closeTo(Math.exp(shift + reach), 10),
  });
});

test('repeats that agree to the digit are still no surer than the runs themselves', () => {
  const same = [about(100, 95, 105), about(100, 95, 105)];
  const found = ratioOf(same, same, 0.03)?.ratio;
  expect(found?.kind === 'interval' && found.high - found.low).toBeGreaterThan(0.2);
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

test('of 1000 pairs of three repeats with nothing between them at most 7 in 100 are told apart (seed 5)', () => {
  const normal = normalDraws(seeded(5));
  const side = () =>
    Array.from({ length: 3 }, () => {
      const value = 200 * Math.exp(0.03 * normal());
      return about(value, value * 0.995, value * 1.005);
    });
  const apart = Array.from({ length: 1000 }, () => ratioOf(side(), side(), 0.03)?.ratio).filter(
    (ratio) => ratio?.kind === 'interval' && (ratio.low > 1 || ratio.high < 1),
  ).length;
  expect(apart / 1000).toBeLessThan(0.07);
  expect(apart / 1000).toBeGreaterThan(0.03);
});
