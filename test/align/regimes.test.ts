import { expect, test } from 'vitest';
import { ofOneRegime } from '../../src/align/regimes.ts';
import type { Change } from '../../src/model/collected.ts';
import { epoch } from '../../src/model/units.ts';
import { sheetOf } from '../analyse/windows.ts';

/** Ten-second windows from 1000 on. */
const windows = (count: number) => sheetOf(Array.from({ length: count }, (_, i) => ({ load: 100 + i }))).windows;
const change = (at: number, what: Change['what'] = 'rollout'): Change => ({
  at: epoch(at),
  component: 'api',
  what,
  labels: {},
  text: 'rollout of version 2',
});
const kept = (count: number, ...changes: readonly Change[]) =>
  ofOneRegime(windows(count), changes)
    .map(({ aside }) => (aside ? '-' : 'x'))
    .join('');

test('nothing changed: one set-up', () => expect(kept(6)).toBe('xxxxxx'));

test('what is there now is judged, where it has three windows', () => expect(kept(6, change(1030))).toBe('---xxx'));

test('where it has fewer, the one before it is', () => expect(kept(6, change(1040))).toBe('xxxx--'));

test('with three set-ups of two windows each the newest of the longest is left, which is too little for an answer', () =>
  expect(kept(6, change(1020), change(1040))).toBe('----xx'));

test('what the load itself causes is no new set-up', () =>
  expect(kept(6, change(1030, 'autoscaled'), change(1030, 'out-of-memory'), change(1030, 'restart'))).toBe('xxxxxx'));

test('the aside tells what changed, and on which side of it the window lies', () => {
  expect(ofOneRegime(windows(6), [change(1030)])[0]?.aside).toEqual({
    kind: 'unstable-config',
    because: 'api: rollout of version 2; what was before it is another set-up',
  });
  expect(ofOneRegime(windows(6), [change(1040)])[5]?.aside?.because).toContain('what was after it');
});

test('what was carried before a request came to cost less is known to be carried, and nothing where one change of several is another', () => {
  const cheaper = (at: number): Change => ({ ...change(at, 'shift'), isCheaper: true });
  const dearer = (...changes: readonly Change[]) =>
    ofOneRegime(windows(9), changes)
      .map(({ aside }) => (aside?.dearer ? 'd' : aside ? '-' : 'x'))
      .join('');
  expect(dearer(cheaper(1030))).toBe('dddxxxxxx');
  expect(dearer(cheaper(1030), change(1060))).toBe('------xxx');
  expect(dearer(change(1030), cheaper(1060))).toBe('---dddxxx');
  expect(dearer(cheaper(1080))).toBe('xxxxxxxx-');
});
