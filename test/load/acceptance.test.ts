import { expect, test } from 'vitest';
import { draw } from '../../src/load/draw.ts';
import { dense, noCounts, plus, quantile, record, sparse } from '../../src/load/histogram.ts';
import { stepRecord } from '../../src/load/step-record.ts';
import { snapshotOf, tallyOf } from '../../src/load/tally.ts';
import type { StepRecord } from '../../src/model/load-record.ts';
import { epoch, perSecond, ratio, seconds } from '../../src/model/units.ts';
import { grade } from '../../src/plan/grade.ts';
import { type Answering, scriptOf, simulate, stepOrder } from './target.ts';

/** What a simulated step of 1 s and 9 s comes to, as a run would have it. */
function recordOf({ tally, ended }: ReturnType<typeof simulate>, rate: number): StepRecord {
  return stepRecord({
    step: { index: 0, rate: perSecond(rate), settle: seconds(1), measure: seconds(9) },
    span: { from: epoch(1), to: epoch(10) },
    before: snapshotOf([tallyOf(1)]),
    after: snapshotOf([tally]),
    ends: [ended?.windows[0]],
    names: ['home'],
    slowest: [],
    complete: true,
    stopped: undefined,
  });
}

/** The most that began within any second. */
function densest(starts: readonly number[]): number {
  let first = 0;
  return Math.max(
    ...starts.map((at, last) => {
      while ((starts[first] ?? at) <= at - 1) first += 1;
      return last - first + 1;
    }),
  );
}

const quick: Answering = () => ({ after: 0.005, status: 200 });

test('a loop that is burnt for 300 ms in every second: sheds because of its own lag, no burst above 1.2 times the rate, and limited', () => {
  const stalls = Array.from({ length: 9 }, (_, second) => [second + 1.2, second + 1.5] as const);
  const run = simulate({ answering: quick, order: stepOrder({ rate: 1000 }), stalls });
  const told = recordOf(run, 1000);
  expect(told.shed.lag).toBeGreaterThan(0);
  expect(told.shed.cap).toBeUndefined();
  expect(densest(run.starts)).toBeLessThanOrEqual(1200);
  expect(told.health.verdict).toBe('limited');
  expect(told.health.because.join()).toMatch(/late/);
  expect(told.errors).toBe(0);
});

test('a limited step never counts as one that was carried', () => {
  const run = simulate({ answering: quick, order: stepOrder({ rate: 1000 }), stalls: [[2.2, 4.2]] });
  const told = recordOf(run, 1000);
  expect(told.health.verdict).toBe('limited');
  expect(grade(told, { latency: [], errors: undefined, throughput: undefined })).toBe('inconclusive');
});

test('a target that takes 5 s at a cap of 64: capped, not limited, and never more than 64 in flight', () => {
  const slow: Answering = () => ({ after: 5, status: 200 });
  const script = scriptOf({ timeout: seconds(20), caps: { inFlight: 64 } });
  const run = simulate({ answering: slow, script, order: stepOrder({ rate: 100 }) });
  const told = recordOf(run, 100);
  expect(run.most).toBe(64);
  expect(told.health.verdict).toBe('capped');
  expect(told.inFlight?.mean).toBeGreaterThan(60);
  expect(told.inFlight?.mean).toBeLessThanOrEqual(64);
  expect(told.errorsByClass).toEqual({});
});

test('descriptors that run out are the generator’s: limited, and no error of the target', () => {
  let asked = 0;
  const short: Answering = () => (asked++ % 10 === 0 ? { after: 0, code: 'EMFILE' } : { after: 0.005, status: 200 });
  const told = recordOf(simulate({ answering: short }), 100);
  expect(told.errorsByClass.local_resource).toBeGreaterThan(0);
  expect(told.health.verdict).toBe('limited');
  expect(told.health.because.join()).toMatch(/failed on the generator's own machine/);
  expect(told.errors).toBe(ratio(0));
});

test('a connection that is closed as it lay idle is the race of keep-alive, a fresh one that is closed is the target’s', () => {
  let asked = 0;
  const racing: Answering = () =>
    asked++ % 4 === 0 ? { after: 0.001, code: 'ECONNRESET', idle: 1 } : { after: 0.001, status: 200 };
  const raced = recordOf(simulate({ answering: racing }), 100);
  expect(raced.errorsByClass.reset_reused).toBeGreaterThan(0);
  expect(raced.errors).toBe(0);
  const cutting: Answering = () => ({ after: 0.001, code: 'ECONNRESET' });
  const cut = recordOf(simulate({ answering: cutting }), 100);
  expect(cut.errorsByClass).toEqual({ reset_fresh: cut.sent });
  expect(cut.errors).toBe(1);
});

test('the histograms of 4 workers are together that of one, to 0.8 % of every quantile, and survive being written down', () => {
  // Exponential with a mean of 80 ms, its quantiles by the sorted values themselves.
  const values = Array.from({ length: 40_000 }, (_, index) => -0.08 * Math.log(1 - draw(7, index, 0)));
  const alone = noCounts();
  const four = Array.from({ length: 4 }, noCounts);
  for (const [index, value] of values.entries()) {
    record(alone, value);
    record(four[index % 4] ?? alone, value);
  }
  const merged = four.reduce(plus);
  expect(merged).toEqual(alone);
  expect(dense(JSON.parse(JSON.stringify(sparse(merged))))).toEqual(alone);
  const sorted = values.toSorted((a, b) => a - b);
  for (const share of [0.01, 0.5, 0.9, 0.99, 0.999]) {
    const exact = sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
    expect(Math.abs((quantile(merged, share) ?? 0) / exact - 1)).toBeLessThan(0.008);
  }
});
