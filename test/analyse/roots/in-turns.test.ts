import { expect, test } from 'vitest';
import { withTurns } from '../../../src/analyse/roots/in-turns.ts';
import type { Judged } from '../../../src/analyse/roots/judged.ts';
import type { Case } from '../../../src/analyse/seen/cases.ts';
import { waitsForOf } from '../../../src/analyse/seen/waits-for.ts';
import { caseWith, component, viewWith } from '../windows.ts';

const view = viewWith([{ load: 10 }, { load: 20 }, { load: 30 }, { load: 40, goodput: 31 }, { load: 50, goodput: 31 }]);
const components = [component('api', ['db']), component('db', [], 'machine'), component('machine')];
const waitsFor = waitsForOf(components);

/** 70 % of a quota, throttled in six periods of ten; 70 % of eight cores, for which six wait (M/M/8 at 70 %: 0.6). */
const quota = caseWith(
  { usage: [0.2, 0.4, 0.6, 0.7, 0.7], of: 1, queue: [0, 0, 0.3, 0.6, 0.6] },
  { resource: 'cpu-quota', kind: 'quota', unit: 'cores' },
);
const cores = (waiting: number): Case =>
  caseWith(
    { usage: [1.6, 3.2, 4.8, 5.6, 5.6], of: 8, queue: [0, 0, 1, waiting, waiting] },
    { component: 'machine', resource: 'cpu', kind: 'servers', unit: 'cores' },
  );
const threads = caseWith(
  { usage: [1, 2, 4, 10, 10], of: 10 },
  { resource: 'threads', kind: 'servers', layer: 'hold', unit: 'threads' },
);

const saturation = { full: [], starved: [], saturated: [], onset: 3, since: 3 };
const root: Judged = { one: quota, saturation, standing: { kind: 'root', own: 0.6, by: 'elimination' } };
const free = (one: Case): Judged => ({
  one,
  saturation: { ...saturation, onset: undefined, since: undefined },
  standing: { kind: 'unsaturated' },
});
const judged = (one: Case, hold: Case = threads) =>
  withTurns([root, free(one)], { view, waitsFor, plateau: 3, around: [quota, one, hold] }).map(({ standing }) =>
    standing.kind === 'root' ? standing.own : standing.kind,
  );

test('two of which neither is full, and for both of which much waits below a full hold, limit in turns', () => {
  expect(judged(cores(6))).toEqual([0.5, 0.5]);
});

test('what waits by chance alone, or is much less used, is not full at times', () => {
  expect(judged(cores(0.8))).toEqual([0.6, 'unsaturated']);
  const half = { ...cores(6), usage: [0.8, 1.6, 2.4, 2.8, 2.8] };
  expect(judged(half)).toEqual([0.6, 'unsaturated']);
});

test('without a full hold above both they are no pair', () => {
  expect(judged(cores(6), { ...threads, usage: [1, 2, 4, 6, 6] })).toEqual([0.6, 'unsaturated']);
});
