import { describe, expect, test } from 'vitest';
import { limitsOf } from '../../src/limits/limits.ts';
import type { Component } from '../../src/model/component.ts';
import type { Term } from '../../src/model/term.ts';

const component = (name: string, change: Partial<Component> = {}): Component => ({
  name,
  on: undefined,
  calls: [],
  signals: [],
  workload: undefined,
  replica: undefined,
  ceilings: {},
  ...change,
});
const term = (name: string, kind: Term['kind'], value: number | undefined, change: Partial<Term> = {}): Term => ({
  component: name,
  kind,
  of: 'connections',
  unit: 'connections',
  giver: undefined,
  to: 'callers',
  shared: false,
  at: {},
  replica: {},
  value,
  less: 0,
  source: 'test',
  promql: 'vector(1)',
  ...change,
});
const pods = (kind: Term['kind'], value: number): Term => term('api', kind, value, { of: 'pods', unit: 'pods' });
const api = component('api', { calls: ['db'] });
const db = component('db');
const none = [term('db', 'held', 0), term('db', 'own', 0)];
const first = (terms: readonly Term[], components: readonly Component[] = [api, db]) =>
  limitsOf({ components, terms, signals: [] })[0];

describe('what fits', () => {
  const asking = (each: number) =>
    first([pods('replicas', 10), term('api', 'asks', each), term('db', 'gives', 100), ...none])?.verdict;

  test('is up to nine tenths of what is given; beyond that it is tight, beyond all of it exceeded', () => {
    expect([9, 9.1, 10, 10.1].map(asking)).toEqual(['fits', 'tight', 'tight', 'exceeded']);
  });

  test('is told only where every bound agrees', () => {
    const held = (all: number) =>
      first([pods('replicas', 5), term('api', 'asks', 10), term('db', 'gives', 100), term('db', 'held', all)])?.verdict;
    expect([40, 45, 50, 51].map(held)).toEqual(['fits', 'tight', 'tight', 'cannot-tell']);
  });
});

describe('a rollout at the autoscaler’s maximum', () => {
  const surge = (now: number, wanted: number, most: number) =>
    first([
      pods('replicas', wanted),
      pods('most-replicas', most),
      pods('surge', now),
      term('api', 'asks', 1),
      term('db', 'gives', 1000),
      ...none,
    ])?.asked;

  test.each([
    ['a quarter, rounded up, or one: 1 to 3', 1, 4, 10, { low: 11, high: 13 }],
    ['one of one: 1 to 3, as a quarter of 10', 1, 1, 10, { low: 11, high: 13 }],
    ['two of four may be a share of more than 25 % up to 50 %, or two: 2 to 5', 2, 4, 10, { low: 12, high: 15 }],
    ['five of ten may be more than 40 % up to 50 %, or five: 5 to 10', 5, 10, 20, { low: 25, high: 30 }],
    ['none stays none', 0, 4, 10, { low: 10, high: 10 }],
    ['at the maximum already it is known', 3, 10, 10, { low: 13, high: 13 }],
  ])('adds %s', (_, now, wanted, most, asked) => {
    expect(surge(now, wanted, most)).toEqual(asked);
  });
});

describe('a size that several share', () => {
  const at = { database: 'shop' };
  const each = (...more: readonly Term[]) =>
    first([term('api', 'asks', 20, { at }), ...more, term('db', 'gives', 1000), ...none])?.asked;
  const sharer = (user: string, database = 'shop') =>
    term('api', 'sharers', 1, { at: { database, user }, unit: 'users' });

  test('counts once for each of them, with what is kept in reserve', () => {
    expect(each(sharer('a'), sharer('b'))).toEqual({ low: 40, high: 40 });
    expect(each(sharer('a'), sharer('b'), term('api', 'reserve', 5, { at }))).toEqual({ low: 50, high: 50 });
  });

  test('stops at what caps all of them', () => {
    expect(each(sharer('a'), sharer('b'), term('api', 'cap', 30, { at }))).toEqual({ low: 30, high: 30 });
  });

  test('may be asked for by one, where others are seen elsewhere and none here', () => {
    expect(each(sharer('a', 'reports'))).toEqual({ low: 0, high: 20 });
  });

  test('has no end where nobody tells how many they are', () => {
    expect(each(term('api', 'sharers', undefined))).toEqual({ low: 20, high: null });
  });
});

test('of replicas that differ the one that may ask for most counts for all', () => {
  const asks = [10, 30].map((value, i) => term('api', 'asks', value, { replica: { pod: `p${i}` } }));
  expect(first([...asks, term('db', 'gives', 1000), ...none])?.asked).toEqual({ low: 60, high: 60 });
});

test('eight that ask for four replicas that are wanted are two in each; six for four are a rollout', () => {
  const asked = (seen: number) => {
    const asks = Array.from({ length: seen }, (_, i) => term('api', 'asks', 10, { replica: { instance: `i${i}` } }));
    return first([pods('replicas', 4), ...asks, term('db', 'gives', 1000), ...none]);
  };
  expect(asked(8)?.asked).toEqual({ low: 80, high: 80 });
  expect(asked(8)?.terms.map(({ text }) => text)).toContain('2 in each: 8 ask where 4 are wanted');
  expect(asked(6)?.asked).toEqual({ low: 40, high: 40 });
});

describe('a quota of which less is held than the wanted pods hold', () => {
  const quota = { of: 'cores', unit: 'cores', giver: 'the quota' };
  const limit = (used: number) =>
    first(
      [
        pods('replicas', 10),
        term('api', 'asks', 1, { of: 'cores', unit: 'cores' }),
        term('api', 'gives', 8, { ...quota, to: 'itself' }),
        term('api', 'held', used, quota),
      ],
      [api],
    )?.verdict;

  test('is meant for others, while it has room', () => {
    expect([0, 7].map(limit)).toEqual([undefined, undefined]);
  });

  test('keeps them out, where it has none', () => {
    expect([7.5, 8].map(limit)).toEqual(['exceeded', 'exceeded']);
  });
});

test('what is shared is never refused: beyond 2 × cores + 1 workers it is tight, and it counts for one replica', () => {
  const cpu = { of: 'usable cores', unit: 'cores' };
  const gives = term('api', 'gives', 2, { ...cpu, giver: 'its cpu limit', to: 'itself', shared: true });
  const limit = (workers: number) => first([pods('replicas', 50), term('api', 'asks', workers, cpu), gives], [api]);
  expect(limit(6)?.verdict).toBe('tight');
  expect(limit(5)?.verdict).toBe('fits');
  expect(limit(6)?.text).toBe('each api may use 6 cores; its cpu limit gives 2');
  // more than there are, and it fits: that needs its reason
  expect(limit(5)?.text).toBe('each api may use 5 cores; its cpu limit gives 2, and up to 5 may share them');
});

test('nobody who asks, no limit; a giver that nobody knows the size of is named', () => {
  expect(first([term('db', 'gives', 100)])?.text).toContain('how many connections api may ask for is not known');
  expect(first([term('db', 'gives', 100)], [component('api'), db])).toBeUndefined();
  expect(first([pods('replicas', 2), term('api', 'asks', 5), term('db', 'gives', undefined), ...none])?.text).toBe(
    '2 pods × 5 connections = 10 may be asked for; how many connections db gives is not known',
  );
});

test('every number tells where it was read, that it was stated or counted, or that it is not known', () => {
  const stated = term('api', 'asks', 20, { source: 'stated' });
  const limit = first([stated, term('db', 'gives', 97, { less: 3 })]);
  expect(limit?.terms.map(({ side, text, value, provenance }) => ({ side, text, value, provenance }))).toEqual([
    { side: 'asked', text: '1 instance seen', value: { low: 1, high: 1 }, provenance: 'counted' },
    { side: 'asked', text: 'each api: 20 connections', value: { low: 20, high: 20 }, provenance: 'stated' },
    {
      side: 'asked',
      text: 'how many connections others hold is not known',
      value: { low: 0, high: null },
      provenance: 'unknown',
    },
    {
      side: 'given',
      text: 'db: 97 connections (100 less 3 reserved)',
      value: { low: 97, high: 97 },
      provenance: 'read',
    },
  ]);
});

test('the worst comes first', () => {
  const range = component('nodes', { addresses: { range: 28, each: 32 }, replica: 'instance' });
  const tight = [pods('replicas', 10), term('api', 'asks', 9.5), term('db', 'gives', 100), ...none];
  const spare = limitsOf({
    components: [range, api, db],
    terms: [...tight, term('nodes', 'replicas', 17)],
    signals: [],
  });
  expect(spare.map(({ component, verdict }) => `${component} ${verdict}`)).toEqual(['nodes exceeded', 'db tight']);
});
