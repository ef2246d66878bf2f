import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { dense, quantile } from '../../src/load/histogram.ts';
import { openLoad } from '../../src/load/open-load.ts';
import { middleOf } from '../../src/model/buckets.ts';
import type { Histogram, StepRecord } from '../../src/model/load-record.ts';
import type { Step } from '../../src/model/plan.ts';
import type { Script } from '../../src/model/script.ts';
import { perSecond, seconds } from '../../src/model/units.ts';
import { offerUntil, openServer, realClock } from './loopback.ts';
import { classOf, requestOf, scriptOf } from './target.ts';

const never = new AbortController().signal;
const step = (rate: number, measure: number, settle = 0.2): Step => ({
  index: 0,
  rate: perSecond(rate),
  settle: seconds(settle),
  measure: seconds(measure),
});
const to = (port: number, path: string, told: Parameters<typeof scriptOf>[0] = {}): Script =>
  scriptOf({
    origin: `http://127.0.0.1:${port}`,
    timeout: seconds(20), // A busy machine is slow, and slowness is not what is tested.
    classes: [classOf({ name: 'only', path: [{ kind: 'text', text: path }] })],
    ...told,
  });

test.concurrent('every request that was due is accounted for, and the server saw as many as were sent', async () => {
  await using server = await openServer();
  await using load = await openLoad(to(server.port, '/', { workers: 2 }), realClock, never);
  const [record] = await load.offer(step(200, 1), never);
  expect(record.sent + (record.shed.lag ?? 0)).toBe(200);
  expect(record.completed).toBe(record.sent);
  expect(record.offered).toBeCloseTo(200, 6);
  expect(record.complete).toBe(true);
  const { sent, shed, inFlight } = load.tally();
  expect(sent + shed).toBe(240);
  expect(server.requests()).toBe(sent);
  expect(inFlight).toBe(0);
});

test.concurrent('connections go to the pinned address under the name of the target, and every request says whose it is', async () => {
  await using server = await openServer();
  const words = (text: string) => [{ kind: 'text', text }] as const;
  const headers = { 'user-agent': words('plimsoll/0.1.0'), 'x-plimsoll-run': words('r1') };
  const path = words('/headers');
  const script = to(server.port, '/', {
    classes: [classOf({ path, headers })],
  });
  await using load = await openLoad({ ...script, origin: `http://shop.invalid:${server.port}` }, realClock, never);
  const [record] = await offerUntil(load, step(50, 0.5));
  expect(record.good).toBeGreaterThan(0);
  expect(record.errorsByClass).toEqual({});
});

test.concurrent('an address that load never goes to is refused in the worker too', async () => {
  await using load = await openLoad({ ...to(80, '/'), address: '169.254.169.254' }, realClock, never);
  const [record] = await offerUntil(load, step(20, 0.5));
  expect(record.good).toBe(0);
  expect(record.errorsByClass).toEqual({ protocol: record.sent });
});

test.concurrent('redirects are answers and are not followed', async () => {
  await using server = await openServer();
  await using load = await openLoad(to(server.port, '/elsewhere'), realClock, never);
  const [record] = await offerUntil(load, step(50, 0.5));
  expect(record.good).toBe(record.sent);
  expect(server.requests()).toBe(load.tally().sent);
});

test.concurrent('no more requests are in flight than the cap allows', async () => {
  await using server = await openServer();
  await using load = await openLoad(to(server.port, '/slow', { caps: { inFlight: 8 }, workers: 3 }), realClock, never);
  await offerUntil(load, step(100, 0.5), () => server.mostAtOnce() >= 8);
  expect(server.mostAtOnce()).toBe(8);
});

test.concurrent('requests that found no room in the time-out are told apart', async () => {
  await using server = await openServer();
  const script = to(server.port, '/slow', { timeout: seconds(0.6), caps: { inFlight: 8 }, workers: 3 });
  await using load = await openLoad(script, realClock, never);
  const isCapped = ([{ shed }]: readonly [StepRecord, ...StepRecord[]]) => (shed.cap ?? 0) > 0;
  const [record] = await offerUntil(load, step(200, 1), isCapped); // 8 ÷ 0.25 s = 32/s fit
  expect(record.shed.cap).toBeGreaterThan(0);
  expect(['capped', 'limited']).toContain(record.health.verdict);
});

test.concurrent('a target that never answers: all time out, as slow as the time-out at least', async () => {
  await using server = await openServer();
  await using load = await openLoad(to(server.port, '/never', { timeout: seconds(0.3) }), realClock, never);
  const [record] = await offerUntil(load, step(50, 0.5));
  expect(record.errorsByClass).toEqual({ timeout: record.sent });
  expect(record.errors).toBe(1);
  expect(quantile(dense(record.response), 0.01, 1)).toBeGreaterThan(0.295);
});

test.concurrent('where nobody listens every request is refused, and counts as a connection that failed', async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('a port was asked for');
  await using load = await openLoad(to(address.port, '/'), realClock, never);
  const [record] = await offerUntil(load, step(50, 0.5));
  expect(record.errorsByClass).toEqual({ refused: record.sent });
  const { connectFailures, completed } = load.tally();
  expect(connectFailures).toBe(completed);
});

test.concurrent('a connection that the server cuts at once is a failure of the target', async () => {
  await using server = await openServer();
  await using load = await openLoad(to(server.port, '/cut'), realClock, never);
  const [record] = await offerUntil(load, step(50, 0.5));
  expect(record.errorsByClass).toEqual({ reset_fresh: record.sent });
  expect(record.errors).toBe(1);
});

test.concurrent('a step above the rate that the caps allow is not begun', async () => {
  await using load = await openLoad(to(9, '/', { caps: { rate: perSecond(10) } }), realClock, never);
  await expect(load.offer(step(11, 1), never)).rejects.toMatchObject({ code: 'PLAN_INVALID' });
});

test('a server that stalls once for half a second: four connections hide it from the service time, not from the response time', async () => {
  await using server = await openServer();
  await using load = await openLoad(to(server.port, '/stall', { caps: { inFlight: 4 } }), realClock, never);
  const slow = ({ counts }: Histogram) =>
    counts.reduce((sum, [bucket, count]) => sum + (middleOf(bucket) > 0.3 ? count : 0), 0);
  // 100 of 340 were due in the stall: 40 of them waited 0.3 s or more, and 4 of these in the server.
  const hidden = ({ response, service }: StepRecord) => slow(response) - slow(service);
  const [record] = await offerUntil(load, step(200, 1.5), ([one]) => hidden(one) >= 20);
  expect(hidden(record)).toBeGreaterThanOrEqual(20);
});

test('a stop ends the step within a second, marked incomplete', async () => {
  await using server = await openServer();
  await using load = await openLoad(to(server.port, '/'), realClock, never);
  const stop = AbortSignal.timeout(600);
  // Time in which this thread ran: while the machine stands still, nothing ticks.
  let ticks = 0;
  const timer = setInterval(() => {
    if (stop.aborted) ticks += 1;
  }, 10);
  const [record] = await load.offer(step(100, 60), stop);
  clearInterval(timer);
  expect(stop.aborted).toBe(true);
  expect(ticks).toBeLessThan(100);
  expect(record.complete).toBe(false);
  expect(record.stopped).toBeUndefined();
  expect(record.sent).toBe(record.completed);
});

test('a connection that the server closes after it lay idle is the race of keep-alive, no failure of the target', async () => {
  await using server = await openServer();
  await using load = await openLoad(to(server.port, '/second', { caps: { inFlight: 1 } }), realClock, never);
  const one = step(1.5, 0.6, 0); // due at 0.3 s
  expect((await offerUntil(load, one))[0]).toMatchObject({ sent: 1, good: 1 });
  await sleep(600);
  expect((await offerUntil(load, one))[0]).toMatchObject({ sent: 1, errorsByClass: { reset_reused: 1 }, errors: 0 });
});

test('after the load a target that answers as before is told to have recovered', async () => {
  await using server = await openServer();
  await using load = await openLoad(to(server.port, '/'), realClock, never);
  expect(await load.watch(10, 60, never)).toMatchObject({ kind: 'recovered' });
  expect(server.requests()).toBeGreaterThanOrEqual(5);
  expect(load.tally().intended).toBeLessThan(60); // of 120 in 60 s
});

test.concurrent('windows that meet have a record each, and the load does not pause between them', async () => {
  await using server = await openServer();
  await using load = await openLoad(to(server.port, '/', { workers: 2 }), realClock, never);
  const cut = (from: number, to: number) => ({ from: seconds(from), to: seconds(to) });
  const rising = {
    ...step(300, 1.2),
    stages: [{ lasts: seconds(1.4), from: 20, to: 300 }],
    windows: [cut(0.2, 0.6), cut(0.6, 1), cut(1, 1.4)] as const,
  };
  const records = await offerUntil(load, rising, (all) => all.every(({ complete }) => complete));
  expect(records).toHaveLength(3);
  for (const [i, { span }] of records.entries()) expect(span.from).toBe(records[i - 1]?.span.to ?? span.from);
  const due = records.reduce((sum, { offered, span }) => sum + offered * (span.to - span.from), 0);
  expect(load.tally().intended % 224).toBe(0); // (20 + 300) ÷ 2 × 1.4 s, 8 of them before the first window
  expect(due).toBeGreaterThan(0);
  expect(due).toBeLessThanOrEqual(224);
  expect(server.requests()).toBe(load.tally().sent);
});

const words = (text: string) => [{ kind: 'text', text }] as const;
const login = requestOf({
  name: 'login',
  path: words('/login'),
  extract: [{ kind: 'json', into: 'token', pointer: '/token' }],
  checks: [{ kind: 'status', among: [201] }],
});
const mine = requestOf({
  name: 'mine',
  method: 'POST',
  path: words('/mine'),
  headers: { authorization: [...words('Bearer '), { kind: 'variable', name: 'token', as: 'header' }] },
  body: [...words('{"id":"'), { kind: 'uuid' }, ...words('"}')],
  checks: [
    { kind: 'matches', pattern: '-8[0-9a-f]{3}-' },
    { kind: 'has', pointer: '/id' },
  ],
});
const inSession = { name: 'walk', weight: 1, session: true, steps: [mine, { ...mine, name: 'again' }] };

test.concurrent('a session over real sockets: logged in once, then its token and its cookie go with every request of a walk', async () => {
  await using server = await openServer();
  const script = to(server.port, '/', { sessions: { size: 2, login: [login] }, classes: [inSession] });
  await using load = await openLoad(script, realClock, never);
  expect(server.requests()).toBe(2);
  const [record] = await offerUntil(load, step(40, 1));
  expect(record.errorsByClass).toEqual({});
  expect(record.requests.map(({ name, good, completed }) => [name, good > 0 && good === completed])).toEqual([
    ['mine', true],
    ['again', true],
  ]);
});

test.concurrent('a session that cannot be opened ends it before any load, and says why', async () => {
  await using server = await openServer();
  const refused = { ...login, path: words('/mine') };
  const script = to(server.port, '/', { sessions: { size: 2, login: [refused] }, classes: [inSession] });
  await expect(openLoad(script, realClock, never)).rejects.toThrow(
    'no load was sent, because a session could not be opened: the answer to "login" (GET) has the status 403',
  );
  expect(server.requests()).toBe(1);
});

test.concurrent('users of two workers wait for their answers: no more requests are under way than there are users', async () => {
  await using server = await openServer();
  const script = to(server.port, '/slow', { workers: 2, think: { kind: 'fixed', for: seconds(0.05) } });
  await using load = await openLoad(script, realClock, never);
  const users = { users: 6, stages: [{ lasts: seconds(1), from: 6, to: 6 }] };
  const [record] = await offerUntil(load, { ...step(100, 0.8), ...users });
  expect(server.mostAtOnce()).toBeLessThanOrEqual(6);
  expect(record.users).toBeCloseTo(6, 9);
  expect(record.good).toBeGreaterThan(0);
  expect(record.good).toBe(record.sent);
});
