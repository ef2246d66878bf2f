import { expect, test } from 'vitest';
import { headroomOf } from '../../src/analyse/capacity/headroom.ts';
import { perSecond } from '../../src/model/units.ts';
import { oneLine } from '../../src/report/one-line.ts';
import { dataInvalid } from './fixtures/data-invalid.ts';
import { hostile } from './fixtures/hostile.ts';
import { notReached } from './fixtures/not-reached.ts';
import { saturated } from './fixtures/saturated.ts';
import { unobservedLimit } from './fixtures/unobserved-limit.ts';

test('the sentence comes first, then what it has not told and still fits', () => {
  expect(oneLine(saturated)).toBe(
    'shop: bouncer / server-pool saturates first, between 180/s and 210/s (probability 97 %): all 2 connections are lent out and 46 requests wait for one. Capacity 193/s. Headroom 22.3 % at 150/s.',
  );
});

test('a number that the sentence has told is not told again', () => {
  const report = { ...saturated, verdict: { ...saturated.verdict, sentence: 'Full at 193/s.' } };
  expect(oneLine(report)).toBe(
    'shop: Full at 193/s. Headroom 22.3 % at 150/s. Next api / cpu quota, which carries 452/s.',
  );
});

test('where a bound tells nothing of the headroom, it is not known', () => {
  const headroom = headroomOf({ kind: 'at-least', low: 86.6 }, perSecond(120), 'expected') ?? null;
  const report = { ...saturated, headroom, verdict: { ...saturated.verdict, sentence: 'Full at 193/s.' } };
  expect(oneLine(report)).toContain(' Headroom not known at 120/s.');
});

test.each([saturated, notReached, dataInvalid, unobservedLimit, hostile])(
  '$verdict.kind is one line of at most 200 characters',
  (report) => {
    expect([...oneLine(report)].length).toBeLessThanOrEqual(200);
    expect(oneLine(report)).not.toMatch(/\p{Cc}/u);
  },
);

test('a sentence that is too long is cut where the line ends', () => {
  const report = { ...saturated, verdict: { ...saturated.verdict, sentence: 'x'.repeat(500) } };
  expect(oneLine(report)).toBe(`shop: ${'x'.repeat(193)}…`);
});
