import { expect, test } from 'vitest';
import { start } from './engine/start.ts';
import { cpu, hold, part, pool } from './families/pieces.ts';
import { lookOf } from './look-of.ts';
import { climb } from './truth/climb.ts';
import { lifted, limitOf } from './truth/limits.ts';
import { plateauOf } from './truth/plateau.ts';
import { weightAt } from './truth/steadied.ts';
import { natureOf, truthOf } from './truth.ts';
import type { World } from './world.ts';

/** A service whose only instance lends out connections and works on a machine: 10 ms of each for a request. */
function smallWorld(connections: number, cores: number, rates: readonly number[] = [10, 20, 30]): World {
  return {
    family: 0,
    name: 'small',
    seed: 5,
    parts: [
      part('api', 'service', [pool('pool', connections, { queue: 20 })], { on: 'node' }),
      part('node', 'node', [{ kind: 'cpu', id: 'cpu', cores }]),
    ],
    classes: [
      {
        name: 'all',
        weight: [{ at: 0, weight: 1 }],
        acts: [hold({ part: 'api', id: 'pool' }, [cpu('api', 0.01, 0), { do: 'pause', seconds: 0.09, cv: 0 }])],
      },
    ],
    load: { kind: 'steps', rates, settle: 5, measure: 30, arrivals: 'uniform', timeout: 10 },
    happenings: [],
    seen: {
      interval: 5,
      intervals: {},
      missing: [],
      lag: 0,
      gaps: 0,
      gapsWhenBusy: 0,
      skew: 0,
      buckets: [0.1, 1, 10],
      noise: 0,
      callsDeclared: true,
    },
  };
}

const four = natureOf(smallWorld(4, 1), start);

test('four connections held for 0.1 s carry 40 a second, and the pool is first; a machine of one core is next at 100', () => {
  const nature = four;
  expect(nature.first).toEqual(['api/pool']);
  expect(nature.capacity.rate).toBeCloseTo(40, 0);
  expect(nature.next?.first).toEqual(['node/cpu']);
  expect(nature.next?.capacity.rate ?? 0).toBeGreaterThan(97);
  expect(nature.next?.capacity.rate ?? 0).toBeLessThan(101);
});

test('what is asked of a system decides which verdicts are right', () => {
  const world = smallWorld(4, 1);
  const nature = { ...four, capacity: { rate: 40, error: 0 } };
  expect(truthOf(world, nature).kinds).toEqual(['not-reached']);
  const beyond = smallWorld(4, 1, [10, 60]);
  expect(truthOf(beyond, nature).kinds).toEqual(['saturated']);
  const blind = { ...beyond, seen: { ...beyond.seen, missing: ['api/pool'] } };
  expect(truthOf(blind, nature).kinds).toEqual(['unobserved-limit']);
});

test('half as much again of what can only be whole is rounded up', () => {
  const world = smallWorld(3, 2);
  const limit = limitOf(world, 'api/pool');
  const larger = lifted(world, limit ? [limit] : [], 1.5);
  expect(larger.parts[0]?.resources[0]).toMatchObject({ size: 5 });
});

test('levels that merely carried what came are no part of a plateau', () => {
  const level = (load: number, good: number) => ({ load, came: load, good, blocks: [good], looks: [] });
  const { rate } = plateauOf([[level(90, 90), level(99.5, 99.5), level(110, 100), level(120, 100)]], 'open');
  expect(rate).toBe(100);
});

test('behind a cache goodput rises long after the database has no more to give: what was carried whole counts', () => {
  const levels = (used: number) =>
    [51, 54, 57, 60.4, 64, 68, 72, 76, 81].map((load) => {
      const good = load - 0.2 * Math.max(0, load - 60);
      const database = lookOf({ part: 'db', id: 'cpu', size: 2, usedTime: 2 * used * Math.min(1, load / 60) });
      return { load, came: load, good, blocks: [good, good], looks: [database] };
    });
  expect(plateauOf([levels(1)], 'cached').rate).toBeCloseTo(60, 0);
  expect(plateauOf([levels(1)], 'open').rate).toBeGreaterThan(66);
  // what is lost with room left is chance: 3 % are lost from 70.6/s on, and no more than a fifth more of that counts
  expect(plateauOf([levels(0.7)], 'cached').rate).toBeGreaterThan(66);
});

test('behind a cache a few that are lost by chance at the last level that follows make no bend', () => {
  // family 26, seed 1401: 51.5, 54.9, then 54.1 to 55.3 good answers a second; 55.1/s by arithmetic
  const levels = [
    [49.1, 49.1],
    [51.5, 51.5],
    [55.1, 54.9],
    [58.3, 54.1],
    [61.1, 55],
    [65.1, 55.3],
  ].map(([load = 0, good = 0]) => {
    const database = lookOf({ part: 'db', id: 'cpu', size: 2, usedTime: 2 * Math.min(1, load / 55) });
    return { load, came: load, good, blocks: [good, good], looks: [database] };
  });
  expect(plateauOf([levels], 'cached').rate).toBeCloseTo(55.2, 0);
});

test('a cache is warm before it is asked for much, so that what would break down cold is seen at its best', () => {
  const cached: World = {
    ...smallWorld(4, 1),
    parts: [
      part('api', 'service', [
        pool('pool', 4, { queue: 500 }),
        { kind: 'cache', id: 'entries', size: 90, entries: 100, skew: 1, warm: 20, each: 1 },
      ]),
    ],
    classes: [
      {
        name: 'all',
        weight: [{ at: 0, weight: 1 }],
        acts: [
          {
            do: 'look-up',
            of: { part: 'api', id: 'entries' },
            hit: [],
            miss: [hold({ part: 'api', id: 'pool' }, [{ do: 'pause', seconds: 0.1, cv: 0 }])],
          },
        ],
      },
    ],
  };
  const path = { from: 200, factor: 1.1, answers: 1000, most: 1, warm: 30 };
  const [first] = climb(cached, start, 0, path);
  expect(first?.good).toBeGreaterThan(0.98 * 200);
  expect(climb(cached, start, 0, { ...path, warm: 0 })[0]?.good).toBeLessThan(0.5 * 200);
});

test('where the first is not seen, what is seen and lifts nearly as much may be named', () => {
  const world = smallWorld(4, 1, [10, 60]);
  const blind = { ...world, seen: { ...world.seen, missing: ['api/pool'] } };
  const kindsWith = (gain: number) =>
    truthOf(blind, {
      why: 'one',
      first: ['api/pool'],
      capacity: { rate: 40, error: 0 },
      gains: { 'api/pool': { gain: 0.5, error: 0.01 }, 'node/cpu': { gain, error: 0.01 } },
      symptoms: [],
      next: undefined,
      onset: undefined,
      curve: [],
    }).kinds;
  expect(kindsWith(0.4)).toEqual(['unobserved-limit', 'saturated']);
  expect(kindsWith(0.1)).toEqual(['unobserved-limit']);
});

test('a weight lies on the line between its points', () => {
  const points = [
    { at: 0, weight: 1 },
    { at: 10, weight: 3 },
  ];
  expect([weightAt(points, 5), weightAt(points, 20)]).toEqual([2, 3]);
});
