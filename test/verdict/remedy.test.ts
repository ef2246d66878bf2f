import { expect, test } from 'vitest';
import { remedyOf } from '../../src/verdict/remedy.ts';
import { candidate, nothing, reached } from './findings.ts';

const first = candidate('pool', 0.9);
const saturated = { kind: 'saturated', first, probability: first.probability } as const;
const next = (rate: object, indicative?: number) => ({
  component: 'api',
  resource: 'cpu-quota',
  capacity: {
    rate,
    provenance: 'extrapolated',
    extrapolation: 1.6,
    ...(indicative === undefined ? {} : { indicative }),
  },
});
const withNext = (...given: Parameters<typeof next>) => ({
  ...nothing,
  capacity: reached,
  next: [next(...given)] as never,
});

test('what lifting gives is what the next one carries, and how much more that is', () => {
  expect(remedyOf(saturated, withNext({ kind: 'interval', value: 386, low: 360, high: 410 }))).toBe(
    'Lifting api / pool gives at most what api / cpu-quota carries: 386/s (360/s to 410/s), 100 % more. A limit can be protective: raise it in steps and measure again.',
  );
});

test('what lies too far away is told as a bound with an indication', () => {
  expect(remedyOf(saturated, withNext({ kind: 'at-least', low: 386 }, 500))).toContain(
    'it carries at least 386/s, and would end near 500/s if its use went on as it does',
  );
});

test('with nothing next known, that is said', () => {
  expect(remedyOf(saturated, { ...nothing, capacity: reached })).toContain('cannot be told');
});

test('without a verdict there is no remedy', () => {
  expect(remedyOf({ kind: 'near-tie', among: [first] }, nothing)).toBeUndefined();
});
