import { expect, test } from 'vitest';
import { seeded } from '../../src/model/random.ts';
import { binomialInterval } from '../../src/stats/binomial-interval.ts';
import { erlangB } from '../../src/stats/erlang-b.ts';
import { isByLoad, type Losses, lossEnd, lossEndBetween } from '../../src/stats/loss-curve.ts';
import { times } from '../support/tried.ts';

/** What so many servers lose of what comes at these loads (erlangs), as Erlang's B says. */
const exactly = (servers: number, loads: readonly number[]): readonly Losses[] =>
  loads.map((load) => ({ load, came: 10_000, lost: 10_000 * erlangB(servers, load) }));

test('the load at which a share is lost is where Erlang’s B has it', () => {
  // 3 % of two: a² ÷ 2 ÷ (1 + a + a² ÷ 2) = 0.03, so a = 0.2816; of six: 2.543, found by halving.
  expect(lossEnd(exactly(6, [1.5, 2, 2.5, 3, 3.5]), 0.03)?.value).toBeCloseTo(2.54, 1);
  expect(lossEnd(exactly(2, [0.2, 0.3, 0.4, 0.5]), 0.03)?.value).toBeCloseTo(0.282, 2);
});

test('what was lost at every load tells where it began below them all', () => {
  const end = lossEnd(exactly(2, [0.4, 0.6, 0.8]), 0.03);
  expect(end?.value).toBeCloseTo(0.282, 2);
  expect(end?.high).toBeLessThan(0.4);
});

test('a limit that loses nothing until it is full is found between two loads', () => {
  const beyond = (load: number): Losses => ({ load, came: 100 * load, lost: 100 * Math.max(0, load - 50) });
  const end = lossEnd([20, 30, 40, 60, 70].map(beyond), 0.03);
  expect(end?.value).toBeGreaterThan(50);
  expect(end?.value).toBeLessThan(53);
});

test('nothing lost tells no load; nor do losses that stay far below the share', () => {
  expect(lossEnd([{ load: 10, came: 1000, lost: 0 }], 0.03)).toBeUndefined();
  expect(lossEnd(exactly(10, [1, 1.5, 2]), 0.03)).toBeUndefined();
});

test('a stretch in which nothing came tells nothing', () => {
  const losses = exactly(6, [1.5, 2, 2.5, 3, 3.5]);
  expect(lossEnd([{ load: 0, came: 0, lost: 0 }, ...losses], 0.03)).toEqual(lossEnd(losses, 0.03));
});

test('19 of 20 intervals hold the load, as counts scatter', () => {
  const random = seeded(7);
  const binomial = (n: number, p: number): number =>
    Array.from({ length: n }, () => random()).filter((u) => u < p).length;
  const tried = Array.from({ length: 100 }, () => {
    const counted = [2, 3, 4, 5, 6].map((load) => ({ load, came: 1000, lost: binomial(1000, erlangB(6, load)) }));
    const end = lossEnd(counted, 0.03);
    return end !== undefined && end.low <= 2.543 && 2.543 <= end.high;
  });
  const held = tried.filter(Boolean).length;
  // 95 % lies within 99.9 % of what so many tries show.
  expect(binomialInterval(held, tried.length, 0.999).high).toBeGreaterThan(0.95);
});

test('few losses leave the load open between the bounds, and many tell it', () => {
  // 30 servers lose 3 % from 23.06 erlangs on (found by halving).
  const loads = [12, 14, 16, 18];
  const none = lossEndBetween(
    loads.map((load) => ({ load, came: 500, lost: 0 })),
    0.03,
    18,
    40,
  );
  const some = lossEndBetween(
    loads.map((load) => ({ load, came: 100_000, lost: 100_000 * erlangB(30, load) })),
    0.03,
    18,
    40,
  );
  expect(none.high).toBeGreaterThan(38);
  expect(some.low).toBeLessThan(23.06);
  expect(some.high).toBeGreaterThan(23.06);
  expect(some.high - some.low).toBeLessThan((none.high - none.low) / 2);
});

test('losses that go with the load are told from a share that is the same at any load, and from one bad count', () => {
  const byLoad = exactly(6, [0.8, 1.2, 1.6, 2]);
  const end = lossEnd(byLoad, 0.03, 3)?.value ?? 0;
  expect(isByLoad(byLoad, 0.03, end)).toBe(true);
  const same = [10, 15, 20, 30].map((load) => ({ load, came: 1000 * load, lost: 0.5 * load }));
  expect(isByLoad(same, 0.03, lossEnd(same, 0.03, 3.4)?.value ?? 60)).toBe(false);
  const once = [10, 15, 20, 30].map((load) => ({ load, came: 1000 * load, lost: load === 30 ? 400 : 0 }));
  expect(isByLoad(once, 0.03, lossEnd(once, 0.03, 3.4)?.value ?? 60)).toBe(false);
});

test('no more than one in a thousand of those that lose one share at any load looks like a limit, whether they scatter by chance or by more', () => {
  const random = seeded(3);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const tried = Array.from({ length: times(300, 100) }, (_, i) => {
    const scatter = [0, 1, 2, 3][i % 4] ?? 0;
    const counted = [100, 110, 120, 130, 150].map((load) => {
      const expected = load * 600 * 0.005;
      return { load, came: load * 600, lost: Math.max(0, expected + scatter * Math.sqrt(expected) * normal()) };
    });
    const end = lossEnd(counted, 0.03, 3.4);
    return end !== undefined && isByLoad(counted, 0.03, end.value);
  });
  expect(tried.filter(Boolean)).toHaveLength(0);
});
