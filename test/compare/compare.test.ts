import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import { compare } from '../../src/compare/compare.ts';
import { ComparisonSchema } from '../../src/model/comparison.ts';
import type { Interval } from '../../src/model/interval.ts';
import type { Report } from '../../src/model/report.ts';
import { about, blank, resource, step } from '../report/fixtures/parts.ts';
import { run } from './run.ts';

const capacity = (rate: Interval, fingerprint: string, binds: 'physical' | 'objective' = 'physical') =>
  ({ rate, binds, provenance: rate.kind === 'interval' ? 'reached' : 'lower-bound', fingerprint }) as const;
const percentAbout = (value: number, percent: number) =>
  about(value, value * (1 - percent / 100), value * (1 + percent / 100));
const first = (component: string, name: string) => ({
  ...blank.verdict,
  kind: 'saturated' as const,
  first: { component, resource: name, at: {} },
});
const find = (reports: readonly Report[], what: string) =>
  compare(reports).differences.filter((difference) => difference.what.startsWith(what));

/** Story A in three rounds: database CPU, then the API's quota, then nothing. */
const rounds = [
  run('r1', {
    verdict: first('db', 'cpu'),
    capacity: capacity(percentAbout(40, 2), 'db/cpu=1'),
    scalability: {
      kind: 'fitted',
      contention: about(0.06, 0.05, 0.07),
      coherency: about(0.001, -0.001, 0.003),
      unit: about(4, 3.9, 4.1),
      peak: 33,
    },
    resources: [
      resource('api', 'cpu', {
        peak: { usage: 0.8, ceiling: 2, ratio: 0.4 },
        demand: { perRequest: about(0.005, 0.0049, 0.0051), background: 0, method: 'utilisation-law' },
      }),
    ],
    load: {
      axis: 'arrivals',
      steps: [step(0, 10), step(1, 30), step(2, 50, { throughput: 41, goodput: 40, p99: 2 })],
      stopped: null,
      recovery: null,
    },
  }),
  run('r2', {
    verdict: first('api', 'cpu-quota'),
    capacity: capacity(percentAbout(80, 2), 'db/cpu=8'),
    scalability: {
      kind: 'fitted',
      contention: about(0.03, 0.025, 0.035),
      coherency: about(0.001, -0.001, 0.003),
      unit: about(4, 3.9, 4.1),
      peak: 50,
    },
    resources: [
      resource('api', 'cpu', {
        peak: { usage: 0.8, ceiling: 2, ratio: 0.4 },
        demand: { perRequest: about(0.005, 0.0049, 0.0051), background: 0, method: 'utilisation-law' },
      }),
    ],
    load: {
      axis: 'arrivals',
      steps: [step(0, 10), step(1, 40), step(2, 100, { throughput: 81, goodput: 80, p99: 1 })],
      stopped: null,
      recovery: null,
    },
  }),
  run('r3', { capacity: capacity({ kind: 'at-least', low: 160 }, 'db/cpu=8 api/cpu-quota=1.5') }),
];

test('three rounds: each lifted the capacity, the second to what was reached, the third at least so much', () => {
  const [second, third] = find(rounds, 'capacity');
  expect(second).toMatchObject({ runs: ['r1', 'r2'], values: [40, 80], finding: 'higher' });
  expect(second?.sentence).toBe(
    'capacity is higher: 40/s → 80/s, × 2 (1.51 to 2.64); more than the 10 % by which runs of one set-up may differ',
  );
  expect(third).toMatchObject({
    runs: ['r2', 'r3'],
    values: [80, 160],
    finding: 'higher',
    ratio: { kind: 'at-least' },
  });
  expect(third?.sentence).toBe(
    'capacity is higher: 80/s → at least 160/s, × 1.49 or more; more than the 10 % by which runs of one set-up may differ',
  );
});

test('the first resource moved once, and the third round names none', () => {
  expect(find(rounds, 'first resource').map(({ finding }) => finding)).toEqual(['changed', 'cannot-tell']);
});

test('contention halved; coherency is too uncertain to be told', () => {
  expect(find(rounds, 'contention')[0]).toMatchObject({ unit: 'ratio', finding: 'lower' });
  expect(find(rounds, 'coherency')[0]?.finding).toBe('cannot-tell');
});

test('peak goodput doubled, and p99 is compared at 30/s, which both kept up with', () => {
  expect(find(rounds, 'peak goodput')[0]).toMatchObject({ values: [40, 80], finding: 'higher' });
  expect(find(rounds, 'p99')[0]).toMatchObject({
    what: 'p99 at 30/s',
    unit: 'seconds',
    values: [expect.closeTo(0.02, 10), expect.closeTo(0.02, 10)],
  });
});

test('a request costs the same processor time, but one run each cannot promise that', () => {
  expect(find(rounds, 'demand')[0]).toMatchObject({
    what: 'demand of api / cpu',
    unit: 'seconds',
    finding: 'cannot-tell',
  });
});

test('what a run does not have is said once, not made up', () => {
  const bends = find(rounds, 'co').filter(({ runs }) => runs[0] === 'r2');
  expect(bends).toEqual([
    {
      what: 'contention and coherency',
      unit: 'ratio',
      runs: ['r2', 'r3'],
      values: [null, null],
      ratio: null,
      effect: null,
      repeats: null,
      finding: 'cannot-tell',
      sentence: 'contention and coherency cannot be compared (run 3: seven steps of one run do not carry a fit)',
    },
  ]);
});

test('the whole is a comparison of its schema, and says the headline of each pair', () => {
  const whole = compare(rounds);
  expect([...Value.Errors(ComparisonSchema, whole)]).toEqual([]);
  expect(whole.sentence).toBe(
    'Run 1 → run 2 differ: api / cpu-quota saturates first, before it was db / cpu; capacity is higher: 40/s → 80/s, × 2 (1.51 to 2.64); higher too: peak goodput; lower: contention. ' +
      'Run 2 → run 3 differ: capacity is higher: 80/s → at least 160/s, × 1.49 or more; which resource saturates first cannot be compared: run 3 names none (not-reached).',
  );
  expect(whole.pairs).toMatchObject([
    { earlier: ['r1'], later: ['r2'], answer: 'different' },
    { earlier: ['r2'], later: ['r3'], answer: 'different' },
  ]);
});

/** Story D: 2, 4 and 6 workers at 4519, 4434 and 4230 requests a second. */
const workers = (repeats: number) =>
  [4519, 4434].flatMap((rate, i) =>
    Array.from({ length: repeats }, (_, k) =>
      run(`w${i}-${k}`, { capacity: capacity(percentAbout(rate * (1 + 0.004 * (k % 3)), 0.5), `workers=${i}`) }),
    ),
  );

test('4519 and 4434 by one run each cannot be told apart, and neither can 4519 and 4230', () => {
  const [found] = find(workers(1), 'capacity');
  expect(found?.finding).toBe('cannot-tell');
  expect(found?.sentence).toBe(
    'capacity: it cannot be told whether it differs (4519/s → 4434/s, × 0.981 (0.744 to 1.29)); one run each does not show how far runs of one set-up lie apart: 6 each would decide if that is 1 %, 41 if it is 3 %',
  );
  expect(found).toMatchObject({ repeats: 41, effect: null });
  expect(compare(workers(1)).pairs[0]).toEqual({
    earlier: ['w0-0'],
    later: ['w1-0'],
    answer: 'cannot-tell',
    sentence:
      'Run 1 → run 2 cannot be told apart: which resource saturates first cannot be compared: run 1 names none (not-reached); run 2 names none (not-reached); capacity: it cannot be told whether it differs (4519/s → 4434/s, × 0.981 (0.744 to 1.29)); one run each does not show how far runs of one set-up lie apart: 6 each would decide if that is 1 %, 41 if it is 3 %.',
  });
  const far = [4519, 4230].map((rate) => run(`${rate}`, { capacity: capacity(percentAbout(rate, 0.5), `${rate}`) }));
  expect(find(far, 'capacity')[0]?.finding).toBe('cannot-tell');
});

test('with five repeats each they are the same within 3 %', () => {
  const [found] = find(workers(5), 'capacity');
  expect(found?.runs).toHaveLength(10);
  expect(found?.finding).toBe('equivalent');
  expect(found?.sentence).toMatch(
    /^capacity is the same within 3 %: 4519\/s to 4555\/s in 5 runs → 4434\/s to 4469\/s in 5 runs, × 0\.981/,
  );
  expect(found?.effect).toBe(-1);
  const whole = compare(workers(5));
  expect(whole.pairs[0]?.answer).toBe('equivalent');
  expect(whole.sentence).toMatch(/^Runs 1 to 5 → runs 6 to 10 are equivalent: capacity is the same /);
});

test('2, 4 and 6 workers with repeats whose scatter covers them are equivalent, pair by pair, told as groups', () => {
  const scatter = [-0.006, -0.002, 0, 0.002, 0.006];
  const group = (rate: number) =>
    scatter.map((off) => run(`${rate} ${off}`, { capacity: capacity(percentAbout(rate * (1 + off), 0.5), 'same') }));
  const groups = [4519, 4434, 4434 * 0.99].map(group);
  const whole = compare(groups.flat(), groups);
  expect(whole.pairs.map(({ answer }) => answer)).toEqual(['equivalent', 'equivalent']);
  expect(whole.pairs[0]?.later).toHaveLength(5);
});

test('what differs by a hair is told as apart from 1', () => {
  const group = (name: string, rates: readonly number[]) =>
    rates.map((rate) => run(`${name}${rate}`, { capacity: capacity(percentAbout(rate, 0.1), name) }));
  const sides = [group('a', [4575, 4458, 4492, 4462, 4507]), group('b', [4455, 4407, 4426, 4491, 4378])];
  const whole = compare(sides.flat(), sides);
  expect(whole.differences.find(({ what }) => what === 'capacity')?.sentence).toMatch(
    / × 0\.985 \(0\.971 to just below 1\)$/,
  );
  expect(whole.pairs[0]?.answer).toBe('different');
});

test('a number that differs among many, but not for sure among so many, leaves the whole open', () => {
  const group = (name: string, rates: readonly number[]) =>
    rates.map((rate, k) =>
      run(`${name}${rate}`, {
        capacity: capacity(percentAbout(rate, 0.1), name),
        resources: [0, 1, 2, 3].map((i) =>
          resource('api', `part-${i}`, {
            state: 'busy',
            demand: { perRequest: percentAbout(1 + 0.1 * Math.cos(k + i), 0.1), background: 0, method: 'hold-time' },
          }),
        ),
      }),
    );
  const sides = [group('a', [4575, 4458, 4492, 4462, 4507]), group('b', [4455, 4407, 4426, 4491, 4378])];
  const whole = compare(sides.flat(), sides);
  expect(whole.pairs[0]).toMatchObject({
    answer: 'cannot-tell',
    sentence: expect.stringMatching(
      /^Runs 1 to 5 → runs 6 to 10 may differ: capacity is lower: .*; of 5 numbers compared at once one may look so by chance\.$/,
    ),
  });
});

test('repeats that scatter too much say how many would decide: 3 % each, 2 % apart', () => {
  const group = (name: string, rates: readonly number[]) =>
    rates.map((rate) => run(`${name}${rate}`, { capacity: capacity(percentAbout(rate, 0.5), name) }));
  const [found] = find([...group('a', [97, 100, 103]), ...group('b', [95, 98, 101])], 'capacity');
  expect(found).toMatchObject({ finding: 'cannot-tell', repeats: 37 });
  expect(found?.sentence).toMatch(/; about 37 runs each would decide$/);
});

test('two runs that reached no limit cannot be compared by it', () => {
  const open = [200, 300].map((low) => run(`${low}`, { capacity: capacity({ kind: 'at-least', low }, `${low}`) }));
  expect(find(open, 'capacity')[0]?.sentence).toBe(
    'capacity cannot be compared: neither side knows more than a bound, at least 200/s → at least 300/s',
  );
});

test('one of ten demands that differs just so is drowned by the other nine', () => {
  const demands = (id: string, last: number) =>
    run(id, {
      resources: Array.from({ length: 10 }, (_, i) =>
        resource('api', `part-${i}`, {
          state: 'busy',
          demand: { perRequest: percentAbout(i === 9 ? last : 0.01, 0.1), background: 0, method: 'utilisation-law' },
        }),
      ),
    });
  const last = find([demands('a', 0.01), demands('b', 0.0135)], 'demand of api / part-9')[0];
  expect(last?.ratio).toMatchObject({ low: expect.closeTo(1.023, 3) });
  expect(last?.finding).toBe('cannot-tell');
  expect(last?.sentence).toContain('10 of its kind were compared at once');
  expect(find([demands('a', 0.01), demands('b', 0.02)], 'demand of api / part-9')[0]?.finding).toBe('higher');
});

test('of many set-ups three sentences are told, and the rest is counted', () => {
  const many = [40, 80, 160, 320, 640].map((rate) =>
    run(`${rate}`, { capacity: capacity(percentAbout(rate, 2), `${rate}`) }),
  );
  const { sentence, differences } = compare(many);
  expect(differences.filter(({ what }) => what === 'capacity')).toHaveLength(4);
  expect(sentence.split(/(?<=\.) (?=[A-Z])/u)).toEqual([
    expect.stringMatching(/^Run 1 → run 2 differ: /),
    expect.stringMatching(/^Run 2 → run 3 differ: /),
    'The 2 set-ups after them are compared below.',
  ]);
});

test('repeats are called together', () => {
  expect(compare(workers(2)).sentence).toMatch(/^Runs 1 and 2 → runs 3 and 4 differ: /);
});

test('an objective on one side only is said first', () => {
  const sides = [
    run('a', { capacity: capacity(percentAbout(40, 2), 'x', 'objective') }),
    run('b', { capacity: capacity(percentAbout(80, 2), 'y') }),
  ];
  expect(compare(sides).sentence).toMatch(
    /^Run 1 → run 2 differ: one capacity is set by an objective, the other physically; /,
  );
});

test('one run alone is no comparison', () => {
  expect(compare([run('a')])).toMatchObject({ differences: [], sentence: 'One run alone cannot be compared.' });
});

const amounts = fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e6, noNaN: true }));
const intervals: fc.Arbitrary<Interval> = fc.oneof(
  fc
    .tuple(amounts, amounts, amounts)
    .map(([value, down, up]) => ({ kind: 'interval' as const, value, low: value - down, high: value + up })),
  amounts.map((low) => ({ kind: 'at-least' as const, low })),
  amounts.map((high) => ({ kind: 'at-most' as const, high })),
);
const steps = fc.array(
  fc
    .tuple(amounts, amounts, fc.option(amounts), fc.option(amounts), fc.boolean())
    .map(([offered, answered, p50, p99, aside]) =>
      step(0, offered, { throughput: answered, goodput: answered, p50, p99, aside: aside ? 'data-invalid' : null }),
    ),
  { maxLength: 4 },
);
const anyRun = fc
  .record({
    rate: fc.option(intervals),
    cost: fc.option(intervals),
    contention: intervals,
    steps,
    print: fc.constantFrom('x', 'y'),
  })
  .map(({ rate, cost, contention, steps: all, print }) =>
    run('r', {
      capacity: rate && capacity(rate, print),
      scalability: { kind: 'fitted', contention, coherency: contention, unit: contention, peak: null },
      resources: [
        resource('api', 'cpu', {
          state: 'busy',
          demand: cost && { perRequest: cost, background: 0, method: 'utilisation-law' },
        }),
      ],
      load: { axis: 'arrivals', steps: all, stopped: null, recovery: null },
    }),
  );

const schema = Compile(ComparisonSchema);

test('whatever the reports hold, the comparison is of its schema after a journey as JSON, and every difference has a sentence', () => {
  fc.assert(
    fc.property(fc.array(anyRun, { minLength: 2, maxLength: 5 }), (reports) => {
      const whole = compare(reports);
      const told: unknown = JSON.parse(JSON.stringify(whole));
      if (!schema.Check(told)) expect([...Value.Errors(ComparisonSchema, told)]).toEqual([]);
      for (const { sentence } of whole.differences) expect(sentence).not.toMatch(/NaN|undefined|null|unlimited|\(-/);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('runs that could not answer take nothing from the repeats that did', () => {
  const answered = (id: string, value: number) =>
    run(id, { verdict: first('api', 'executor'), capacity: capacity(percentAbout(value, 3), 'x') });
  const ended = (id: string, low: number) =>
    run(id, {
      verdict: { ...blank.verdict, kind: 'generator-limited' },
      capacity: capacity({ kind: 'at-least', low }, 'x'),
    });
  const sides = [
    [ended('a1', 50), answered('a2', 99), ended('a3', 50)],
    [ended('b1', 91), answered('b2', 198), answered('b3', 197)],
  ];
  const found = compare(sides.flat(), sides);
  expect(found.pairs[0]?.answer).toBe('different');
  expect(found.differences.find(({ what }) => what === 'capacity')).toMatchObject({
    finding: 'higher',
    sentence: expect.stringContaining('; only a bound is known of runs 1, 3 and 4, and left out'),
  });
});
