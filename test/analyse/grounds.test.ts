import { expect, test } from 'vitest';
import { groundsOf } from '../../src/analyse/grounds.ts';
import { perSecond } from '../../src/model/units.ts';
import { caseWith } from './windows.ts';

const nothing = {
  undeclared: false,
  sustained: [],
  inWork: () => undefined,
  dearer: new Map(),
  fails: undefined,
  carried: undefined,
  lowest: perSecond(100),
} as const;
const told = (given: Partial<Parameters<typeof groundsOf>[1]>) =>
  groundsOf([], { ...nothing, ...given }).map(({ text }) => text);
const between = (low: number, value: number, high: number) => ({ kind: 'interval', low, value, high }) as const;

test('a capacity below the lowest load says what it rests on', () => {
  expect(told({ carried: between(70, 75, 80) })).toEqual([
    'already at 100/s, the lowest load, more than 3 % failed: what is carried whole is told by how failures grew from there on; a load below would show it',
  ]);
  // 3 % less than the lowest load is that load
  expect(told({ carried: between(95, 97, 99) })).toEqual([]);
});

test('what ends sooner because of those inside is told by name, and what fails a little by where it leads', () => {
  const [pool, cpu] = [caseWith({ usage: [] }, { resource: 'pool' }), caseWith({ usage: [] }, { component: 'db' })];
  expect(told({ dearer: new Map([pool, cpu].map((one) => [one, undefined])) })).toEqual([
    'a request costs the more the more of them are inside, so api / pool and db / cpu end sooner than where the line of each would',
  ]);
  expect(told({ fails: between(110, 120, 130) })).toEqual([
    'more failed the higher the load was, though less than 3 %: if that goes on as what is lent at once or refused does, goodput follows up to 120/s',
  ]);
});
