import { expect, test } from 'vitest';
import { seeded } from '../../src/model/random.ts';
import { inversePrediction } from '../../src/stats/inverse-prediction.ts';
import { line } from '../../src/stats/line.ts';
import { nonNegativeLine } from '../../src/stats/non-negative-line.ts';
import { normalDraws } from '../support/normal-draws.ts';

test('an exact line reaches its height exactly', () => {
  expect(inversePrediction(line([1, 2, 3, 4], [3, 5, 7, 9]), 21)).toEqual({
    kind: 'interval',
    value: expect.closeTo(10, 12),
    low: expect.closeTo(10, 6),
    high: expect.closeTo(10, 6),
  });
});

test('at both ends the line is just t standard errors away from the height', () => {
  const fit = line([1, 2, 3, 4], [1.1, 1.9, 3.2, 3.8]);
  const found = inversePrediction(fit, 8);
  if (found?.kind !== 'interval') throw new Error('it should be bounded');
  for (const x of [found.low, found.high]) {
    const variance = fit.interceptError ** 2 + 2 * x * fit.covariance + x * x * fit.slopeError ** 2;
    expect(Math.abs(fit.intercept + fit.slope * x - 8) / Math.sqrt(variance)).toBeCloseTo(4.302652729749462, 8);
  }
});

test('a line through the origin has no error there: 8 steps of 2 reach 20 at 10', () => {
  const found = inversePrediction(nonNegativeLine([1, 2, 3], [1, 3, 5]), 22);
  if (found?.kind !== 'interval') throw new Error('it should be bounded');
  expect(found.value).toBeCloseTo(14, 10);
  expect(22 / found.low - 22 / 14).toBeCloseTo(4.302652729749462 * 0.12371791482634835, 8);
});

test('a slope that may be 0 gives a lower bound only', () => {
  const found = inversePrediction(line([1, 2, 3, 4], [1, 1.3, 0.9, 1.4]), 5);
  expect(found?.kind).toBe('at-least');
});

test('a flat line reaches nothing', () => {
  expect(inversePrediction(line([1, 2, 3], [1, 1, 1]), 5)).toBeUndefined();
  expect(inversePrediction(nonNegativeLine([1, 2, 3], [3, 2, 1]), 5)).toBeUndefined();
});

test('with 8 points and white noise the interval holds the truth in 93 to 97 of 100 cases (2000 replications, seed 7)', () => {
  const normal = normalDraws(seeded(7));
  const loads = [50, 100, 150, 200, 250, 300, 350, 400];
  const truth = (1 - 0.05) / 0.0015;
  const held = Array.from({ length: 2000 }, () => {
    const usage = loads.map((load) => 0.05 + 0.0015 * load + 0.02 * normal());
    const found = inversePrediction(line(loads, usage), 1);
    return found?.kind === 'interval' && found.low <= truth && truth <= found.high;
  }).filter(Boolean).length;
  expect(held / 2000).toBeGreaterThan(0.93);
  expect(held / 2000).toBeLessThan(0.97);
});
