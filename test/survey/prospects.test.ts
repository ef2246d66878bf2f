import { expect, test } from 'vitest';
import type { Sight, Sighted } from '../../src/model/diagnosis.ts';
import { type Basis, prospectsOf } from '../../src/survey/prospects.ts';

const sees = (...sights: readonly Sight[]): readonly Sighted[] =>
  sights.map((sight, index) => ({
    component: 'api',
    resource: `r${index}`,
    sight,
    instances: 1,
    interval: 15,
    lag: 0,
    sources: [],
  }));
const blindTo = (resource: string) => ({ component: 'db', resource, why: '', cure: '' });
const basis: Basis = { isLoadKnown: true, sees: [], blind: [], hasObjectives: false };
const possible = (change: Partial<Basis>) =>
  prospectsOf({ ...basis, ...change })
    .filter((prospect) => prospect.possible)
    .map(({ kind }) => kind);
const because = (kind: string, change: Partial<Basis>) =>
  prospectsOf({ ...basis, ...change }).find((prospect) => prospect.kind === kind)?.because;

test.each([
  [
    'one resource that shows whether work waits',
    sees('saturation', 'usage'),
    ['saturated', 'unobserved-limit', 'not-reached'],
  ],
  ['two of them', sees('saturation', 'saturation'), ['saturated', 'near-tie', 'unobserved-limit', 'not-reached']],
  ['only how full it is', sees('fullness'), ['unobserved-limit', 'not-reached']],
  ['only how much is used', sees('usage'), ['unobserved-limit']],
  ['nothing', sees(), ['unobserved-limit']],
] as const)('with %s these verdicts can be reached', (_, sighted, kinds) => {
  expect(possible({ sees: sighted })).toEqual(kinds);
});

test('without knowing the load nothing can be answered, and that is the reason', () => {
  const unloaded = { isLoadKnown: false, sees: sees('saturation', 'saturation'), hasObjectives: true };
  expect(possible(unloaded)).toEqual([]);
  expect(because('saturated', unloaded)).toBe('neither a "load" nor "traffic" with data tells how much there is to do');
});

test('an objective can only be crossed where one is stated', () => {
  expect(possible({ hasObjectives: true })).toContain('objective-limited');
  expect(because('objective-limited', {})).toBe('the configuration states no objectives');
});

test('what is blind is where an unobserved limit may lie: the first three by name', () => {
  const blind = ['a', 'b', 'c', 'd', 'e'].map(blindTo);
  expect(because('unobserved-limit', { blind })).toBe(
    'a limit in db / a, db / b, db / c and 2 more would come out as this',
  );
  expect(because('unobserved-limit', { blind: blind.slice(0, 1) })).toBe('a limit in db / a would come out as this');
});
