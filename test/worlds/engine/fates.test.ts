import { expect, test } from 'vitest';
import type { Act, Happening, Resource } from '../world.ts';
import { bare, bareWorld, evenly, users } from './bare-world.ts';
import { lookAt, ran } from './run-bare.ts';
import { start } from './start.ts';

const hold = (id: string, within: readonly Act[]): Act => ({ do: 'hold', of: { part: 'shop', id }, within });
const work = (seconds: number): Act => ({ do: 'cpu', part: 'shop', seconds, cv: 0 });
const pause = (seconds: number): Act => ({ do: 'pause', seconds, cv: 0 });
const cpu = (cores: number): Resource => ({ kind: 'cpu', id: 'cpu', cores });
const pool = (size: number): Resource => ({ kind: 'pool', id: 'pool', size, queue: 1e9, patience: undefined });
const tried = (within: readonly Act[]): Act => ({ do: 'try', within, timeout: 1, attempts: 3, backoff: 0.5 });
const even = { load: evenly(1e9) };
const busy = { load: users(0) };

/** One arrival, at 1 s. */
function once(resources: readonly Resource[], acts: readonly Act[]) {
  const running = ran([bare('shop', resources)], acts, 1, 1, even);
  running.offer(0);
  running.advance(50);
  return running;
}

test('three tries of 1 s, 0.5 s apart, fail after 4 s, and each gives back what it held', () => {
  const running = once([pool(1)], [tried([hold('pool', [pause(2)])])]);
  expect([...running.latencies()]).toEqual([4]);
  expect(running.client().errors).toBe(1);
  const { used, completions, usedTime } = lookAt(running, 'shop', 'pool');
  expect([used, completions, usedTime]).toEqual([0, 3, 3]);
});

test('CPU work that nobody waits for any more goes on: three tries cost 6 s, and keep what they hold until they are done', () => {
  const running = once([cpu(4), pool(9)], [tried([hold('pool', [work(2)])])]);
  expect([...running.latencies()]).toEqual([4]);
  expect(lookAt(running, 'shop', 'cpu').usedTime).toBeCloseTo(6, 9);
  expect(lookAt(running, 'shop', 'pool').usedTime).toBeCloseTo(6, 9);
  expect(lookAt(running, 'shop', 'pool').used).toBe(0);
});

test('a try that is refused is tried again; one that succeeds costs one attempt, and what follows is done', () => {
  const none: Resource = { kind: 'pool', id: 'pool', size: 0, queue: 0, patience: undefined };
  expect([...once([none], [tried([hold('pool', [])])]).latencies()]).toEqual([1]);
  const good = once([pool(1)], [tried([hold('pool', [pause(0.25)])]), pause(0.25)]);
  expect([...good.latencies()]).toEqual([0.5]);
  expect(good.client().good).toBe(1);
});

test('an outer try gives up what an inner one is doing', () => {
  const inner: Act = { do: 'try', within: [hold('pool', [pause(9)])], timeout: 0.4, attempts: 9, backoff: 0 };
  const running = once([pool(1)], [{ do: 'try', within: [inner], timeout: 1, attempts: 2, backoff: 1 }]);
  // 0.4 + 0.4 + 0.2 s, a second apart, and the same again.
  expect([...running.latencies()]).toEqual([3]);
  expect(lookAt(running, 'shop', 'pool').completions).toBe(6);
  expect(lookAt(running, 'shop', 'pool').used).toBe(0);
});

test('the client gives up after its timeout, the work inside goes on and ends well for the door', () => {
  const running = ran([bare('shop', [])], [pause(5)], 1, 20.5, { load: evenly(2) });
  expect(new Set(running.latencies())).toEqual(new Set([2]));
  expect([...running.ended().outcome.slice(0, 2)]).toEqual([2, 2]);
  expect([running.client().good, running.client().errors]).toEqual([0, 18]);
  expect(running.doors().map(({ good, durationSum }) => [good, durationSum])).toEqual([[15, 75]]);
});

test('the fifth inside fills the memory: all five fail, and the instance is away for 3 s', () => {
  const memory: Resource = {
    kind: 'memory',
    id: 'memory',
    limit: 100,
    base: 50,
    each: 10,
    leak: 0,
    restart: 3,
  };
  const running = ran([bare('shop', [memory])], [pause(5)], 1, 4.9, even);
  expect(lookAt(running, 'shop', 'memory').used).toBe(90);
  running.advance(5.1);
  expect([running.client().errors, running.looks().length]).toEqual([5, 0]);
  running.advance(8.1);
  // Those at 6 and 7 s find nobody; that at 8 s comes with the instance.
  expect(running.client().errors).toBe(7);
  const { since, instance, more, used } = lookAt(running, 'shop', 'memory');
  expect([since, instance, more.kills, used]).toEqual([8, 'shop-0', 1, 60]);
});

test('what each request leaves behind fills the memory after 50 requests; after a restart it begins anew', () => {
  const memory: Resource = { kind: 'memory', id: 'memory', limit: 100, base: 50, each: 0, leak: 1, restart: 1 };
  const running = ran([bare('shop', [memory])], [pause(0.01)], 10, 4.95, even);
  expect(lookAt(running, 'shop', 'memory').used).toBe(99);
  // The 50th ends at 5.01 s; those of the next second find nobody.
  running.advance(6.95);
  expect(running.client().errors).toBe(10);
  expect(lookAt(running, 'shop', 'memory').used).toBe(59);
});

/** Two instances on machines of their own, each request 0.1 s of CPU. */
const twoShops = (happenings: readonly Happening[]) =>
  bareWorld([bare('shop', [cpu(1)], { replicas: 2 })], [work(0.1)], { happenings, ...busy });

test('a rollout: new names, counters from nought, and work that costs twice as much; nothing fails', () => {
  const running = start(twoShops([{ at: 10, what: 'rollout', part: 'shop', factor: 2 }]), 0);
  running.offer(1);
  running.advance(10);
  expect(running.client().answers).toBe(100);
  running.advance(20.05);
  expect(running.client().answers).toBe(150);
  expect(running.client().errors).toBe(0);
  const own = running.looks().filter(({ of }) => of.id === 'cpu');
  expect(own.map(({ instance, since }) => [instance, since])).toEqual([
    ['shop-v2-0', 10],
    ['shop-v2-1', 10],
  ]);
});

test('a pod that restarts fails what it was doing, is away, and comes back under another name; a database under its own', () => {
  const named = (technology: 'service' | 'postgres') => {
    const parts = [bare('shop', [cpu(1)], { technology })];
    const happenings = [{ at: 1.5, what: 'restart', part: 'shop', replica: 0, away: 1 }] as const;
    const running = ran(parts, [work(10)], 1, 1.9, { ...even, happenings });
    expect([running.client().errors, running.looks().length]).toEqual([1, 0]);
    running.advance(3.5);
    return running.looks().map(({ instance, usedTime }) => [instance, usedTime]);
  };
  expect(named('service')[0]).toEqual(['shop-0-2', 0.5]);
  expect(named('postgres')[0]).toEqual(['shop-0', 0.5]);
});

test('an instance that dies takes with it what others hold for it: their units come back', () => {
  const parts = [bare('shop', [pool(5)]), bare('base', [cpu(1)], { technology: 'postgres' })];
  const happenings = [{ at: 5, what: 'restart', part: 'base', replica: 0, away: 100 }] as const;
  const acts = [hold('pool', [{ do: 'cpu', part: 'base', seconds: 100, cv: 0 } as const])];
  const running = ran(parts, acts, 1, 5.5, { ...even, happenings });
  expect(running.client().errors).toBe(5);
  expect(lookAt(running, 'shop', 'pool').used).toBe(0);
});

test('strangers on 2 of 2 cores leave half to 2 pieces of ours', () => {
  const happenings = [{ at: 100, what: 'strangers', part: 'shop', cores: 2 }] as const;
  const running = ran([bare('shop', [cpu(2)])], [work(1)], 2, 100, { ...busy, happenings });
  expect(running.client().answers).toBe(200);
  running.advance(200);
  expect(running.client().answers).toBe(300);
  expect(lookAt(running, 'shop', 'cpu').usedTime).toBeCloseTo(400, 6);
  expect(lookAt(running, 'shop', '').usedTime).toBeCloseTo(300, 6);
});

test('a batch uses its cores for its time; a dependency that is slow makes pauses longer', () => {
  const happenings = [
    { at: 10, what: 'batch', part: 'shop', cores: 1.5, seconds: 20 },
    { at: 50, what: 'slow', factor: 3 },
  ] as const;
  const running = ran([bare('shop', [cpu(4)])], [pause(1)], 1, 100, { ...even, happenings });
  expect(lookAt(running, 'shop', 'cpu').usedTime).toBeCloseTo(30, 9);
  expect(running.latencies().filter((took) => took === 3).length).toBeGreaterThan(40);
});

test('scaling by hand takes effect at once, and those that go end what they have begun', () => {
  const running = start(twoShops([{ at: 10, what: 'scale', part: 'shop', replicas: 1 }]), 0);
  running.offer(8);
  running.advance(30);
  const { answers, errors } = running.client();
  expect(errors).toBe(0);
  expect(answers).toBeGreaterThan(340);
  expect(answers).toBeLessThan(406);
  expect(running.looks().filter(({ of }) => of.id === 'cpu')).toHaveLength(1);
});

test('instances follow their CPU use up to the room there is; the others are pending', () => {
  const scaler: Resource = { kind: 'autoscaler', id: 'hpa', least: 1, most: 9, target: 0.5, delay: 20, room: 3 };
  // 2 cores' worth of work at 0.5 of a core each are 4 instances.
  const running = ran([bare('shop', [cpu(1), scaler])], [work(0.1)], 20, 400, { load: evenly(5) });
  const { used, size, more } = lookAt(running, 'shop', 'hpa');
  expect([used, size, more.desired]).toEqual([3, 9, more.pending === undefined ? 0 : more.pending + 3]);
  expect(more.desired).toBeGreaterThanOrEqual(4);
  expect(running.doors()).toHaveLength(3);
});

test('uneven balance: nine of ten go to one instance', () => {
  const running = ran([bare('shop', [cpu(9)], { replicas: 2, balance: [0.9, 0.1] })], [work(0.01)], 100, 100, even);
  const share = lookAt(running, 'shop', 'cpu', 0).completions / running.client().answers;
  expect(share).toBeGreaterThan(0.88);
  expect(share).toBeLessThan(0.92);
});

test('classes are mixed by their weights at each moment', () => {
  const weight = (from: number, to: number) => [
    { at: 0, weight: from },
    { at: 100, weight: to },
  ];
  const classes = [
    { name: 'light', weight: weight(1, 0), acts: [pause(1)] },
    { name: 'heavy', weight: weight(0, 1), acts: [pause(2)] },
  ];
  const running = ran([bare('shop', [])], [], 50, 50, { ...even, classes });
  running.advance(60);
  const latencies = [...running.latencies()];
  const heavy = (from: number, to: number) =>
    latencies.slice(from, to).filter((took) => took === 2).length / (to - from);
  expect(heavy(0, 500)).toBeLessThan(0.15);
  expect(heavy(2000, 2500)).toBeGreaterThan(0.35);
  expect(heavy(2000, 2500)).toBeLessThan(0.55);
});

test('a generator that carries 50 a second is late with 100: the client waits, the service does not see why', () => {
  const generator = { rate: 50 };
  const load = { ...evenly(1e9), generator };
  const running = ran([bare('shop', [])], [], 100, 100.005, { load });
  // The first is due at 0.01 s and sent at 0.03 s, the next 0.02 s after it, and so on.
  expect(running.doors()[0]?.arrivals).toBe(4999);
  expect(running.doors()[0]?.durationSum).toBe(0);
  expect(Math.max(...running.latencies())).toBeCloseTo(50, 0);
});

test('a generator with 100 ports that linger 10 s opens 10 connections a second', () => {
  const generator = { rate: 1e6, ports: { count: 100, linger: 10 } };
  const load = { ...evenly(1e9), generator };
  const running = ran([bare('shop', [])], [], 50, 100.005, { load });
  expect(running.client().good).toBeGreaterThan(980);
  expect(running.client().good).toBeLessThan(1010);
  expect(running.client().good + running.client().errors).toBe(5000);
});
