import { expect, test } from 'vitest';
import type { Traffic } from '../../src/model/collected.ts';
import type { StepRecord } from '../../src/model/load-record.ts';
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

const watch = (given: Traffic | undefined, last?: StepRecord) =>
  watchRecovery(
    toyOrder([50]),
    {
      ...toyWorld({ capacity: 1 }),
      collect: async () => ({ signals: [], traffic: given, changes: [], blind: [], notes: [] }),
    },
    { baseline: 0.01, last },
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

test('answers as fast as usual since the load ended: back at once', async () => {
  expect(await watch(traffic(() => 0.01))).toEqual({ kind: 'recovered', after: 0 });
});

/** As many answers as before the load ended, and none since. */
const answeredNothing = (until = start + 120) => [every(1, start - 60, until, () => 500)];

/** The last record of a load, in which all of 294 requests found no connection. */
const refused = { throughput: 0, completed: 294, errors: 1 } as StepRecord;

test('nothing answered and nothing inside shows no latency: it is not back, and it cannot be told', async () => {
  expect(await watch({ ...traffic(() => 0, 0), completions: answeredNothing() })).toMatchObject({
    kind: 'untold',
    watched: 1,
    because: 'nothing was inside any more, and nothing was asked that would show how fast it answers',
  });
});

test('nothing answered, and nobody tells what is inside: cannot be told, and one look is enough', async () => {
  expect(await watch({ ...traffic(() => 0), completions: answeredNothing(), inFlight: [] })).toEqual({
    kind: 'untold',
    watched: 5,
    because: 'nothing was answered, and what was inside is not told',
  });
});

test('nothing answered at the end of the load, and nothing since: it did not come back', async () => {
  const quiet = { ...traffic(() => 0), completions: answeredNothing(), inFlight: [] };
  expect(await watch(quiet, refused)).toMatchObject({
    kind: 'not-recovered',
    because:
      'of the last 294 requests of the load none was answered, and since then nothing was answered, and what was inside is not told',
  });
});

test('a service that died with its exporter is not back', async () => {
  const dead = { ...traffic(() => 0), completions: answeredNothing(start - 3), inFlight: [] };
  expect(await watch(dead, refused)).toMatchObject({
    kind: 'not-recovered',
    because:
      'of the last 294 requests of the load none was answered, and since then its account of its traffic could not be read any more',
  });
  expect(await watch(dead)).toMatchObject({ kind: 'untold' });
});

test('answers that fail at once are no recovery', async () => {
  const failing = traffic(() => 0.001);
  expect(await watch({ ...failing, errors: failing.completions })).toMatchObject({
    kind: 'not-recovered',
    because: 'all that was answered failed',
  });
});

test('a target that tells nothing of its traffic cannot be watched', async () => {
  expect(await watch(undefined)).toBeUndefined();
});
