import { expect, test } from 'vitest';
import { setUps } from '../../src/compare/set-ups.ts';
import { about } from '../report/fixtures/parts.ts';
import { run } from './run.ts';

const ids = (groups: ReturnType<typeof setUps>) => groups.map((group) => group.map((report) => report.run.id));
const capacity = (fingerprint: string) => ({
  rate: about(100, 98, 102),
  binds: 'physical' as const,
  provenance: 'reached' as const,
  fingerprint,
});

test('runs with the same ceilings are repeats, however they are interleaved', () => {
  const runs = ['a1', 'b1', 'a2', 'b2'].map((id) => run(id, { capacity: capacity(id.charAt(0)) }));
  expect(ids(setUps(runs))).toEqual([
    ['a1', 'a2'],
    ['b1', 'b2'],
  ]);
});

test('where the ceilings tell nothing apart each run stands for itself', () => {
  const runs = ['before', 'after'].map((id) => run(id, { capacity: capacity('same') }));
  expect(ids(setUps(runs))).toEqual([['before'], ['after']]);
});

test('a run without capacity is no repeat of another', () => {
  expect(ids(setUps([run('x'), run('y'), run('z', { capacity: capacity('f') })]))).toEqual([['x'], ['y'], ['z']]);
});
