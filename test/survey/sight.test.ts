import { expect, test } from 'vitest';
import type { Sighting } from '../../src/model/inventory.ts';
import type { Role } from '../../src/model/resource.ts';
import { seconds } from '../../src/model/units.ts';
import { sightOf } from '../../src/survey/sight.ts';
import { sighting } from './sightings.ts';

const told = (...roles: readonly Role[]) => sightOf(roles.map((role) => sighting('api', 'pool', role)))[0]?.sight;

test.each([
  ['saturation', ['usage', 'ceiling', 'queue']],
  ['saturation', ['usage', 'ceiling', 'refusals', 'completions']],
  ['saturation', ['usage', 'ceiling', 'stall']],
  ['fullness', ['usage', 'ceiling', 'completions']],
  ['usage', ['usage', 'queue']],
  [undefined, ['ceiling', 'queue']],
] as const)('it shows %s where there are %s', (sight, roles) => {
  expect(told(...roles)).toBe(sight);
});

test('instances are told apart by usage, and the slowest and latest of them counts', () => {
  const signals: readonly Sighting[] = [
    sighting('api', 'cpu', 'usage', { at: { pod: 'a' }, interval: seconds(15), lag: seconds(4) }),
    sighting('api', 'cpu', 'usage', { at: { pod: 'b' }, interval: seconds(30), lag: seconds(70) }),
    sighting('api', 'cpu', 'ceiling', { interval: seconds(60), lag: seconds(0) }),
  ];
  expect(sightOf(signals)).toEqual([
    {
      component: 'api',
      resource: 'cpu',
      sight: 'fullness',
      instances: 2,
      interval: 30,
      lag: 70,
      sources: ['test'],
    },
  ]);
});
