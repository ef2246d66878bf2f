import { expect, test } from 'vitest';
import { quantile } from '../../src/load/histogram.ts';
import { snapshotOf } from '../../src/load/tally.ts';
import { perSecond, seconds } from '../../src/model/units.ts';
import { type Answering, scriptOf, simulate, stepOrder } from './target.ts';

const quick: Answering = () => ({ after: 0.01, status: 200 });

/** Stands still from second 4 to second 5: whatever it is given then is answered when it goes on. */
const stalling: Answering = (now) => ({ after: (now >= 4 && now < 5 ? 5 - now : 0) + 0.002, status: 200 });

const counted = (run: ReturnType<typeof simulate>, phase: 'settle' | 'measure' | 'watch' = 'measure') => {
  const counts = snapshotOf([run.tally]).phases[phase];
  return { ...counts, of: (name: Parameters<typeof counts.outcomes.get>[0]) => counts.outcomes.get(name) };
};

test('100/s for 1 s and 9 s: 100 and 900 requests, each in the phase in which it was due', () => {
  const run = simulate({ answering: quick });
  expect(counted(run, 'settle').of('good')).toBe(100);
  expect(counted(run).of('good')).toBe(900);
  expect(run.ended).toMatchObject({ number: 1, halt: undefined, until: 10 });
});

test("Little's law holds for what is in flight: 100/s that take 10 ms each are one, and steady", () => {
  const { ended } = simulate({ answering: quick });
  expect(ended?.windows[0]?.inFlight?.mean).toBeCloseTo(1, 2);
  expect(ended?.windows[0]?.inFlight?.growth).toBeCloseTo(0, 2);
});

test("answers that come 10 ms after the measure phase are the request's, but not the window's", () => {
  const run = simulate({ answering: quick });
  // Due at 9.995 and answered after 10; the first to be answered inside the window was due before it.
  expect(run.tally.read('answersInTime')).toBe(900);
  expect(simulate({ answering: () => ({ after: 0.5, status: 200 }) }).tally.read('answersInTime')).toBe(900);
});

test('a target that takes 20 requests a second in, of 100: in-flight grows by 80 a second', () => {
  let free = 0;
  const queue: Answering = (now) => {
    free = Math.max(free, now) + 0.05;
    return { after: free - now, status: 200 };
  };
  const { ended } = simulate({
    answering: queue,
    script: scriptOf({ timeout: seconds(60), caps: { inFlight: 5000 } }),
  });
  expect(ended?.windows[0]?.inFlight?.growth).toBeGreaterThan(79);
  expect(ended?.windows[0]?.inFlight?.growth).toBeLessThan(81);
});

test('a stall of 1 s is felt by everyone who was due in it: with 4 connections the service time hides it, the response time does not', () => {
  const run = simulate({
    answering: stalling,
    script: scriptOf({ caps: { inFlight: 4 } }),
    order: stepOrder({ rate: 200 }),
  });
  const { response, service, intended, of } = counted(run);
  expect(of('good')).toBe(intended);
  expect(quantile(service, 0.99)).toBeLessThan(0.01); // 4 of 1800 waited inside the target
  expect(quantile(response, 0.99)).toBeGreaterThan(0.85); // 200 of 1800 were due in the stall: the longest 18 waited over 0.9 s
  expect(quantile(response, 0.99)).toBeLessThan(1);
});

test('with 256 connections both agree', () => {
  const run = simulate({
    answering: stalling,
    script: scriptOf({ caps: { inFlight: 256 } }),
    order: stepOrder({ rate: 200 }),
  });
  const { response, service } = counted(run);
  expect(quantile(service, 0.99) ?? 0).toBeGreaterThan(0.85);
  expect((quantile(response, 0.99) ?? 0) - (quantile(service, 0.99) ?? 0)).toBeLessThan(0.02);
});

test('requests in flight never exceed the cap; who waits for a connection as long as the time-out is shed and counts as that slow', () => {
  const run = simulate({ answering: () => ({ after: 1, status: 200 }), script: scriptOf({ caps: { inFlight: 64 } }) });
  const { shed, intended, of, response } = counted(run);
  expect(run.most).toBe(64);
  expect(shed.get('lag')).toBe(0);
  expect(shed.get('cap')).toBeGreaterThan(0);
  expect((of('good') ?? 0) + (of('timeout') ?? 0) + (shed.get('cap') ?? 0)).toBe(intended);
  expect(quantile(response, 0.95)).toBeGreaterThan(1.9); // shed at 2 s, or answered 1 s after up to 2 s of waiting
  expect(quantile(response, 0.95)).toBeLessThan(3.1);
  expect(of('timeout')).toBe(0);
});

test('a target that never answers: every request ends at the time-out, and the step with the last of them', () => {
  const run = simulate({
    answering: () => ({ after: Infinity, status: 0 }),
    script: scriptOf({ caps: { inFlight: 1000 } }),
  });
  expect(counted(run).of('timeout')).toBe(900);
  expect(run.now).toBeGreaterThanOrEqual(11.995);
  expect(run.now).toBeLessThan(12.03); // 9.995 + 2 s, and a spoke or two of the wheel
});

test('answers of 404 and 503 are answers, but not good ones', () => {
  const statuses = [200, 302, 404, 503];
  let next = 0;
  const run = simulate({ answering: () => ({ after: 0.001, status: statuses[next++ % 4] ?? 200 }) });
  const { of } = counted(run);
  expect([of('good'), of('http_4xx'), of('http_5xx')]).toEqual([450, 225, 225]);
  expect(run.tally.read('answersInTime')).toBe(900);
  expect(run.tally.read('goodInTime')).toBe(450);
});

test('after a halt nothing starts, and what is under way may end', () => {
  const run = simulate({ answering: () => ({ after: 0.5, status: 200 }), halt: 5 });
  expect(Math.max(...run.starts)).toBeLessThan(5.011);
  expect(run.ended?.halt).toBe('asked');
  expect(run.ended?.until).toBeCloseTo(5, 1);
  expect(run.now).toBeLessThan(5.6);
  expect(counted(run).of('good')).toBe(counted(run).sent);
});

test('after a halt, what the target holds on to is given up after 10 s, or after its time-out if that is shorter', () => {
  const never: Answering = () => ({ after: Infinity, status: 0 });
  const patient = simulate({ answering: never, script: scriptOf({ timeout: seconds(60) }), halt: 5 });
  expect(patient.now).toBeGreaterThanOrEqual(15);
  expect(patient.now).toBeLessThan(15.1);
  expect(counted(patient).of('unfinished')).toBe(counted(patient).sent);
  expect(patient.tally.read('localErrors')).toBe(0);
  expect(simulate({ answering: never, halt: 5 }).now).toBeLessThan(7.1);
});

test('without a word from the control thread for 5 s the worker stops by itself', () => {
  const run = simulate({ answering: quick, controlUntil: 2 });
  expect(run.ended?.halt).toBe('control-lost');
  expect(Math.max(...run.starts)).toBeGreaterThan(6.9);
  expect(Math.max(...run.starts)).toBeLessThan(7.03);
});

test('no step raises the caps: rate, requests, duration', () => {
  const rate = simulate({ answering: quick, script: scriptOf({ caps: { rate: perSecond(50) } }) });
  expect(rate.starts).toHaveLength(500);
  const requests = simulate({ answering: quick, script: scriptOf({ caps: { requests: 321 } }) });
  expect(requests.starts).toHaveLength(321);
  expect(requests.ended?.halt).toBe('requests');
  const duration = simulate({ answering: quick, script: scriptOf({ caps: { duration: seconds(4) } }) });
  expect(duration.ended?.halt).toBe('duration');
  expect(Math.max(...duration.starts)).toBeLessThan(4.03);
});

test('a worker that stood still for 300 ms sheds what is too late and tells so', () => {
  const run = simulate({ answering: quick, order: stepOrder({ rate: 1000 }), stalls: [[5, 5.3]] });
  const { shed, intended, sent } = counted(run);
  expect(intended).toBe(9000);
  expect(shed.get('lag')).toBeGreaterThan(0);
  expect(sent + (shed.get('lag') ?? 0)).toBe(9000);
});

test('a watch counts apart and not towards the duration', () => {
  const run = simulate({
    answering: quick,
    script: scriptOf({ caps: { duration: seconds(1) } }),
    order: stepOrder({ kind: 'watch', settle: 0, rate: 2, measure: 5 }),
  });
  expect(counted(run, 'watch').of('good')).toBe(10);
  expect(run.tally.read('answersInTime')).toBe(0);
});

test('10 users who think 0.4 s and wait 0.1 s are 20 a second with one in flight, and none of them is shed', () => {
  const run = simulate({
    answering: () => ({ after: 0.1, status: 200 }),
    script: scriptOf({ think: { kind: 'fixed', for: seconds(0.4) } }),
    order: stepOrder({ users: 10, rate: 10, settle: 2, measure: 8 }),
  });
  const { intended, shed, of } = counted(run);
  expect(Math.abs(intended - 160)).toBeLessThanOrEqual(10);
  expect(of('good')).toBe(intended);
  expect([...shed.values()]).toEqual([0, 0, 0]);
  expect(run.ended?.windows[0]?.inFlight?.mean).toBeCloseTo(2, 1);
  expect(run.ended).toMatchObject({ halt: undefined, until: 10, held: 0 });
});

test('users who do not think send again as soon as they are answered, and stop when the step is over', () => {
  const run = simulate({
    answering: () => ({ after: 0.05, status: 200 }),
    script: scriptOf({ think: { kind: 'fixed', for: seconds(0) } }),
    order: stepOrder({ users: 4, rate: 4, settle: 1, measure: 4 }),
  });
  expect(Math.abs(counted(run).intended - 320)).toBeLessThanOrEqual(8); // 4 ÷ 0.05 s
  expect(run.now).toBeLessThan(5.1);
  expect(run.most).toBe(4);
});

test('a user whose request is never answered waits for its time-out and then thinks', () => {
  const run = simulate({
    answering: () => ({ after: Number.POSITIVE_INFINITY, status: 200 }),
    script: scriptOf({ think: { kind: 'fixed', for: seconds(1) }, timeout: seconds(1) }),
    order: stepOrder({ users: 3, rate: 3, settle: 2, measure: 8 }),
  });
  expect(Math.abs(counted(run).intended - 12)).toBeLessThanOrEqual(3);
  expect(counted(run).of('timeout')).toBe(counted(run).intended);
});

test('what is due while no timer ends goes out when an answer comes', () => {
  const rate = 3000;
  const order = stepOrder({ rate, settle: 0, measure: 1 });
  const { starts } = simulate({ order, answering: () => ({ status: 200, after: 0.0005 }) });
  // Turned once a millisecond, the first of three would be 0.83 ms late each time; after the first three, answers come half a millisecond after each turn.
  const lateness = starts.map((at, index) => at - (index + 0.5) / rate).slice(3);
  expect(Math.max(...lateness)).toBeLessThan(0.0005);
});
