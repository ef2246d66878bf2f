import { expect, test } from 'vitest';
import { stopRulesInWords } from '../../src/plan/stop-rules-in-words.ts';

test('every stop rule is told in one sentence, and each guard with its query', () => {
  expect(stopRulesInWords({ lagging: 'lag > 5' })).toEqual([
    'more than 50 % of at least 50 requests fail within 10 s',
    'at least 5 connections fail within 5 s and nothing else happens',
    'Prometheus does not answer for 30 s',
    'the guard "lagging" turns true: lag > 5',
  ]);
});
