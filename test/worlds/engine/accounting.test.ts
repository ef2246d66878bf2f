import { expect, test } from 'vitest';
import type { Running } from '../engine.ts';
import type { Act, Part } from '../world.ts';
import { bare, bareWorld } from './bare-world.ts';
import { lookAt, ran } from './run-bare.ts';
import { start } from './start.ts';

const hold = (id: string, within: readonly Act[]): Act => ({ do: 'hold', of: { part: 'shop', id }, within });
const work = (seconds: number, cv: number): Act => ({ do: 'cpu', part: 'shop', seconds, cv });

/** A service of 8 threads with a pool that is never full, on a machine of 2 cores. */
const shop = (pool: number, cores = 2): readonly Part[] => [
  bare('machine', [{ kind: 'cpu', id: 'cpu', cores }], { technology: 'node' }),
  bare(
    'shop',
    [
      { kind: 'quota', id: 'quota', cores: 1.5, period: 0.1 },
      { kind: 'workers', id: 'threads', threads: 8 },
      { kind: 'pool', id: 'pool', size: pool, queue: 1e9, patience: undefined },
    ],
    { on: 'machine', replicas: 2 },
  ),
];

const acts = (cv: number): readonly Act[] => [
  hold('threads', [work(0.005, cv), hold('pool', [{ do: 'pause', seconds: 0.02, cv }, work(0.001, cv)])]),
];

/** Lets it run under a load, and then until nothing is left inside. */
function drained(parts: readonly Part[], cv: number): Running {
  const running = ran(parts, acts(cv), 200, 30);
  running.offer(0);
  running.advance(100);
  return running;
}

test('what was used is what was asked for: 6 ms of CPU a request, over both instances and the machine', () => {
  const running = drained(shop(100), 0);
  const { answers } = running.client();
  expect(answers).toBeGreaterThan(5000);
  const own = [0, 1].map((replica) => lookAt(running, 'shop', 'quota', replica).usedTime);
  expect((own[0] ?? 0) + (own[1] ?? 0)).toBeCloseTo(0.006 * answers, 8);
  expect(lookAt(running, 'machine', 'cpu').usedTime).toBeCloseTo(0.006 * answers, 8);
});

test("Little's law: what all spent inside is the integral of how many were inside", () => {
  const running = drained(shop(100), 1);
  const { inside, insideTime, durationSum, answers, arrivals } = running.client();
  expect([inside, answers]).toEqual([0, arrivals]);
  expect(insideTime).toBeCloseTo(durationSum, 8);
  const doors = running.doors();
  expect(doors.reduce((sum, door) => sum + door.durationSum, 0)).toBeCloseTo(durationSum, 8);
  expect(doors.reduce((sum, door) => sum + door.insideTime, 0)).toBeCloseTo(durationSum, 8);
});

test('units are given back: nothing is in use or waits once nothing is left inside', () => {
  const running = drained(shop(1), 1);
  const left = running.looks().map(({ used, waiting }) => used + waiting);
  expect(Math.max(...left)).toBe(0);
});

/** All that can be told from outside. */
function told(running: Running, besides: string): string {
  const looks = running.looks().filter(({ of }) => of.id !== besides);
  const { due, took, outcome } = running.ended();
  return JSON.stringify([running.client(), running.doors(), looks, [...due], [...took], [...outcome]]);
}

test('the same world and repetition give the same numbers, another repetition others', () => {
  const [one, same, other] = [0, 0, 1].map((repetition) => {
    const running = start(bareWorld(shop(20), acts(1)), repetition);
    running.offer(150);
    running.advance(10);
    return told(running, '');
  });
  expect(same).toBe(one);
  expect(other).not.toBe(one);
});

test('a larger pool that was never full changes nothing at all', () => {
  const larger = told(ran(shop(200), acts(1), 200, 20), 'pool');
  expect(told(ran(shop(100), acts(1), 200, 20), 'pool')).toBe(larger);
});

test('looking changes nothing', () => {
  const plain = told(ran(shop(20), acts(1), 300, 10), '');
  const watched = start(bareWorld(shop(20), acts(1)), 0);
  const stop = watched.every(
    (after) => after + 0.013,
    () => watched.looks(),
  );
  watched.offer(300);
  watched.advance(10);
  stop();
  expect(told(watched, '')).toBe(plain);
});

test('another size leaves it to the same requests to arrive at the same moments, and another load to the same in the same order', () => {
  const dueOf = (cores: number, load: number) => {
    const running = ran(shop(100, cores), acts(1), load, 50);
    running.offer(0);
    running.advance(500);
    return running.ended().due.toSorted();
  };
  const due = dueOf(2, 50);
  expect(due.length).toBeGreaterThan(2000);
  expect(dueOf(1, 50)).toEqual(due);
  const twice = dueOf(2, 100);
  expect([...due].every((at, number) => Math.abs((twice[number] ?? 0) * 2 - at) < 1e-6)).toBe(true);
});

test('random arrivals: the gaps have a mean of 1 ÷ rate, and vary as much', () => {
  const { due } = ran(shop(100), acts(0), 100, 200).ended();
  const sorted = due.toSorted();
  const gaps = [...sorted.slice(1)].map((at, i) => at - (sorted[i] ?? 0));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
  // 20 000 gaps: the mean is known to 0.7 %, the variation to 1 %.
  expect(mean * 100).toBeGreaterThan(0.97);
  expect(mean * 100).toBeLessThan(1.03);
  expect(Math.sqrt(variance) / mean).toBeGreaterThan(0.96);
  expect(Math.sqrt(variance) / mean).toBeLessThan(1.04);
});
