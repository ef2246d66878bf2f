import { expect, test } from 'vitest';
import type { Think } from '../../src/model/think.ts';
import { seconds } from '../../src/model/units.ts';
import { layOut } from '../../src/plan/lay-out.ts';
import { longestWalk } from '../../src/plan/longest-walk.ts';
import { noObjectives, staircaseShape, wideCaps } from './shapes.ts';

const walk = (...pauses: readonly (Think | undefined)[]) => ({
  name: 'walk',
  weight: 1,
  session: true,
  steps: pauses.map((think, at) => ({
    name: `r${at}`,
    method: 'GET',
    path: '/',
    headers: {},
    body: undefined,
    extract: [],
    checks: [],
    think,
    place: { file: 'plimsoll.yaml', line: 1 },
  })),
});
const fixed = (length: number): Think => ({ kind: 'fixed', for: seconds(length) });

test('the pauses of a walk add up, and the longest walk counts; nobody waits before the first request', () => {
  const uniform: Think = { kind: 'uniform', from: seconds(1), to: seconds(3) };
  expect(longestWalk([walk(undefined), walk(fixed(99), fixed(4), uniform)])).toBe(6);
  expect(longestWalk([walk(undefined)])).toBe(0);
});

const around = { scrape: seconds(1), caps: wideCaps, objectives: noObjectives, walk: seconds(20) };

test('a step settles for as long as its longest walk pauses', () => {
  const plan = layOut(staircaseShape, around);
  expect(plan.kind === 'staircase' && plan.steps.every(({ settle }) => settle === 20)).toBe(true);
});

test('one that is told to settle for less is refused with what would do', () => {
  expect(() => layOut({ ...staircaseShape, settle: seconds(10) }, around)).toThrow(
    'it lets each step settle for 10 s, but a walk of its requests pauses for 20 s in all, and only then its last request comes as often as its first; set "settle" to 20 s or more',
  );
});
