import { expect, test } from 'vitest';
import { silentSinceFull } from '../../../src/analyse/roots/silent-since-full.ts';
import type { Case } from '../../../src/analyse/seen/cases.ts';
import { waitsForOf } from '../../../src/analyse/seen/waits-for.ts';
import { caseWith, component, viewWith } from '../windows.ts';

const components = [component('api', ['db']), component('db')];
const failing = (p99: number) =>
  viewWith([
    { load: 20 },
    { load: 40 },
    { load: 80 },
    { load: 100 },
    { load: 120, goodput: 108, throughput: 120, errors: 0.1, p99 },
    { load: 140, goodput: 112, throughput: 140, errors: 0.2, p99 },
  ]);
const connections = (usage: Case['usage'], resource: Partial<Case['resource']> = {}): Case =>
  caseWith(
    { usage, of: 12 },
    { component: 'db', resource: 'connections', kind: 'pool', layer: 'hold', hard: true, ...resource },
  );
const found = (one: Case, view = failing(0.01)) =>
  silentSinceFull(
    [one],
    {
      view,
      plateau: 4,
      held: [],
      deepest: [],
      around: [one],
      waitsFor: waitsForOf(components),
      components,
      blind: [],
      undeclared: false,
    },
    4,
  ).map(({ own, by }) => ({ own, by }));

// MariaDB with max_connections 12: its exporter gets in no more from there on
const turnedAway = connections([6, 9, 12, undefined, undefined, undefined]);

test('a hard limit that was full when it was last read, before requests failed at once, is more likely the limit than not', () =>
  expect(found(turnedAway)).toEqual([{ own: 0.75, by: 'silence' }]));

test('is not concluded of what had room when it was last read, was full at low load already, or is read still', () => {
  expect(found(connections([6, 8, 9, undefined, undefined, undefined]))).toEqual([]);
  expect(found(connections([12, 12, 12, undefined, undefined, undefined]))).toEqual([]);
  expect(found(connections([6, 9, 12, 12, 12, 12]))).toEqual([]);
  // a third of the load at which goodput stopped: two thirds of the way nothing was refused
  expect(found(connections([6, 12, undefined, undefined, undefined, undefined]))).toEqual([]);
});

test('is not concluded of what lets wait, nor where requests take longer or goodput lacks more than fails', () => {
  expect(found(connections(turnedAway.usage, { hard: false }))).toEqual([]);
  expect(found(turnedAway, failing(0.05))).toEqual([]);
  const late = viewWith([
    ...[20, 40, 80, 100].map((load) => ({ load })),
    { load: 120, goodput: 90, throughput: 95, errors: 0.05 },
    { load: 140, goodput: 90, throughput: 95, errors: 0.05 },
  ]);
  expect(found(turnedAway, late)).toEqual([]);
});
