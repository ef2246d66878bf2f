import { expect, test } from 'vitest';
import { heldByNobody } from '../../src/analyse/held-by-nobody.ts';
import type { Resource } from '../../src/model/resource.ts';
import { caseWith, viewWith } from './windows.ts';

const loads = [10, 20, 30, 40, 50];
/** One request is inside in the mean of each window. */
const view = viewWith(loads.map((load) => ({ load })));
const pool = (usage: readonly number[], of = 40, changed: Partial<Resource> = {}) =>
  heldByNobody(caseWith({ usage, of }, { kind: 'pool', layer: 'hold', unit: 'connections', ...changed }), view);

test('35 connections in use with one request inside, which may hold three: 32 belong to nobody', () => {
  expect(pool([8, 20, 30, 33, 35])).toEqual({ unexplained: 32, fillsIn: undefined });
});

test('as many as the requests inside may hold are explained', () => {
  expect(pool([1, 2, 2, 3, 3])).toBeUndefined();
});

test('once it is full, who waits says nothing of who holds: three windows before must show it', () => {
  expect(pool([8, 20, 39, 40, 40])).toBeUndefined();
});

test('a few that background work keeps do not make a leak of a large pool', () => {
  expect(pool([8, 8, 9, 9, 9], 100)).toBeUndefined();
});

test('a limit of connections that stay open between requests is none', () => {
  expect(pool([8, 20, 30, 33, 35], 40, { hard: true })).toBeUndefined();
});
