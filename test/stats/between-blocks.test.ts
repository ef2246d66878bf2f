import { expect, test } from 'vitest';
import { seeded } from '../../src/model/random.ts';
import { betweenBlocks } from '../../src/stats/between-blocks.ts';
import { type Line, line } from '../../src/stats/line.ts';
import { studentTQuantile } from '../../src/stats/student-t-quantile.ts';
import { normalDraws } from '../support/normal-draws.ts';

const loads = [1, 2, 3, 4, 5, 6, 7, 8];
const days = [0, 1, 2, 3, 4, 5, 6];

/** y = 1 + 2x, each day's slope its own by 5 %, through the means of all days, as levels of load are. */
function week(normal: () => number): { readonly whole: Line; readonly without: readonly Line[] } {
  const slopes = days.map(() => 2 * (1 + 0.05 * normal()));
  const seen = days.map((at) => loads.map((x) => 1 + (slopes[at] ?? 2) * x + 0.02 * normal()));
  const through = (some: readonly number[]): Line =>
    line(
      loads,
      loads.map((_, i) => some.reduce((sum, at) => sum + (seen[at]?.[i] ?? 0), 0) / some.length),
    );
  return { whole: through(days), without: days.map((left) => through(days.filter((at) => at !== left))) };
}

const covers = ({ slope, slopeError, df }: Line): boolean =>
  Math.abs(slope - 2) <= studentTQuantile(0.975, df) * slopeError;

test('where days differ, the interval of the slope holds the truth in 95 of 100 weeks; that of the means alone in few', () => {
  const normal = normalDraws(seeded(45));
  const weeks = Array.from({ length: 1000 }, () => week(normal));
  const share = (of: (one: (typeof weeks)[number]) => Line): number =>
    weeks.filter((one) => covers(of(one))).length / weeks.length;
  // 1000 draws: ± 0.014 (95 %).
  expect(share(({ whole, without }) => betweenBlocks(whole, without))).toBeGreaterThan(0.93);
  expect(share(({ whole }) => whole)).toBeLessThan(0.6);
});

test('the line itself stays, with the degrees of freedom of its blocks', () => {
  const { whole, without } = week(normalDraws(seeded(3)));
  const known = betweenBlocks(whole, without);
  expect([known.slope, known.intercept, known.df]).toEqual([whole.slope, whole.intercept, 6]);
  expect(known.residualSd / Math.sqrt(known.weight)).toBeGreaterThan(whole.residualSd / Math.sqrt(whole.weight));
});

test('two blocks, or blocks that agree better than the points about the line, tell nothing more', () => {
  const bent = line(
    loads,
    loads.map((x) => x * x),
  );
  expect(betweenBlocks(bent, [bent, bent, bent])).toBe(bent);
  expect(betweenBlocks(bent, [line(loads, loads), bent])).toBe(bent);
});
