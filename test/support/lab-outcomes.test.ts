import { expect, test } from 'vitest';
import { missing, withSecondTry } from './lab-outcomes.ts';
import { countsInWords, failed, type Outcome, outcomesOf, passed, skipped } from './outcome.ts';

const quiet = () => {};
const runs = (...all: readonly { readonly outcomes: readonly Outcome[]; readonly strangers: number }[]) => {
  const left = [...all];
  return { next: async () => left.shift() ?? { outcomes: [], strangers: 0 }, left };
};

test('a failure on a machine of its own stays one', async () => {
  const { next } = runs({ outcomes: [failed('a', 'x')], strangers: 0.1 });
  expect(await withSecondTry(next, quiet)).toEqual([failed('a', 'x')]);
});

test('a failure while others used the machine is tried once more', async () => {
  const { next } = runs({ outcomes: [failed('a', 'x')], strangers: 0.5 }, { outcomes: [passed('a')], strangers: 0.5 });
  expect(await withSecondTry(next, quiet)).toEqual([passed('a')]);
});

test('disturbed twice it is left out for that reason', async () => {
  const spoilt = { outcomes: [failed('a', 'x'), passed('b')], strangers: 0.5 };
  const { next } = runs(spoilt, spoilt);
  expect(await withSecondTry(next, quiet)).toEqual([skipped('a', "strangers' CPU twice"), passed('b')]);
});

test('what passed is not tried again, however many others there are', async () => {
  const { next, left } = runs(
    { outcomes: [passed('a')], strangers: 0.9 },
    { outcomes: [failed('a', '')], strangers: 0 },
  );
  expect(await withSecondTry(next, quiet)).toEqual([passed('a')]);
  expect(left).toHaveLength(1);
});

test('leaving out without a reason of the list is a failure', async () => {
  const { next } = runs({ outcomes: [{ name: 'a', result: 'skipped', detail: '' }], strangers: 0 });
  expect((await withSecondTry(next, quiet)).map(({ result }) => result)).toEqual(['failed']);
});

test('more than a quarter left out is a failure', () => {
  const left = skipped('b', 'no cgroup');
  const roundOne = passed('demo round 1');
  expect(missing([roundOne, passed('a'), passed('a'), left])).toEqual([]);
  expect(missing([roundOne, passed('a'), left]).map(({ detail }) => detail)).toEqual([
    '1 of 3 were skipped: more than a quarter',
  ]);
});

test('round 1 of the demo is never left out', () => {
  expect(missing([skipped('demo round 1', 'no root'), ...Array.from({ length: 9 }, () => passed('a'))])).toHaveLength(
    1,
  );
  expect(missing([passed('a')])).toHaveLength(1);
});

test('the last line counts', () => {
  expect(countsInWords([passed('a'), passed('b'), failed('c', ''), skipped('d', 'no root')])).toBe(
    '2 passed, 1 failed, 1 skipped',
  );
});

test('a module may tell in short whether it passed', () => {
  expect(outcomesOf('a', { passed: true, detail: 'x' })).toEqual([passed('a', 'x')]);
  expect(outcomesOf('a', [{ name: 'b', passed: false, detail: 'x' }, passed('c')])).toEqual([
    failed('b', 'x'),
    passed('c'),
  ]);
});
