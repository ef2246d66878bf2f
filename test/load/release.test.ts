import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Arrival, type Pace, pacerOf, release } from '../../src/load/release.ts';
import type { Stage } from '../../src/model/plan.ts';
import { seconds } from '../../src/model/units.ts';

const line = (from: number, to: number, lasts: number): Stage => ({ lasts: seconds(lasts), from, to });
const flat = (rate: number, lasts: number): readonly Stage[] => [line(rate, rate, lasts)];
const steady: Pace = { stages: flat(100, 10), start: 0, arrivals: 'uniform', seed: 1, worker: 0, workers: 1 };

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

test('100 a second for 10 s are 1000, the first half a period in, one about every 10 ms, each in its own slot', () => {
  const { sent, shed } = turn(steady);
  expect(sent).toHaveLength(1000);
  expect(shed).toHaveLength(0);
  expect(sent[0]?.arrival.due).toBeCloseTo(0.005, 4);
  for (const { arrival } of sent) expect(Math.floor(100 * arrival.due)).toBe(arrival.index);
  const gaps = sent.slice(1).map(({ arrival }, i) => arrival.due - (sent[i]?.arrival.due ?? 0));
  // 4 × 0.45 slots in 11.3 s are 0.16 of a slot a second
  expect(Math.max(...gaps.map((gap) => Math.abs(gap - 0.01)))).toBeLessThan(0.00002);
});

test('looks every 2 s at 20/s, each of which is there for 60 ms, see the 1.2 that are there on average, and not 1 or 2 each time', () => {
  const { sent } = turn({ ...steady, stages: flat(20, 60) });
  const looks = Array.from({ length: 28 }, (_, i) => 2 + 2 * i);
  const seen = looks.map((at) => sent.filter(({ arrival }) => arrival.due <= at && at < arrival.due + 0.06).length);
  expect(new Set(seen)).toEqual(new Set([1, 2]));
  // a slot is 50 ms: in one part of five two are there
  expect(seen.filter((n) => n === 2).length / seen.length).toBeCloseTo(0.2, 1);
});

test('nothing goes out before it is due, and with 1 ms between wakes nothing more than 1 ms after', () => {
  for (const { at, arrival } of turn({ ...steady, stages: flat(3000, 1) }).sent) {
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
        const pace = { ...steady, arrivals, seed, stages: flat(rate, 2) };
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
  const { sent } = turn({ ...steady, arrivals: 'poisson', stages: flat(1000, 20) });
  const gaps = sent.map(({ arrival }, at) => arrival.due - (sent[at - 1]?.arrival.due ?? 0));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
  expect(mean).toBeGreaterThan(0.00097); // 4 standard errors: 4 / √20 000 = 2.8 %
  expect(mean).toBeLessThan(0.00103);
  expect(deviation / mean).toBeGreaterThan(0.95);
  expect(deviation / mean).toBeLessThan(1.05);
});

test('a stall of 15 ms is made good at once', () => {
  const { sent, shed } = turn({ ...steady, stages: flat(1000, 10) }, { stall: [5, 5.015] });
  expect(shed).toHaveLength(0);
  expect(sent).toHaveLength(10_000);
});

test.each([40, 60, 80])(
  'a stall of %d ms is made good within 120 ms: all are sent, in parts of 20 ms worth',
  (stall) => {
    const { sent, shed } = turn({ ...steady, stages: flat(1000, 10) }, { stall: [5, 5 + stall / 1000] });
    expect(shed).toHaveLength(0);
    expect(sent).toHaveLength(10_000);
    expect(Math.max(...sent.map(({ at, arrival }) => at - arrival.due))).toBeLessThan(0.12);
    expect(densest(sent, 0.005)).toBeLessThanOrEqual(20 + 5 + 1);
    expect(densest(sent, 1)).toBeLessThanOrEqual(1200);
  },
);

test('a request that is 100 ms late is sent, at any rate', () => {
  expect(turn({ ...steady, stages: flat(1, 5) }, { stall: [2.4, 2.6] }).sent).toHaveLength(5);
});

test.each([1, 4])(
  'a stall of 300 ms sheds, counts every arrival, and is followed by no more than 1.2 times the rate in any second (%d workers)',
  (workers) => {
    const runs = Array.from({ length: workers }, (_, worker) =>
      turn({ ...steady, stages: flat(1000, 10), worker, workers }, { stall: [5, 5.3] }),
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
  let pacer = pacerOf({ ...steady, stages: flat(1000, 10) });
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
  const { sent } = turn({ ...steady, stages: flat(1000, 10) }, { stall: [2, 3] });
  expect(Math.max(...sent.map(({ at, arrival }) => at - arrival.due))).toBeLessThanOrEqual(0.25);
});

test('a rate of one in ten seconds is paced too', () => {
  const { sent } = turn({ ...steady, stages: flat(0.1, 30) });
  expect(sent.map(({ arrival }) => arrival.due)).toEqual([5, 15, 25]);
});

// N(t) = 100 t² ÷ 120, so that arrival k, due at N = k + 1/2, comes at √(1.2 (k + 1/2)).
test('a ramp of 60 s from 0 to 100/s is 3000 arrivals, each within 2 ms of the inverse of its area', () => {
  const { sent, shed } = turn({ ...steady, stages: [line(0, 100, 60)] });
  expect(shed).toHaveLength(0);
  expect(sent).toHaveLength(3000);
  for (const { at, arrival } of sent) {
    expect(arrival.due).toBeCloseTo(Math.sqrt(1.2 * (arrival.index + 0.5)), 9);
    expect(at - arrival.due).toBeLessThan(0.002);
  }
});

test.each(['uniform', 'poisson'] as const)(
  'one worker and four send the same requests at the same times up and down a spike (%s)',
  (arrivals) => {
    const stages = [...flat(20, 5), line(20, 400, 2), ...flat(400, 3), ...flat(20, 5)];
    const pace = { ...steady, stages, arrivals, seed: 7 };
    const alone = turn(pace).sent.map(({ arrival }) => arrival);
    const shared = [0, 1, 2, 3].flatMap((worker) => turn({ ...pace, worker, workers: 4 }).sent);
    const together = shared.map(({ arrival }) => arrival).sort((a, b) => a.index - b.index);
    expect(together.map(({ index }) => index)).toEqual(alone.map(({ index }) => index));
    for (const [at, { due }] of together.entries()) expect(due).toBeCloseTo(alone[at]?.due ?? Number.NaN, 9);
    if (arrivals === 'uniform') expect(alone).toHaveLength(5 * 20 + 2 * 210 + 3 * 400 + 5 * 20);
  },
);

test('Poisson arrivals on a ramp thicken with the rate: a quarter of them in the first half', () => {
  const { sent } = turn({ ...steady, arrivals: 'poisson', stages: [line(0, 1000, 20)] });
  const early = sent.filter(({ arrival }) => arrival.due < 10).length;
  expect(Math.abs(sent.length - 10_000)).toBeLessThan(4 * Math.sqrt(10_000));
  expect(Math.abs(early - 2500)).toBeLessThan(4 * Math.sqrt(2500));
});
