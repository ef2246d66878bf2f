import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apportioned, scenariosOf } from '../../src/generate/k6-scenarios.ts';
import type { Plan, Step } from '../../src/model/plan.ts';
import { ratio, seconds } from '../../src/model/units.ts';
import { layOut } from '../../src/plan/lay-out.ts';
import { common, noObjectives, wideCaps } from '../plan/shapes.ts';
import { aPlan, aScript, classOf, stepOf } from './k6-order.ts';

const names = (...kinds: Parameters<typeof aScript>[0]) =>
  Object.keys(scenariosOf(aPlan([stepOf(10)]), aScript(kinds), 1).scenarios);

test('each step, phase and class is a scenario, one after the other in time', () => {
  const { scenarios } = scenariosOf(
    aPlan([stepOf(10), stepOf(20)]),
    aScript([classOf('browse', 3), classOf('buy', 1)]),
    1,
  );
  expect(Object.entries(scenarios).map(([name, { startTime }]) => [name, startTime])).toEqual([
    ['s01_settle_browse', '0ms'],
    ['s01_settle_buy', '0ms'],
    ['s01_measure_browse', '3000ms'],
    ['s01_measure_buy', '3000ms'],
    ['s02_settle_browse', '10000ms'],
    ['s02_settle_buy', '10000ms'],
    ['s02_measure_browse', '13000ms'],
    ['s02_measure_buy', '13000ms'],
  ]);
  // 10/s shared 3 : 1 is 7.5/s and 2.5/s, in arrivals of 1000 s.
  expect(scenarios.s01_measure_browse).toMatchObject({
    executor: 'constant-arrival-rate',
    rate: 7500,
    timeUnit: '1000s',
    duration: '7000ms',
  });
  expect(scenarios.s01_measure_buy).toMatchObject({ rate: 2500 });
});

test('names have only letters that scenarios may have, and stay apart', () => {
  expect(names(classOf('a.b', 1), classOf('a_b', 1))).toEqual([
    's01_settle_a_b',
    's01_settle_a_b_2',
    's01_measure_a_b',
    's01_measure_a_b_2',
  ]);
});

test('whatever the rate and the weights, the shares are whole numbers that add up to it', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.001, max: 1e5, noNaN: true }),
      fc.array(fc.double({ min: 0.01, max: 1000, noNaN: true }), { minLength: 1, maxLength: 9 }),
      (rate, weights) => {
        const shares = apportioned(rate * 1000, weights);
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(Math.round(rate * 1000));
        for (const [index, share] of shares.entries()) {
          expect(Number.isInteger(share)).toBe(true);
          expect(Math.abs(share - (Math.round(rate * 1000) * (weights[index] ?? 0)) / total)).toBeLessThan(1 + 1e-6);
        }
      },
    ),
    { seed: 3, numRuns: 200 },
  );
});

test('a walk of several requests arrives as much more rarely', () => {
  // 12 requests a second in walks of 3 are 4 walks a second.
  const { scenarios } = scenariosOf(aPlan([stepOf(12)]), aScript([classOf('walk', 1, 3)]), 1);
  expect(scenarios.s01_measure_walk).toMatchObject({ rate: 4000 });
});

test('a ramp is one scenario a class whose rate moves; a jump is a stage of no length', () => {
  const step: Step = {
    ...stepOf(50),
    stages: [
      { lasts: seconds(10), from: 0, to: 50 },
      { lasts: seconds(5), from: 20, to: 20 },
    ],
  };
  const { scenarios } = scenariosOf(aPlan([step]), aScript([classOf('a', 1)]), 1);
  expect(scenarios).toEqual({
    s01_whole_a: expect.objectContaining({
      executor: 'ramping-arrival-rate',
      startRate: 0,
      stages: [
        { target: 50_000, duration: '10000ms' },
        { target: 20_000, duration: '0s' },
        { target: 20_000, duration: '5000ms' },
      ],
    }),
  });
});

test('no two walks of a run have one number, whatever the scenario', () => {
  const { scenarios } = scenariosOf(aPlan([stepOf(10), stepOf(33.3)]), aScript([classOf('a', 2), classOf('b', 1)]), 1);
  const spans = Object.values(scenarios).map((one) => {
    if (one.executor !== 'constant-arrival-rate') throw new Error('it is not level');
    const first = Number(one.env.FIRST);
    // k6 starts at most one more than rate × time: the one at the very beginning.
    return { from: first, to: first + Math.ceil((one.rate / 1_000_000) * Number.parseInt(one.duration, 10)) };
  });
  for (const [index, { to }] of spans.entries())
    expect(spans[index + 1]?.from ?? Number.POSITIVE_INFINITY).toBeGreaterThan(to);
});

test('there are VUs for what is under way, its pauses too, and no more than may be in flight', () => {
  const vus = (script: ReturnType<typeof aScript>, runners = 1) => {
    const one = scenariosOf(aPlan([stepOf(40)]), script, runners).scenarios.s01_measure_a;
    return one?.exec === 'arrive' ? one.maxVUs : undefined;
  };
  expect(vus(aScript([classOf('a', 1)]))).toBe(40);
  // 20 walks a second, each 1 s and one pause of 2 s.
  expect(vus(aScript([classOf('a', 1, 2, 2)]))).toBe(60);
  expect(vus(aScript([classOf('a', 1)], { inFlight: 25 }))).toBe(25);
  expect(vus(aScript([classOf('a', 1)]), 64)).toBe(64);
});

test('a step in which most fails, or a quarter is not sent, is the last', () => {
  const { thresholds } = scenariosOf(aPlan([stepOf(40)]), aScript([classOf('a', 1)]), 1);
  // A quarter of 40/s over 7 s is 70; half of the 7 s from second 3 on is 6.5 s.
  expect(thresholds).toEqual({
    'http_req_failed{scenario:s01_measure_a}': [{ threshold: 'rate<0.5', abortOnFail: true, delayAbortEval: '6500ms' }],
    'dropped_iterations{scenario:s01_measure_a}': [
      { threshold: 'count<70', abortOnFail: true, delayAbortEval: '6500ms' },
    ],
  });
});

test('users are VUs that come and stay, one scenario a step', () => {
  const step = (users: number): Step => ({
    ...stepOf(users * 2),
    settle: seconds(5),
    users,
    stages: [
      { lasts: seconds(2), from: 0, to: users },
      { lasts: seconds(10), from: users, to: users },
    ],
  });
  const plan: Plan = { ...aPlan([step(10), step(20)]), think: { kind: 'fixed', for: seconds(0.5) } };
  const { scenarios, thresholds } = scenariosOf(plan, aScript([classOf('a', 2), classOf('b', 1)]), 1);
  expect(scenarios.s02_users).toEqual({
    exec: 'live',
    executor: 'ramping-vus',
    // At most 20/s for 12 s, and 10 more.
    env: { FIRST: '250' },
    startTime: '12000ms',
    gracefulStop: '10000ms',
    gracefulRampDown: '10000ms',
    startVUs: 0,
    stages: [
      { target: 20, duration: '2000ms' },
      { target: 20, duration: '10000ms' },
    ],
  });
  expect(Object.keys(thresholds)).toEqual([
    'http_req_failed{scenario:s01_users}',
    'http_req_failed{scenario:s02_users}',
  ]);
});

test('a search is refused', () => {
  const shape = {
    ...common,
    kind: 'search',
    from: 10,
    to: 100,
    factor: undefined,
    precision: undefined,
    hold: undefined,
  } as const;
  const plan = layOut(shape, {
    scrape: seconds(1),
    caps: wideCaps,
    objectives: { ...noObjectives, errors: ratio(0.01) },
  });
  expect(() => scenariosOf(plan, aScript([classOf('a', 1)]), 1)).toThrow(
    'a search chooses each step by what became of the last, which k6 cannot; give it a staircase',
  );
});

test('each of several runners judges its own share of what is dropped', () => {
  const { thresholds } = scenariosOf(aPlan([stepOf(40)]), aScript([classOf('a', 1)]), 4);
  // 70 among four.
  expect(thresholds['dropped_iterations{scenario:s01_measure_a}']?.[0]?.threshold).toBe('count<18');
});

test.each([
  [
    'a share too small for k6',
    () => scenariosOf(aPlan([stepOf(0.01)]), aScript([classOf('a', 1000), classOf('b', 1)]), 1),
    /the share of "b" is less than one arrival in 1000 s/,
  ],
  [
    'more runners than may be in flight',
    () => scenariosOf(aPlan([stepOf(10)]), aScript([classOf('a', 1)], { inFlight: 3 }), 4),
    /limits\.in_flight: 3 leaves no place for each of 4 runners/,
  ],
])('%s is refused', (_, asked, sentence) => {
  expect(asked).toThrow(sentence);
});
