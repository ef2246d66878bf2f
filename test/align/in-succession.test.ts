import { expect, test } from 'vitest';
import { inSuccession, successions } from '../../src/align/in-succession.ts';
import type { Labels } from '../../src/model/labels.ts';
import { seconds } from '../../src/model/units.ts';
import { every, signal } from './samples.ts';

const used = (at: Labels, from: number, to: number, replicas: readonly string[] = ['pod']) =>
  signal({ at, replicas, parts: [every(300, from, to, () => 1)] });

test('a pod that takes the place of one that is gone goes on with its row, under the newest name', () => {
  const joined = inSuccession([
    used({ pod: 'a' }, 0, 9000),
    used({ pod: 'c' }, 20_000, 40_000),
    used({ pod: 'b' }, 9300, 19_800),
  ]);
  expect(joined.map(({ at }) => at)).toEqual([{ pod: 'c' }]);
  expect(joined[0]?.parts).toHaveLength(3);
});

test('in a rolling update the old and the new stand side by side for some minutes, and are one place all the same', () => {
  expect(inSuccession([used({ pod: 'a' }, 0, 9600), used({ pod: 'b' }, 9000, 19_800)])).toHaveLength(1);
});

test('how far apart its samples come is told by others in its place, where the newest has but one', () => {
  const newest = { ...used({ pod: 'b' }, 12_000, 12_000), interval: seconds(40_000) };
  const [row] = inSuccession([{ ...used({ pod: 'a' }, 0, 9000), interval: seconds(300) }, newest]);
  expect(row).toMatchObject({ at: { pod: 'b' }, interval: 300 });
});

test('two at the same time are two, and a third that follows takes the place that was left', () => {
  const three = [used({ pod: 'a' }, 0, 9000), used({ pod: 'b' }, 0, 40_000), used({ pod: 'c' }, 9300, 40_000)];
  expect(inSuccession(three).map(({ at }) => at.pod)).toEqual(['c', 'b']);
});

test('the ceiling of a pod follows it, and databases that come and go are no replicas', () => {
  const ceiling = { ...used({ pod: 'a' }, 0, 9000), role: 'ceiling' as const };
  const [usage, size] = inSuccession([used({ pod: 'a' }, 0, 9000), used({ pod: 'b' }, 9300, 19_800), ceiling]);
  expect([usage?.at, size?.at]).toEqual([{ pod: 'b' }, { pod: 'b' }]);
  const databases = [used({ datname: 'x' }, 0, 9000), used({ datname: 'y' }, 9300, 19_800)];
  expect(inSuccession(databases)).toHaveLength(2);
});

test('a succession is a start: who took whose place, and when; one that stands until the end makes place for nobody', () => {
  const [found, ...others] = successions([used({ pod: 'a' }, 0, 9000), used({ pod: 'b' }, 9300, 40_000)]);
  expect(found).toMatchObject({ at: 9300, what: 'restart', labels: { pod: 'b' }, text: 'b took the place of a' });
  expect(others).toEqual([]);
  expect(successions([used({ pod: 'a' }, 0, 40_000), used({ pod: 'b' }, 39_300, 40_000)])).toEqual([]);
});

test('within an hour two that stand side by side for a quarter of it are two', () => {
  const all = [used({ pod: 'a' }, 0, 2100), used({ pod: 'b' }, 1200, 3600)];
  expect(inSuccession(all)).toHaveLength(2);
});
