import { expect, test } from 'vitest';
import { connectionsFor } from '../../src/load/connections-for.ts';
import { scriptOf } from './target.ts';

const { caps } = scriptOf();

test("Little's law with half as much again: 200/s that take 200 ms are 40, so 60", () => {
  expect(connectionsFor(200, 0.2, caps)).toBe(60);
});

test('never above the cap, and 16 where nothing is known', () => {
  expect(connectionsFor(2000, 0.2, caps)).toBe(100);
  expect(connectionsFor(2000, undefined, caps)).toBe(16);
  expect(connectionsFor(2000, undefined, { ...caps, inFlight: 4 })).toBe(4);
});
