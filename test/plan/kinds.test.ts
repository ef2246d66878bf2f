import { expect, test } from 'vitest';
import type { PlanShape } from '../../src/model/plan-shape.ts';
import type { Caps } from '../../src/model/script.ts';
import { areaOf, stagesOf, windowsOf } from '../../src/model/stages.ts';
import { perSecond, ratio, seconds } from '../../src/model/units.ts';
import { layOut } from '../../src/plan/lay-out.ts';
import { next } from '../../src/plan/next.ts';
import { planInWords } from '../../src/plan/plan-in-words.ts';
import { totalsOf } from '../../src/plan/totals.ts';
import { common, laidOut, noObjectives, staircaseShape, wideCaps } from './shapes.ts';
import { stepRecord } from './step-record.ts';

const rampShape = { ...common, kind: 'ramp', from: undefined, to: undefined, lasts: undefined } as const;
const soakShape = { ...common, kind: 'soak', at: 100, lasts: undefined } as const;
const spikeShape = {
  ...common,
  kind: 'spike',
  from: 50,
  to: 200,
  before: undefined,
  lasts: undefined,
  after: undefined,
} as const;
const searchShape = {
  ...common,
  kind: 'search',
  from: undefined,
  to: undefined,
  factor: undefined,
  precision: undefined,
  hold: undefined,
} as const;

const theOnly = (shape: PlanShape, scrape = 1, limits: Partial<Caps> = {}) => {
  const { steps } = laidOut(shape, seconds(scrape), limits);
  const [step] = steps;
  if (step === undefined || steps.length !== 1) throw new Error('one step was asked for');
  return step;
};
const searchFor = (told: Partial<Extract<PlanShape, { kind: 'search' }>>, limits: Partial<Caps> = {}) => {
  const plan = layOut(
    { ...searchShape, ...told },
    { scrape: seconds(1), caps: { ...wideCaps, ...limits }, objectives: noObjectives },
  );
  if (plan.kind !== 'search') throw new Error('a search was asked for');
  return plan;
};

test('a ramp of 60 s from 0 to 100/s offers 3000 requests and is read in six windows of 10 s that meet', () => {
  const step = theOnly({ ...rampShape, from: 0, to: 100, lasts: seconds(60) });
  expect(stagesOf(step)).toEqual([{ lasts: 60, from: 0, to: 100 }]);
  expect(areaOf(stagesOf(step))).toBe(3000);
  expect(windowsOf(step).map(({ from, to }) => [from, to])).toEqual([
    [0, 10],
    [10, 20],
    [20, 30],
    [30, 40],
    [40, 50],
    [50, 60],
  ]);
});

test('a ramp that begins above nothing settles there first', () => {
  const step = theOnly({ ...rampShape, from: 20, to: 100, lasts: seconds(60) });
  expect(stagesOf(step)).toEqual([
    { lasts: 3, from: 20, to: 20 },
    { lasts: 60, from: 20, to: 100 },
  ]);
  expect(windowsOf(step)[0]).toEqual({ from: 3, to: 13 });
});

test('with nothing said a ramp goes from a tenth of the rate limit to the limit in twelve windows, or as many as fit', () => {
  expect(windowsOf(theOnly(rampShape))).toHaveLength(12);
  expect(theOnly(rampShape).rate).toBe(1000);
  expect(windowsOf(theOnly(rampShape, 1, { duration: seconds(90) }))).toHaveLength(8);
});

test('a soak is one level, read in at most 24 windows that meet, and takes what limits.duration allows', () => {
  const step = theOnly(soakShape);
  expect(windowsOf(step)).toHaveLength(24);
  expect(step.settle).toBe(3);
  expect(step.measure).toBe(3597);
  expect(windowsOf(theOnly({ ...soakShape, lasts: seconds(600), measure: seconds(10) }))).toHaveLength(60);
});

test('a spike jumps without a pause: what is usual, the spike once readings have settled on it, and what comes after', () => {
  const step = theOnly({ ...spikeShape, before: seconds(20), lasts: seconds(23), after: seconds(30) });
  expect(stagesOf(step)).toEqual([
    { lasts: 3, from: 50, to: 50 },
    { lasts: 20, from: 50, to: 50 },
    { lasts: 23, from: 200, to: 200 },
    { lasts: 30, from: 50, to: 50 },
  ]);
  expect(windowsOf(step)).toEqual([
    { from: 3, to: 13 },
    { from: 13, to: 23 },
    { from: 26, to: 36 },
    { from: 36, to: 46 },
    { from: 46, to: 56, after: 'spike' },
    { from: 56, to: 66, after: 'spike' },
    { from: 66, to: 76, after: 'spike' },
  ]);
});

test('a search goes from a tenth of the limit to the limit, and may take what the limits allow', () => {
  expect(searchFor({}).search).toMatchObject({ from: 100, to: 1000, factor: 1.5, precision: 0.05, hold: 30 });
  expect(totalsOf(searchFor({}))).toMatchObject({ requests: 1_000_000, duration: 3600, windows: 276 });
});

test.each([
  [
    { ...rampShape, lasts: seconds(40) },
    1,
    {},
    'rises within 40 s, which is 4 windows of 10 s, and a curve needs 6; let it last 60 s or more',
  ],
  [
    { ...rampShape, lasts: seconds(60) },
    15,
    {},
    'which is 0 windows of 75 s, and a curve needs 6; let it last 7.5 min or more',
  ],
  [{ ...rampShape, from: 50, to: 50 }, 1, {}, 'it rises from 50/s to 50/s; "from" is below "to"'],
  [{ ...rampShape, to: 2000 }, 1, {}, 'its highest step is 2000/s, and limits.rate allows 1000/s'],
  [
    { ...rampShape, lasts: seconds(7200) },
    1,
    {},
    'the ramp takes 120 min, and limits.duration allows 60 min; shorten it, or raise the limit',
  ],
  [
    { ...rampShape, measure: seconds(5) },
    1,
    {},
    'it measures each window for 5 s, but samples that come every 1 s need 7 s',
  ],
  [
    { ...soakShape, lasts: seconds(30) },
    1,
    {},
    'it is held for 30 s, and what grows with time shows in 4 windows of 10 s; let it last 40 s or more',
  ],
  [soakShape, 15, { duration: seconds(120) }, 'let it last 5 min or more, and raise limits.duration'],
  [{ ...soakShape, at: 0 }, 1, {}, 'it is held at 0/s; a load is above 0/s'],
  [
    soakShape,
    1,
    { requests: 90_000 },
    'it makes 360000 requests, and limits.requests allows 90000; lower its rates to 25 % of these',
  ],
  [
    { ...spikeShape, lasts: seconds(10) },
    1,
    {},
    'its "lasts" is 10 s, but to show the spike the data need 13 s; set "lasts" to 13 s or more',
  ],
  [{ ...spikeShape, before: seconds(5) }, 1, {}, 'its "before" is 5 s, but to show what is usual the data need 10 s'],
  [{ ...spikeShape, to: 50 }, 1, {}, 'its spike goes from 50/s to 50/s; "from" is below "to"'],
  [{ ...spikeShape, from: 0 }, 1, {}, 'without load nothing shows what is usual'],
] as const)('%j at a scrape every %d s is refused: %j %s', (shape, scrape, limits, sentence) => {
  expect(() => theOnly(shape, scrape, limits)).toThrow(
    expect.objectContaining({ code: 'PLAN_INVALID', message: expect.stringContaining(sentence) }),
  );
});

test.each([
  [{ precision: ratio(0.001) }, {}, 'its precision is 0.1 %; below 1 % two measurements of one load do not agree'],
  [
    { hold: seconds(15) },
    {},
    'it holds what it found for 15 s, hardly longer than it measured it; set "hold" to 20 s or more',
  ],
  [
    {},
    { duration: seconds(100) },
    'a search takes 6 steps of 13 s and a hold of 30 s at least, 108 s together, and limits.duration allows 100 s',
  ],
  [{ to: 5000 }, {}, 'its highest step is 5000/s, and limits.rate allows 1000/s'],
  [{ from: 500, to: 400 }, {}, 'it starts at 500/s, above its end of 400/s'],
] as const)('a search with %j under %j is refused: %s', (told, limits, sentence) => {
  expect(() => searchFor(told, limits)).toThrow(
    expect.objectContaining({ code: 'PLAN_INVALID', message: expect.stringContaining(sentence) }),
  );
});

test('a plan of one step has no second, however many windows that had', () => {
  const plan = laidOut({ ...rampShape, from: 0, to: 100 });
  const step = next(plan, []);
  if (step === undefined) throw new Error('there is a first step');
  const trials = windowsOf(step).map(() => ({ step, record: stepRecord({ step }), grade: 'pass' as const }));
  expect(next(plan, trials)).toBeUndefined();
});

test('a dry run says of each kind what it would offer', () => {
  expect(planInWords(laidOut({ ...rampShape, from: 20, to: 100, lasts: seconds(60) }))).toEqual([
    '1. 20/s for 3 s',
    '2. from 20/s to 100/s within 60 s',
    'read in 6 windows, the first of 10 s',
  ]);
  expect(planInWords(searchFor({}))).toEqual([
    'begins at 100/s and grows by a factor of 1.5 up to 1000/s until the objectives are not met 2 of 3 times; by halves downwards where the first step fails',
    'each step takes 3 s to settle and 10 s to measure or longer where answers are few',
    'then between the last that passed and the first that failed, until they are 5 % apart or cannot be told apart',
    'holds what it found for 30 s',
    'at most 276 steps',
  ]);
});

const crowded = { model: 'closed', think: { kind: 'exponential', mean: seconds(2) } } as const;

test('users begin within one pause, think once and then settle before they count; 100 of them with 2 s to think ask for 50 a second at most', () => {
  const { steps } = laidOut({ ...staircaseShape, ...crowded, levels: [100] });
  expect(steps).toEqual([
    {
      index: 0,
      rate: 50,
      settle: 7, // 2 s to begin, 2 s to think, 3 s to settle
      measure: 10,
      users: 100,
      stages: [
        { lasts: 2, from: 0, to: 100 },
        { lasts: 15, from: 100, to: 100 },
      ],
    },
  ]);
});

test('spawn says how many begin in a second', () => {
  const { steps } = laidOut({ ...staircaseShape, ...crowded, levels: [100], spawn: perSecond(5) });
  expect(steps[0]?.stages?.[0]).toEqual({ lasts: 20, from: 0, to: 100 });
});

test('without levels users climb in whole numbers from a tenth of what limits.in_flight allows', () => {
  const { steps, think } = laidOut({ ...staircaseShape, ...crowded });
  expect(think).toEqual(crowded.think);
  expect(steps.map(({ users }) => users)).toEqual([50, 65, 83, 108, 139, 180, 232, 300, 387, 500]);
});

test('what users may ask for is what a plan comes to at most: 500 in 2 s are 250 a second, and never more than limits.rate', () => {
  const soak = { ...soakShape, ...crowded, at: 500, lasts: seconds(100) };
  const plan = laidOut(soak);
  // 2 s of beginning, then 105 s: (2 · 250 + 105 · 500) ÷ 2 and one more each.
  expect(totalsOf(plan)).toMatchObject({ requests: 27_000, highest: 250 });
  expect(laidOut(soak, seconds(1), { rate: perSecond(100) }).steps[0]?.rate).toBe(100);
});

test.each([
  [
    { ...staircaseShape, ...crowded, levels: [100, 600] },
    {},
    'its 600 users may all wait for an answer at once, and limits.in_flight allows 500; take fewer, or raise the limit',
  ],
  [
    { ...soakShape, ...crowded, at: 500 },
    { requests: 90_000 },
    'it may make up to 900250 requests, and limits.requests allows 90000; lower its users to 10 % of these',
  ],
  [{ ...staircaseShape, ...crowded, levels: [50, 50] }, {}, 'its users do not rise: 50 users is followed by 50 users'],
  [{ ...rampShape, ...crowded, from: 80, to: 20 }, {}, 'it rises from 80 users to 20 users'],
] as const)('users: %j under %j is refused: %s', (shape, limits, sentence) => {
  expect(() => laidOut(shape, seconds(1), limits)).toThrow(
    expect.objectContaining({ code: 'PLAN_INVALID', message: expect.stringContaining(sentence) }),
  );
});

test('a search over users needs an objective that more of them can break', () => {
  expect(() => searchFor(crowded)).toThrow('users who wait for their answers break none but latency');
});

test('a dry run tells of users how many and how they think', () => {
  expect(planInWords(laidOut({ ...staircaseShape, ...crowded, levels: [100] }))).toEqual([
    '1. 100 users for 7 s to settle and 10 s to measure',
    'users think 2 s on average, exponentially spread, between an answer and the next request',
  ]);
});
