import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Arrival, type Pace, pacerOf, release } from '../../src/load/release.ts';

const steady: Pace = { rate: 100, start: 0, duration: 10, arrivals: 'uniform', seed: 1, worker: 0, workers: 1 };

type Sent = { readonly at: number; readonly arrival: Arrival };

/** Turns the pacer on a virtual clock: woken when it asks for, but at most every `grain` seconds, and never between `stall` and its end. */
function turn(pace: Pace, { grain = 0.001, stall = [Infinity, Infinity] as readonly [number, number] } = {}) {
  const sent: Sent[] = [];
  const shed: Arrival[] = [];
  let pacer = pacerOf(pace);
  let now = pace.start;
  while (now < Infinity) {
    const released = release(pacer, now);
    sent.push(...released.send.map((arrival) => ({ at: now, arrival })));
    shed.push(...released.shed);
    pacer = released.pacer;
    const wake = Math.max(released.wakeAt, now + grain);
    now = wake > stall[0] && wake < stall[1] ? stall[1] : wake;
  }
  return { sent, shed };
}

/** The most that was sent in any stretch of `length` seconds. */
function densest(sent: readonly Sent[], length: number): number {
  const times = sent.map(({ at }) => at).sort((a, b) => a - b);
  let most = 0;
  let first = 0;
  for (const [last, at] of times.entries()) {
    while ((times[first] ?? at) <= at - length) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

test('100 a second for 10 s are 1000, the first half a period in, one every 10 ms', () => {
  const { sent, shed } = turn(steady);
  expect(sent).toHaveLength(1000);
  expect(shed).toHaveLength(0);
  expect(sent[0]?.arrival.due).toBeCloseTo(0.005, 12);
  expect(sent.at(-1)?.arrival.due).toBeCloseTo(9.995, 12);
});

test('nothing goes out before it is due, and with 1 ms between wakes nothing more than 1 ms after', () => {
  for (const { at, arrival } of turn({ ...steady, rate: 3000, duration: 1 }).sent) {
    expect(at).toBeGreaterThanOrEqual(arrival.due);
    expect(at - arrival.due).toBeLessThan(0.0011);
  }
});

test('one worker and any number of them send the same requests at the same times', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('uniform', 'poisson'),
      fc.integer({ min: 2, max: 7 }),
      fc.integer({ min: 0, max: 2 ** 31 }),
      fc.integer({ min: 1, max: 500 }),
      (arrivals, workers, seed, rate) => {
        const pace = { ...steady, arrivals, seed, rate, duration: 2 } as const;
        const alone = turn(pace).sent.map(({ arrival }) => arrival);
        const shared = Array.from({ length: workers }, (_, worker) => turn({ ...pace, worker, workers }).sent).flat();
        const together = shared.map(({ arrival }) => arrival).sort((a, b) => a.index - b.index);
        expect(together.map(({ index }) => index)).toEqual(alone.map(({ index }) => index));
        for (const [at, { due }] of together.entries()) expect(due).toBeCloseTo(alone[at]?.due ?? Number.NaN, 9);
      },
    ),
    { numRuns: 40 },
  );
});

test('Poisson arrivals: 20 000 gaps have the mean 1/rate and, as exponential ones do, a deviation of the same size', () => {
  const { sent } = turn({ ...steady, arrivals: 'poisson', rate: 1000, duration: 20 });
  const gaps = sent.map(({ arrival }, at) => arrival.due - (sent[at - 1]?.arrival.due ?? 0));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
  expect(mean).toBeGreaterThan(0.00097); // 4 standard errors: 4 / √20 000 = 2.8 %
  expect(mean).toBeLessThan(0.00103);
  expect(deviation / mean).toBeGreaterThan(0.95);
  expect(deviation / mean).toBeLessThan(1.05);
});

test('a stall of 15 ms is made good at once', () => {
  const { sent, shed } = turn({ ...steady, rate: 1000 }, { stall: [5, 5.015] });
  expect(shed).toHaveLength(0);
  expect(sent).toHaveLength(10_000);
});

test.each([40, 60, 80])(
  'a stall of %d ms is made good within 120 ms: all are sent, in parts of 20 ms worth',
  (stall) => {
    const { sent, shed } = turn({ ...steady, rate: 1000 }, { stall: [5, 5 + stall / 1000] });
    expect(shed).toHaveLength(0);
    expect(sent).toHaveLength(10_000);
    expect(Math.max(...sent.map(({ at, arrival }) => at - arrival.due))).toBeLessThan(0.12);
    expect(densest(sent, 0.005)).toBeLessThanOrEqual(20 + 5 + 1);
    expect(densest(sent, 1)).toBeLessThanOrEqual(1200);
  },
);

test('a request that is 100 ms late is sent, at any rate', () => {
  expect(turn({ ...steady, rate: 1, duration: 5 }, { stall: [2.4, 2.6] }).sent).toHaveLength(5);
});

test.each([1, 4])(
  'a stall of 300 ms sheds, counts every arrival, and is followed by no more than 1.2 times the rate in any second (%d workers)',
  (workers) => {
    const runs = Array.from({ length: workers }, (_, worker) =>
      turn({ ...steady, rate: 1000, worker, workers }, { stall: [5, 5.3] }),
    );
    const sent = runs.flatMap((run) => run.sent);
    const shed = runs.flatMap((run) => run.shed);
    expect(sent.length + shed.length).toBe(10_000);
    expect(shed.length).toBeGreaterThanOrEqual(49); // what was due in the first 50 ms of the stall
    expect(densest(sent, 1)).toBeLessThanOrEqual(1200 + workers);
  },
);

test('stalls of 300 ms in every second do not add up to more', () => {
  const stalled = (at: number): readonly [number, number] => [Math.floor(at) + 0.5, Math.floor(at) + 0.8];
  const sent: Sent[] = [];
  let pacer = pacerOf({ ...steady, rate: 1000 });
  for (let now = 0; now < 12; ) {
    const released = release(pacer, now);
    sent.push(...released.send.map((arrival) => ({ at: now, arrival })));
    pacer = released.pacer;
    const wake = Math.max(now + 0.001, Math.min(released.wakeAt, now + 0.01));
    const [from, to] = stalled(wake);
    now = wake > from && wake < to ? to : wake;
  }
  expect(densest(sent, 1)).toBeLessThanOrEqual(1200);
});

test('what is sent is never more than 250 ms late', () => {
  const { sent } = turn({ ...steady, rate: 1000 }, { stall: [2, 3] });
  expect(Math.max(...sent.map(({ at, arrival }) => at - arrival.due))).toBeLessThanOrEqual(0.25);
});

test('a rate of one in ten seconds is paced too', () => {
  const { sent } = turn({ ...steady, rate: 0.1, duration: 30 });
  expect(sent.map(({ arrival }) => arrival.due)).toEqual([5, 15, 25]);
});
