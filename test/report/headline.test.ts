import { expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
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
