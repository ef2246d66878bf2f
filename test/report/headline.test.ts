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
