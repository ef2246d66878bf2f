import { expect, test } from 'vitest';
import type { Act, Resource } from '../world.ts';
import { bare, evenly, users } from './bare-world.ts';
import { lookAt, ran } from './run-bare.ts';

const hold = (id: string, within: readonly Act[]): Act => ({ do: 'hold', of: { part: 'shop', id }, within });
const work = (seconds: number): Act => ({ do: 'cpu', part: 'shop', seconds, cv: 0 });
const pause = (seconds: number): Act => ({ do: 'pause', seconds, cv: 0 });
const pool = (size: number, more: Partial<Extract<Resource, { kind: 'pool' }>> = {}): Resource => ({
  kind: 'pool',
  id: 'pool',
  size,
  queue: 1e9,
  patience: undefined,
  ...more,
});
const even = { load: evenly(1e9) };
const busy = { load: users(0) };

test('4 pieces that always run under a quota of 1 core: 25 ms of each 100 ms run, 75 ms are throttled, on four threads', () => {
  const machine = bare('machine', [{ kind: 'cpu', id: 'cpu', cores: 8 }], { technology: 'node' });
  const shop = bare('shop', [{ kind: 'quota', id: 'quota', cores: 1, period: 0.1 }], { on: 'machine' });
  const { usedTime, stalledTime, more } = lookAt(ran([machine, shop], [work(0.04)], 4, 100, busy), 'shop', 'quota');
  expect(usedTime).toBeGreaterThan(99.8);
  expect(usedTime).toBeLessThanOrEqual(100.1);
  expect(stalledTime).toBeCloseTo(75, 0);
  expect(more.throttledTime).toBeCloseTo(300, 0);
  expect(more.periods).toBeGreaterThanOrEqual(999);
  expect(more.throttledPeriods).toBe(more.periods);
});

test('bursts are throttled at a mean use of 0.55 of the quota, and more than the quota is never used in a period', () => {
  const shop = bare('shop', [{ kind: 'quota', id: 'quota', cores: 1, period: 0.1 }]);
  const running = ran([shop], [work(0.055)], 10, 200);
  const { usedTime, more } = lookAt(running, 'shop', 'quota');
  expect(usedTime / 200).toBeCloseTo(0.55, 1);
  const share = (more.throttledPeriods ?? 0) / (more.periods ?? 1);
  expect(share).toBeGreaterThan(0.15);
  expect(share).toBeLessThan(0.6);
  let before = usedTime;
  for (let second = 201; second < 260; second += 1) {
    running.advance(second);
    const after = lookAt(running, 'shop', 'quota').usedTime;
    expect(after - before).toBeLessThanOrEqual(1 + 0.1);
    before = after;
  }
});

test('2 cores with two threads each that gain 0.3: four pieces get 2.6 cores of work done and keep 4 threads busy', () => {
  const smt = { physical: 2, gain: 0.3 };
  const running = ran([bare('shop', [{ kind: 'cpu', id: 'cpu', cores: 4, smt }])], [work(1)], 4, 100, busy);
  expect(running.client().answers).toBe(260);
  expect(lookAt(running, 'shop', 'cpu').usedTime).toBeCloseTo(400, 6);
});

test('two event loops on one core: each is active all the time, and stalls half of it', () => {
  const machine = bare('machine', [{ kind: 'cpu', id: 'cpu', cores: 1 }], { technology: 'node' });
  const loop: readonly Resource[] = [{ kind: 'workers', id: 'loop', threads: 1 }];
  const shop = bare('shop', loop, { on: 'machine', replicas: 2 });
  const running = ran([machine, shop], [hold('loop', [work(0.01)])], 400, 100, busy);
  for (const replica of [0, 1]) {
    const { usedTime, stalledTime } = lookAt(running, 'shop', 'loop', replica);
    expect(usedTime).toBeCloseTo(100, 0);
    expect(stalledTime).toBeCloseTo(50, 0);
    expect(lookAt(running, 'shop', '', replica).usedTime).toBeCloseTo(50, 0);
  }
});

test('a pool without a queue refuses what finds it full: 2 of 5 a second that hold it for 0.5 s and come every 0.2 s', () => {
  const running = ran([bare('shop', [pool(2, { queue: 0 })])], [hold('pool', [pause(0.5)])], 5, 100.1, even);
  const { refusals, completions } = lookAt(running, 'shop', 'pool');
  expect(completions + refusals).toBeGreaterThan(490);
  // Two are let in, the third finds both taken, and so on.
  expect(refusals / (completions + refusals)).toBeCloseTo(1 / 3, 1);
  expect(running.client().errors).toBe(refusals);
});

test('who waits longer than its patience is refused then', () => {
  const parts = [bare('shop', [pool(1, { patience: 2 })])];
  const running = ran(parts, [hold('pool', [pause(100)])], 1, 4.5, even);
  // Arrivals at 1, 2, 3, 4 s; the first holds, the second gives up at 4 s.
  expect(lookAt(running, 'shop', 'pool').refusals).toBe(1);
  expect([...running.latencies()]).toEqual([2]);
});

test('units that linger 10 s limit a pool of 50 to 5 a second', () => {
  const parts = [bare('shop', [pool(50, { linger: 10, queue: 0 })])];
  const running = ran(parts, [hold('pool', [])], 8, 200, even);
  const { used, completions, more } = lookAt(running, 'shop', 'pool');
  expect(completions / 200).toBeCloseTo(5, 0);
  expect([used, more.lingering]).toEqual([50, 50]);
});

test('a leak of 2 % at 5 a second fills a pool of 10 in some 100 s, and then nothing is answered any more', () => {
  const parts = [bare('shop', [pool(10, { leak: { chance: 0.02, reclaim: undefined } })])];
  const running = ran(parts, [hold('pool', [pause(0.01)])], 5, 400, even);
  const { good } = running.client();
  expect(good / 5).toBeGreaterThan(40);
  expect(good / 5).toBeLessThan(250);
  expect(lookAt(running, 'shop', 'pool').used).toBe(10);
  running.advance(500);
  expect(running.client().good).toBe(good);
});

test('what is reclaimed after 50 s keeps 5 × 0.02 × 50 = 5 units taken in the mean', () => {
  const parts = [bare('shop', [pool(100, { leak: { chance: 0.02, reclaim: 50 } })])];
  const { usedTime } = lookAt(ran(parts, [hold('pool', [])], 5, 5000, even), 'shop', 'pool');
  expect(usedTime / 5000).toBeGreaterThan(4.3);
  expect(usedTime / 5000).toBeLessThan(5.7);
});

test('crowding: with 3 units in use work inside takes 1 + 0.5 × 2 times as long', () => {
  const acts = [hold('pool', [pause(1)])];
  const running = ran([bare('shop', [pool(3, { crowding: 0.5 })])], acts, 3, 2.5, even);
  // At 1/3, 2/3 and 1 s come the first three: 1 s, 1.5 s, and the third, which would take 2 s, is still inside.
  expect([...running.latencies()].map((took) => Math.round(took * 1e6) / 1e6)).toEqual([1, 1.5]);
});

test('a lock on one row serves one after the other, on many rows most at once', () => {
  const lock = (rows: number): Resource => ({ kind: 'lock', id: 'row', rows });
  const answered = (rows: number) =>
    ran([bare('shop', [lock(rows)])], [hold('row', [pause(0.1)])], 50, 100, busy).client().answers;
  expect(answered(1)).toBe(1000);
  expect(answered(1e9)).toBe(50_000);
});

test('a disk of 2 operations at once, 10 ms each, does 200 a second; a cap of 100 halves that', () => {
  const disk = (operations: number): Resource => ({
    kind: 'disk',
    id: 'disk',
    depth: 2,
    latency: 0.01,
    operations,
    bytes: 1e9,
  });
  const read: Act = { do: 'disk', of: { part: 'shop', id: 'disk' }, operations: 3, bytes: 3 * 4096 };
  const rate = (operations: number) =>
    lookAt(ran([bare('shop', [disk(operations)])], [read], 10, 100, busy), 'shop', 'disk').completions / 100;
  expect(rate(1e9)).toBeCloseTo(200, 0);
  expect(rate(100)).toBeCloseTo(100, 0);
});

test('1000 credits above 100 a second let a disk do 300 a second for 5 s', () => {
  const burst = { credits: 1000, fast: 300 };
  const disk: Resource = { kind: 'disk', id: 'disk', depth: 64, latency: 0.001, operations: 100, bytes: 1e9, burst };
  const read: Act = { do: 'disk', of: { part: 'shop', id: 'disk' }, operations: 1, bytes: 4096 };
  const running = ran([bare('shop', [disk])], [read], 100, 5, busy);
  expect(lookAt(running, 'shop', 'disk').completions / 5).toBeCloseTo(300, -1);
  running.advance(15);
  expect(lookAt(running, 'shop', 'disk').completions).toBeGreaterThan(2480);
  expect(lookAt(running, 'shop', 'disk').completions).toBeLessThan(2520);
});

test('bytes limit a disk too, and a line', () => {
  const disk: Resource = { kind: 'disk', id: 'disk', depth: 64, latency: 0.001, operations: 1e6, bytes: 1e6 };
  const read: Act = { do: 'disk', of: { part: 'shop', id: 'disk' }, operations: 1, bytes: 20_000 };
  expect(ran([bare('shop', [disk])], [read], 10, 100, busy).client().answers / 100).toBeCloseTo(50, 0);
  const line: Resource = { kind: 'link', id: 'line', bytes: 1e6 };
  const send: Act = { do: 'send', of: { part: 'shop', id: 'line' }, bytes: 20_000 };
  const sent = ran([bare('shop', [line])], [send], 10, 100, busy);
  expect(sent.client().answers).toBe(5000);
  expect(lookAt(sent, 'shop', 'line').more.bytes).toBeCloseTo(1e8, -1);
});

test('a heap that is half live at a cost of 0.1 spends 0.2 of the CPU on collecting: 1 s of work takes 1.25 s', () => {
  const heap: Resource = { kind: 'heap', id: 'heap', heap: 100, base: 40, each: 10, cost: 0.1 };
  const running = ran([bare('shop', [heap])], [work(1)], 1, 100, busy);
  expect(running.client().answers).toBe(80);
  expect(lookAt(running, 'shop', 'heap').more.collectionTime).toBeCloseTo(20, 0);
});

test('a cache with a quarter of the entries at a skew of 0.5 finds half once it is warm, and less before', () => {
  const cache: Resource = { kind: 'cache', id: 'cache', size: 25, entries: 100, skew: 0.5, warm: 100, each: 10 };
  const look: Act = { do: 'look-up', of: { part: 'shop', id: 'cache' }, hit: [], miss: [pause(0.1)] };
  const running = ran([bare('shop', [cache])], [look], 50, 100, even);
  const cold = lookAt(running, 'shop', 'cache').more.hits ?? 0;
  // The mean of √(t ÷ 100) ÷ 2 over the first 100 s is 1/3.
  expect(cold / 5000).toBeCloseTo(1 / 3, 1);
  running.advance(200);
  expect(((lookAt(running, 'shop', 'cache').more.hits ?? 0) - cold) / 5000).toBeCloseTo(0.5, 1);
});

test('a limit of 50 a second refuses half of 100', () => {
  const limit: Resource = { kind: 'rate-limit', id: 'limit', rate: 50, burst: 10 };
  const pass: Act = { do: 'pass', of: { part: 'shop', id: 'limit' } };
  const running = ran([bare('shop', [limit])], [pass], 100, 100, even);
  expect(running.client().good).toBeGreaterThanOrEqual(5000);
  expect(running.client().good).toBeLessThanOrEqual(5010);
  expect(lookAt(running, 'shop', 'limit').refusals).toBe(running.client().errors);
});
