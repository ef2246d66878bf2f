import { expect, test } from 'vitest';
import { conclude } from '../src/run/conclude.ts';
import { witnessed } from '../src/run/witness.ts';
import { readRecording } from './lab/recording.ts';

/**
 * Kept by test/lab/record-k6.ts: a real k6 ran what "generate k6" wrote, and pushed what it saw. Four connections, each held for some 105 ms by a query, carry
 * 38/s. The second time others used the machine too, and the script told latency by buckets with both their bounds.
 */
const runs = ['bouncer-pool', 'bouncer-pool-beside-others'].map((name) => {
  const { order, record, collected } = readRecording(new URL(`lab/recordings/k6/${name}.json.gz`, import.meta.url));
  const seen = witnessed(collected, record.span);
  return { name, seen, report: conclude(order, seen, collected) };
});

test.each(runs)(
  '$name: what k6 pushed is judged like a load of our own: the resource, between which steps, at what capacity',
  ({ name, report }) => {
    const { verdict, resources, capacity } = report;
    expect(verdict.set[0]).toMatchObject({ component: 'bouncer', resource: 'server-pool' });
    // Beside others it may be less sure, and no other is named before it.
    expect(['saturated', ...(name === 'bouncer-pool' ? [] : ['near-tie'])]).toContain(verdict.kind);
    const onset = resources.find(({ resource }) => resource === 'server-pool')?.onset;
    // Between the steps of 35/s and 50/s, as far as a window shows them.
    expect((onset?.load.above ?? 0) / 35).toBeCloseTo(1, 1);
    expect((onset?.load.upTo ?? 0) / 50).toBeCloseTo(1, 1);
    if (capacity?.rate.kind !== 'interval') throw new Error('the capacity is no interval');
    // 4 ÷ 0.105 s is 38.1/s; Plimsoll's own load found 33.4/s to 42.3/s.
    const { low, high } = capacity.rate;
    expect([low > 33.4, low < 38.1, high > 38.1, high < 42.3]).toEqual([true, true, true, true]);
  },
);

test.each(runs)(
  '$name: each step but the last, which drops may have ended, is seen at the rate that was planned, although every scenario has series of its own',
  ({ seen }) => {
    const nearest = (rate: number): number =>
      Math.min(...seen.windows.map(({ offered }) => Math.abs(offered / rate - 1)));
    // A push too early or too late, out of 6 to 14 s.
    for (const rate of [9, 13, 18, 25, 35, 50]) expect(nearest(rate)).toBeLessThan(0.03);
  },
);

test('latency is told between the bounds that k6 counted by: at low load each answer took some 105 ms', () => {
  const [first] = runs.at(-1)?.seen.windows ?? [];
  const median = first?.latency.quantiles?.find(({ quantile }) => quantile === 0.5)?.range;
  expect(median).toMatchObject({ kind: 'interval', low: 0.1, high: 0.15 });
});
