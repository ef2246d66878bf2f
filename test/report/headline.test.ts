import { expect, test } from 'vitest';
import { headroomOf } from '../../src/analyse/capacity/headroom.ts';
import type { Report } from '../../src/model/report.ts';
import { perSecond } from '../../src/model/units.ts';
import { headline } from '../../src/report/headline.ts';
import { notReached } from './fixtures/not-reached.ts';

type Found = NonNullable<Report['load']['search']>;

const found: Found = {
  ended: 'found',
  unit: 'requests/s',
  met: 175,
  held: 30,
  missed: 182,
  open: [],
  sentence: '175/s meets the objectives (held for 30 s), and 182/s misses them',
};

test('where no headroom is stated, it says why, and what gives one', () => {
  const headroomOf = (report: Report) => headline(report).find(({ label }) => label === 'headroom')?.text;
  const { unstated: _, ...plain } = { ...notReached, headroom: null };
  const unstated = 'no "expect" is configured, and only 5 min of traffic are known: a usual peak needs a day';
  expect(headroomOf({ ...plain, unstated })).toBe(
    `not stated: ${unstated}; "expect" in the configuration gives a load to hold it against`,
  );
  expect(headroomOf(plain)).toBe(
    'not stated: no load is known to hold it against; "expect" in the configuration gives one',
  );
});

const point = (value: number) => ({ kind: 'interval', value, low: value, high: value }) as const;

test.each([
  [point(240), 'expected', '50 %', '50 % at 120/s, the expected load; 120/s to spare, 2 times the load'],
  [point(100), 'expected', '0 %', '0 % at 120/s, the expected load; 20/s too little, 0.833 times the load'],
  [
    { kind: 'at-least', low: 240 },
    'expected',
    'at least 50 %',
    'at least 50 % at 120/s, the expected load; at least 120/s to spare, at least 2 times the load',
  ],
  [
    { kind: 'at-least', low: 86.6 },
    'expected',
    'not known',
    'not known at 120/s, the expected load: no more than 86.6/s is known to be carried',
  ],
  [
    { kind: 'at-least', low: 120.02 },
    'current',
    'not known',
    'not known at 120/s, the load at the end of the window: no more than 120/s is known to be carried',
  ],
  [{ kind: 'at-most', high: 60 }, 'expected', 'none', 'none at 120/s, the expected load; at most 0.5 times the load'],
] as const)(
  'what %j leaves is told with its figure first, and where a bound says nothing that is said',
  (capacity, reference, figure, text) => {
    const headroom = headroomOf(capacity, perSecond(120), reference) ?? null;
    const told = headline({ ...notReached, headroom }).find(({ label }) => label === 'headroom');
    expect(told).toMatchObject({ figure, text });
  },
);

test('a target that did not keep up at the end of the window has no room now, and why stands there', () => {
  const none = headroomOf({ kind: 'at-most', high: 108 }, perSecond(108), 'current');
  const current = none ? { ...none, because: 'app / pool was full, answers took 2.13 s instead of 50 ms' } : null;
  expect(headline({ ...notReached, current }).find(({ label }) => label === 'now')).toMatchObject({
    figure: 'none',
    text: 'none at 108/s, the load at the end of the window: app / pool was full, answers took 2.13 s instead of 50 ms',
  });
});

const searchIn = (search: Found) =>
  headline({ ...notReached, load: { ...notReached.load, search } }).find(({ label }) => label === 'search');

test('what was searched for stands under the verdict, the load that met the objectives first', () => {
  expect(searchIn(found)).toMatchObject({
    figure: '175/s',
    detail: 'meets the objectives (held for 30 s), and 182/s misses them',
  });
  expect(searchIn({ ...found, unit: 'users', met: 40, sentence: '40 users meets them' })?.figure).toBe('40 users');
});

test('a search that ended otherwise has no figure, only its sentence', () => {
  const sentence = 'no load was found that surely meets the objectives: 2/s misses them';
  expect(searchIn({ ...found, ended: 'nothing-passes', met: null, held: null, sentence })).toMatchObject({
    figure: '',
    text: sentence,
  });
});

test('a plan that searches for nothing tells of no search', () => {
  expect(headline(notReached).some(({ label }) => label === 'search')).toBe(false);
});

test.each([
  ['reached', 'api / cpu; where it ends cannot be told: at most 185/s is less than what is carried already'],
  ['extrapolated', 'api / cpu, which carries at most 185/s'],
] as const)('what comes next and would end below a capacity that is %s: %s', (provenance, text) => {
  const rate = { kind: 'at-most', high: 185 } as const;
  const next = {
    component: 'api',
    resource: 'cpu',
    capacity: { rate, provenance: 'upper-bound', extrapolation: 1 },
  } as const;
  const capacity = { rate: point(194), binds: 'physical', provenance, fingerprint: 'f' } as const;
  expect(headline({ ...notReached, capacity, next }).find(({ label }) => label === 'next')?.text).toBe(text);
});
