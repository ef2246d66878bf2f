import { expect, test } from 'vitest';
import { accountOf } from '../../src/load/account.ts';
import { totalOf } from '../../src/load/histogram.ts';
import { live } from '../../src/load/live.ts';
import { outcomeNames } from '../../src/load/outcome.ts';
import { endedOf, phases, since, snapshotOf, tallyOf } from '../../src/load/tally.ts';

/** So many requests, one of each outcome in turn, each answered 10 ms after it was due. */
function filled(count: number, tally = tallyOf()) {
  const account = accountOf(tally, 2);
  for (let index = 0; index < count; index++) {
    account.intended('measure', 0.001);
    account.sent('measure');
    const outcome = outcomeNames[index % outcomeNames.length] ?? 'good';
    account.ended({ phase: 'measure', due: 1, onSocket: 1.001 }, outcome, 1.01, true);
  }
  return tally;
}

test('what one thread writes another reads through the same buffer', () => {
  const there = tallyOf(filled(13).buffer);
  expect(there.counted('measure', 'good')).toBe(1);
  expect(totalOf(there.histogram('measure', 'lag'))).toBe(13);
});

test('every counter has a place of its own', () => {
  const tally = tallyOf();
  let value = 0;
  for (const phase of phases) for (const outcome of outcomeNames) tally.count(phase, outcome, ++value);
  value = 0;
  for (const phase of phases) for (const outcome of outcomeNames) expect(tally.counted(phase, outcome)).toBe(++value);
});

test('each request ends once: in flight is back at none, and all outcomes are there', () => {
  const { phases: counts, inFlight, answersInTime, goodInTime } = snapshotOf([filled(13)]);
  expect(inFlight).toBe(0);
  expect([answersInTime, goodInTime]).toEqual([3, 1]);
  // Eight of the thirteen are the target's doing besides the good one: 4xx, 5xx, timeout, a reset, refused, unreachable, tls, protocol, dns.
  expect(endedOf(counts.measure)).toEqual({ completed: 13, good: 1, failed: 9, answered: 3 });
});

test('a time-out counts with its time, a quick failure with none', () => {
  const { response, responseSum } = snapshotOf([filled(13)]).phases.measure;
  expect(totalOf(response)).toBe(2); // the good one and the one that timed out
  expect(responseSum).toBeCloseTo(0.02, 9);
});

test('the tallies of four workers add up to that of one', () => {
  const one = snapshotOf([filled(52)]);
  const four = snapshotOf([filled(13), filled(13), filled(13), filled(13)]);
  expect(four.phases.measure).toEqual({
    ...one.phases.measure,
    responseSum: expect.closeTo(one.phases.measure.responseSum, 9),
  });
});

test('a step is the difference of two copies', () => {
  const tally = filled(13);
  const before = snapshotOf([tally]);
  filled(26, tally);
  const measured = since(snapshotOf([tally]).phases.measure, before.phases.measure);
  expect([measured.intended, measured.sent, totalOf(measured.lag)]).toEqual([26, 26, 26]);
});

test('the live display: rates over the last second, quantiles of the last five', () => {
  const tally = tallyOf();
  const account = accountOf(tally, 2);
  const second = (count: number, took: number) => {
    for (let index = 0; index < count; index++) {
      account.intended('measure', 0);
      account.sent('measure');
      account.ended({ phase: 'measure', due: 0, onSocket: 0 }, 'good', took, true);
    }
    return snapshotOf([tally]);
  };
  const copies = [0, 1, 2, 3, 4, 5, 6, 7].map((at) => ({
    at,
    snapshot: second(at < 2 ? 1000 : 100, at < 2 ? 1 : 0.01),
  }));
  const shown = live({ at: 8, snapshot: second(50, 0.01) }, copies);
  expect(shown).toMatchObject({ at: 8, intended: 2650, good: 2650, offered: 50, achieved: 50 });
  expect(shown.p50).toBeCloseTo(0.01, 4);
  expect(shown.p99).toBeCloseTo(0.01, 4);
});
