import { expect, test } from 'vitest';
import { heldByNobody } from '../../../src/analyse/holds/held-by-nobody.ts';
import type { Resource } from '../../../src/model/resource.ts';
import { caseWith, viewWith } from '../windows.ts';

const loads = [10, 20, 30, 40, 50];
/** One request is inside in the mean of each window. */
const view = viewWith(loads.map((load) => ({ load })));
const pool = (usage: readonly number[], of = 40, changed: Partial<Resource> = {}) =>
  heldByNobody([caseWith({ usage, of }, { kind: 'pool', layer: 'hold', unit: 'connections', ...changed })], view);

test('35 connections in use with one request inside, which may hold three: 32 belong to nobody', () => {
  expect(pool([8, 20, 30, 33, 35])).toEqual({ unexplained: 32, fillsIn: undefined });
});

test('as many as the requests inside may hold are explained', () => {
  expect(pool([1, 2, 2, 3, 3])).toBeUndefined();
});

test('once it is full, who waits says nothing of who holds: two windows before must show it', () => {
  expect(pool([8, 39, 40, 40, 40])).toBeUndefined();
  expect(pool([8, 20, 39, 40, 40])).toEqual({ unexplained: 17, fillsIn: undefined });
});

test('a few that background work keeps do not make a leak of a large pool', () => {
  expect(pool([8, 8, 9, 9, 9], 100)).toBeUndefined();
});

test('a limit of connections that stay open between requests is none', () => {
  expect(pool([8, 20, 30, 33, 35], 40, { hard: true })).toBeUndefined();
});

test('two instances of ten with one request inside, which takes one of them: 3.5 are beyond the 1.5 that it may hold, and more than before', () => {
  const instance = (usage: readonly number[], error: number) => ({
    ...caseWith({ usage, of: 10, completions: loads.map((load) => load / 2) }, { kind: 'pool', layer: 'hold' }),
    usageError: usage.map(() => error),
  });
  const [a, b] = [
    [0.5, 1, 2, 10, 10],
    [0.5, 2, 3, 4, 10],
  ];
  const leaking = (error: number) => heldByNobody([instance(a ?? [], error), instance(b ?? [], error)], view);
  expect(leaking(0.3)).toEqual({ unexplained: 3.5, fillsIn: undefined });
  // 1.5 beyond at 20/s is no more than two errors of √2 × 0.6
  expect(leaking(0.6)).toBeUndefined();
});

test('an instance whose four are all in use and that does nothing, while another does 20 a second, keeps them for nobody', () => {
  const instance = (usage: readonly number[], completions: readonly number[]) =>
    caseWith({ usage, of: 4, completions }, { kind: 'pool', layer: 'hold' });
  const well = instance([0.5, 1, 1.2, 1.5, 2], [5, 10, 15, 20, 25]);
  expect(heldByNobody([instance([0.5, 1, 1.2, 4, 4], [5, 10, 15, 0, 0]), well], view)).toEqual({
    unexplained: 4,
    fillsIn: undefined,
  });
  // a hot one that works
  expect(heldByNobody([instance([0.5, 1, 1.2, 4, 4], [5, 10, 15, 20, 25]), well], view)).toBeUndefined();
});

test('behind a cache few requests take a connection and stay longest: six in use with eight inside are theirs, though one in ten takes one', () => {
  const busy = viewWith(loads.map((load) => ({ load })));
  const inside = { ...busy, windows: busy.windows.map((window) => ({ ...window, inFlight: { mean: 8, growth: 0 } })) };
  const behind = caseWith(
    { usage: [3, 4, 5, 6, 6], of: 7, completions: loads.map((load) => load / 10) },
    { kind: 'pool', layer: 'hold' },
  );
  expect(heldByNobody([behind], inside)).toBeUndefined();
});

test('an instance that does as much as another beside it and holds each four times as long keeps most for nobody, where nothing beside it is busy', () => {
  const instance = (usage: readonly number[], completions: readonly number[]) =>
    caseWith({ usage, of: 10, completions }, { kind: 'pool', layer: 'hold' });
  const alike = [instance([1, 2, 4, 9, 10], [10, 20, 30, 22, 22]), instance([1, 2, 3, 4, 5], [10, 20, 30, 40, 50])];
  const inside = { ...view, windows: view.windows.map((window) => ({ ...window, inFlight: { mean: 20, growth: 0 } })) };
  // 22 a second, each for the 0.1 s that it takes the other
  expect(heldByNobody(alike, inside, () => false)?.unexplained).toBeCloseTo(10 - 2.2);
  expect(heldByNobody(alike, inside, () => true)).toBeUndefined();
});
