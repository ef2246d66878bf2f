import { expect, test } from 'vitest';
import { conclude } from '../src/run/conclude.ts';
import { witnessed } from '../src/run/witness.ts';
import { readRecording } from './lab/recording.ts';

/** Kept by test/lab/record-k6.ts: a real k6 ran what "generate k6" wrote, and pushed what it saw. Four connections, each held for some 105 ms by a query, carry 38/s. */
const { order, record, collected } = readRecording(new URL('lab/recordings/k6/bouncer-pool.json.gz', import.meta.url));
const report = conclude(order, witnessed(collected, record.span), collected);

test('what a real k6 pushed is judged like a load of our own: the same resource, between the same steps, at the capacity that its size gives', () => {
  expect(report.verdict).toMatchObject({
    kind: 'saturated',
    first: { component: 'bouncer', resource: 'server-pool' },
  });
  const onset = report.resources.find(({ resource }) => resource === 'server-pool')?.onset;
  // Between the steps of 35/s and 50/s, as far as a window shows them.
  expect((onset?.load.above ?? 0) / 35).toBeCloseTo(1, 1);
  expect((onset?.load.upTo ?? 0) / 50).toBeCloseTo(1, 1);
  const rate = report.capacity?.rate;
  if (rate?.kind !== 'interval') throw new Error('the capacity is no interval');
  // 4 ÷ 0.105 s is 38.1/s; Plimsoll's own load, minutes before, found 33.4/s to 42.3/s.
  expect([rate.low > 33.4, rate.low < 38.1, rate.high > 38.1, rate.high < 42.3]).toEqual([true, true, true, true]);
});

test('each of its steps but the last, which drops ended, is seen at the rate that was planned, although every scenario has series of its own', () => {
  const planned = [9, 13, 18, 25, 35, 50];
  const { windows } = witnessed(collected, record.span);
  const nearest = (rate: number): number => Math.min(...windows.map(({ offered }) => Math.abs(offered / rate - 1)));
  // A push too early or too late, out of 6 to 14 s.
  for (const rate of planned) expect(nearest(rate)).toBeLessThan(0.03);
});
