import { expect, test } from 'vitest';
import { accountOf } from '../../src/load/account.ts';
import { totalOf } from '../../src/load/histogram.ts';
import { live } from '../../src/load/live.ts';
import { outcomeNames } from '../../src/load/outcome.ts';
import { endedOf, phases, since, snapshotOf, tallyOf } from '../../src/load/tally.ts';

/** So many requests, one of each outcome in turn, each answered 10 ms after it was due. */
function filled(count: number, tally = tallyOf(1)) {
  const account = accountOf(tally, 2);
  for (let index = 0; index < count; index++) {
    account.intended('measure', 0, 0.001);
    account.sent('measure', 0);
    const outcome = outcomeNames[index % outcomeNames.length] ?? 'good';
    account.ended({ request: 0, phase: 'measure', due: 1, onSocket: 1.001 }, { outcome, late: false }, 1.01, true);
  }
  return tally;
}

test('what one thread writes another reads through the same buffer', () => {
  const there = tallyOf(1, filled(14).buffer);
  expect(there.counted('measure', 0, 'good')).toBe(1);
  expect(totalOf(there.histogram('measure', 'lag'))).toBe(14);
});

test('every counter has a place of its own', () => {
  const tally = tallyOf(1);
  let value = 0;
  for (const phase of phases) for (const outcome of outcomeNames) tally.count(phase, 0, outcome, ++value);
  value = 0;
  for (const phase of phases)
    for (const outcome of outcomeNames) expect(tally.counted(phase, 0, outcome)).toBe(++value);
});

test('each request ends once: in flight is back at none, and all outcomes are there', () => {
  const { phases: counts, inFlight, answersInTime, goodInTime } = snapshotOf([filled(14)]);
  expect(inFlight).toBe(0);
  expect([answersInTime, goodInTime]).toEqual([4, 1]);
  // Ten of the fourteen are failures of the target's doing: 4xx, 5xx, a failed check, timeout, a reset, refused, unreachable, tls, protocol, dns.
  expect(endedOf(counts.measure)).toEqual({ completed: 14, good: 1, failed: 10, answered: 4 });
});

test('a time-out counts with its time, a quick failure with none', () => {
  const { response, responseSum } = snapshotOf([filled(14)]).phases.measure;
  expect(totalOf(response)).toBe(2); // the good one and the one that timed out
  expect(responseSum).toBeCloseTo(0.02, 9);
});

test('the tallies of four workers add up to that of one', () => {
  const one = snapshotOf([filled(56)]);
  const four = snapshotOf([filled(14), filled(14), filled(14), filled(14)]);
  expect(four.phases.measure).toEqual({
    ...one.phases.measure,
    responseSum: expect.closeTo(one.phases.measure.responseSum, 9),
  });
});

test('a step is the difference of two copies', () => {
  const tally = filled(14);
  const before = snapshotOf([tally]);
  filled(28, tally);
  const measured = since(snapshotOf([tally]).phases.measure, before.phases.measure);
  expect([measured.intended, measured.sent, totalOf(measured.lag)]).toEqual([28, 28, 28]);
});

test('the live display: rates over the last second, quantiles of the last five', () => {
  const tally = tallyOf(1);
  const account = accountOf(tally, 2);
  const second = (count: number, took: number) => {
    for (let index = 0; index < count; index++) {
      account.intended('measure', 0, 0);
      account.sent('measure', 0);
      account.ended(
        { request: 0, phase: 'measure', due: 0, onSocket: 0 },
        { outcome: 'good', late: false },
        took,
        true,
      );
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
