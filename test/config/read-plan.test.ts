import { expect, test } from 'vitest';
import { builtInPlans } from '../../src/config/load-configuration.ts';
import { readPlan } from '../../src/config/read-plan.ts';

const read = (text: string) => readPlan(text, 'mine.yaml', 'mine');

test('levels in users make a plan of users, levels in rates one of arrivals', () => {
  expect(read('kind: staircase\nfrom: 10 users\nto: 80 users\nthink: 1s..3s')).toMatchObject({
    model: 'closed',
    from: 10,
    to: 80,
    think: { kind: 'uniform', from: 1, to: 3 },
  });
  expect(read('kind: staircase\nusers: [5, 10]\nthink: lognormal 2s 500ms\nspawn: 10/s')).toMatchObject({
    model: 'closed',
    levels: [5, 10],
    spawn: 10,
    think: { kind: 'lognormal', mean: 2, deviation: 0.5 },
  });
  expect(read('kind: ramp\nfrom: 0/s\nto: 6000/min\nlasts: 5m')).toMatchObject({
    model: 'open',
    from: 0,
    to: 100,
    lasts: 300,
  });
  expect(read('kind: search')).toMatchObject({ model: 'open', from: undefined, to: undefined });
});

test.each([
  ['kind: stairs', 'mine.yaml:1', 'kind: "stairs" is not one of staircase, ramp, soak, spike, search'],
  ['from: 10/s', 'mine.yaml:1', 'the key "kind" is missing; it is one of staircase, ramp, soak, spike, search'],
  ['kind: soak', 'mine.yaml:1', 'the key "at" is missing'],
  ['kind: soak\nat: 100', 'mine.yaml:2', 'at: 100 is not a rate or a number of users, as in 200/s, 50 users'],
  ['kind: ramp\nfactor: 2', 'mine.yaml:2', 'there is no key "factor" here'],
  ['kind: ramp\nlast: 5m', 'mine.yaml:2', 'did you mean "lasts"?'],
  ['kind: search\nprecision: 0.05', 'mine.yaml:2', 'precision: 0.05 is not a percentage, as in 1%, 0.5%'],
  [
    'kind: spike\nfrom: 10/s\nto: 50 users',
    'mine.yaml:3',
    'the plan mixes rates and users; a plan offers either arrivals or users',
  ],
  ['kind: staircase\nrates: [10/s]\nusers: [10]', 'mine.yaml:3', 'the plan mixes rates and users'],
  ['kind: staircase\nto: 100/s\nthink: 1s', 'mine.yaml:3', '"think" is said of users; arrivals wait for nothing'],
  ['kind: staircase\nspawn: 1/s', 'mine.yaml:2', '"spawn" is said of users'],
  [
    'kind: soak\nat: 20 users\nthink: 1s\narrivals: poisson',
    'mine.yaml:4',
    '"arrivals" is said of rates; users send when they have thought',
  ],
  ['kind: soak\nat: 20 users', 'mine.yaml:1', 'the plan has users but not how long they "think"'],
  [
    'kind: soak\nat: 20 users\nthink: normal 1s',
    'mine.yaml:3',
    'think: "normal 1s" is not a pause, as in 2s, 1s..3s, exponential 2s, lognormal 2s 1s',
  ],
])('%j is refused at %s: %s', (text, where, sentence) => {
  expect(() => read(text)).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining(sentence) }),
  );
  expect(() => read(text)).toThrow(where);
});

test('a plan of every kind comes with Plimsoll', async () => {
  const kinds = (await builtInPlans()).map(({ kind }) => kind);
  expect(new Set(kinds)).toEqual(new Set(['staircase', 'ramp', 'soak', 'spike', 'search']));
});
