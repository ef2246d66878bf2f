import { expect, test } from 'vitest';
import { tightened } from '../../src/model/stop-limits.ts';
import { ratio, seconds } from '../../src/model/units.ts';
import { stopRulesInWords } from '../../src/plan/stop-rules-in-words.ts';

test('every stop rule is told in one sentence, and each guard with its query', () => {
  expect(stopRulesInWords({ lagging: 'lag > 5' })).toEqual([
    'more than 50 % of at least 50 requests fail within 10 s',
    'at least 5 connections fail within 5 s and nothing else happens',
    'Prometheus does not answer for 30 s',
    'the guard "lagging" turns true, or cannot be asked for 30 s: lag > 5',
  ]);
});

test('what a target says of its own is told too', () => {
  const rules = stopRulesInWords({}, tightened({ errors: ratio(0.2), p95: seconds(2) }));
  expect(rules[0]).toBe('more than 20 % of at least 50 requests fail within 10 s');
  expect(rules).toContain('the 95th percentile is above 2 s in 3 windows of 5 s in a row');
});
