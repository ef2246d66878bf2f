import { expect, test } from 'vitest';
import type { Traffic } from '../../src/model/collected.ts';
import { seconds } from '../../src/model/units.ts';
import { watchRecovery } from '../../src/run/watch-recovery.ts';
import { every } from '../align/samples.ts';
import { toyOrder, toyWorld } from './toy-world.ts';

const start = 1_700_000_000;
const never = new AbortController().signal;

/** Answers at 10/s that take `latency(time)` seconds each, and requests inside. */
function traffic(latency: (time: number) => number, inside = 1): Traffic {
  const total = (time: number): number => {
    let sum = 0;
    for (let t = start - 60; t < time; t += 1) sum += 10 * latency(t - start);
    return sum;
  };
  return {
    completions: [every(1, start - 60, start + 120, (time) => 10 * (time - start + 60))],
    errors: [],
    durations: [every(1, start - 60, start + 120, total)],
    buckets: [],
    inFlight: [every(1, start - 60, start + 120, () => inside)],
    interval: seconds(1),
    promql: 'answers',
  };
}

const watch = (given: Traffic | undefined) =>
  watchRecovery(
    toyOrder([50]),
    {
      ...toyWorld({ capacity: 1 }),
      collect: async () => ({ signals: [], traffic: given, changes: [], blind: [], notes: [] }),
    },
    0.01,
    never,
  );

test('answers took 2 s until 10 s after the stop: back 15 s after it, when the last 5 s were all calm', async () => {
  const found = await watch(traffic((time) => (time < 10 ? 2 : 0.01)));
  expect(found).toMatchObject({ kind: 'recovered' });
  expect(found?.kind === 'recovered' && found.after).toBeGreaterThanOrEqual(13);
  expect(found?.kind === 'recovered' && found.after).toBeLessThanOrEqual(17);
});

test('a target that stays slow did not come back, and how slow it is stands there', async () => {
  expect(await watch(traffic(() => 2))).toMatchObject({
    kind: 'not-recovered',
    because: 'answers still took 2 s; 10 ms was usual',
  });
});

test('nothing answered and nothing inside is back', async () => {
  const quiet = { ...traffic(() => 0, 0), completions: [every(1, start - 60, start + 120, () => 500)] };
  expect(await watch(quiet)).toMatchObject({ kind: 'recovered' });
});

test('a target that tells nothing of its traffic cannot be watched', async () => {
  expect(await watch(undefined)).toBeUndefined();
});
