import { expect, test } from 'vitest';
import { conclude } from '../src/run/conclude.ts';
import { witnessed } from '../src/run/witness.ts';
import { readRecording } from './lab/recording.ts';

/**
 * Kept by test/lab/record-locust.ts: the shop's own account of its traffic while Locust's users waited for their answers, 9 to 70 of them in seven steps. Four
 * connections, each held for some 105 ms, carry 38/s. In one of the two the users of a step came at once, in the other four a second.
 */
test.each(['bouncer-pool', 'bouncer-pool-at-once'])(
  '%s: users who wait show the pool that they wait for, and what it carries',
  (name) => {
    const { order, record, collected } = readRecording(
      new URL(`lab/recordings/locust/${name}.json.gz`, import.meta.url),
    );
    const { verdict, capacity, load } = conclude(order, witnessed(collected, record.span), collected);
    expect(load.axis).toBe('throughput');
    expect(verdict, verdict.sentence).toMatchObject({
      kind: 'saturated',
      first: { component: 'bouncer', resource: 'server-pool' },
    });
    if (capacity?.rate.kind !== 'interval') throw new Error('the capacity is no interval');
    expect([capacity.rate.low < 38.1, capacity.rate.high > 38.1]).toEqual([true, true]);
  },
);
