import { expect, test } from 'vitest';
import { type Random, seeded } from '../../../src/model/random.ts';
import type { Act, Happening, Part, Ref, World } from '../world.ts';
import { bare, bareWorld } from './bare-world.ts';
import { start } from './start.ts';

const between = (random: Random, low: number, high: number) => low + (high - low) * random();
const pick = <T>(random: Random, of: readonly [T, ...T[]]): T => of[Math.floor(random() * of.length)] ?? of[0];

const holds: readonly [Ref, ...Ref[]] = [
  { part: 'front', id: 'loop' },
  { part: 'front', id: 'pool' },
  { part: 'base', id: 'connections' },
  { part: 'base', id: 'row' },
];

const machine: Part = bare(
  'machine',
  [
    { kind: 'cpu', id: 'cpu', cores: 2, smt: { physical: 1, gain: 0.4 } },
    { kind: 'disk', id: 'disk', depth: 2, latency: 0.004, operations: 150, bytes: 1e6 },
  ],
  { technology: 'node' },
);

/** Parts in which everything can run out. */
const partsOf = (random: Random): readonly Part[] => [
  machine,
  bare(
    'front',
    [
      { kind: 'quota', id: 'quota', cores: between(random, 0.3, 1), period: 0.1 },
      { kind: 'workers', id: 'loop', threads: pick(random, [1, 4]) },
      { kind: 'pool', id: 'pool', size: 3, queue: 20, patience: pick(random, [undefined, 0.2]), crowding: 0.1 },
      { kind: 'memory', id: 'memory', limit: 100, base: 10, each: pick(random, [1, 3]), leak: 0, restart: 1 },
    ],
    { on: 'machine', replicas: pick(random, [1, 3]) },
  ),
  bare(
    'base',
    [
      { kind: 'pool', id: 'connections', size: 4, queue: pick(random, [0, 5, 1e9]), patience: undefined },
      { kind: 'lock', id: 'row', rows: 2 },
      { kind: 'link', id: 'line', bytes: 1e6 },
    ],
    { on: 'machine', technology: 'postgres' },
  ),
];

/** Acts of any kind in any order. A resource that is held is not wanted again within, so that nobody waits for itself or in a circle. */
function actsOf(random: Random, depth: number, free: readonly Ref[]): readonly Act[] {
  return Array.from({ length: 1 + Math.floor(random() * 3) }, () => actOf(random, depth, free));
}

function actOf(random: Random, depth: number, free: readonly Ref[]): Act {
  const [of, ...deeper] = free.slice(Math.floor(random() * free.length));
  const kind = depth > 0 ? Math.floor(random() * 8) : Math.floor(random() * 5);
  if (kind === 0) return { do: 'pause', seconds: between(random, 0, 0.05), cv: 1 };
  if (kind === 1) return { do: 'disk', of: { part: 'machine', id: 'disk' }, operations: 1.5, bytes: 8192 };
  if (kind === 2) return { do: 'send', of: { part: 'base', id: 'line' }, bytes: 5000 };
  if (kind === 3 && random() < 0.3) return { do: 'fail', chance: 0.05 };
  if (kind === 5) {
    const within = actsOf(random, depth - 1, free);
    return { do: 'try', within, timeout: between(random, 0.02, 0.3), attempts: 3, backoff: pick(random, [0, 0.05]) };
  }
  if (kind > 5 && of !== undefined) return { do: 'hold', of, within: actsOf(random, depth - 1, deeper) };
  return { do: 'cpu', part: pick(random, ['front', 'base']), seconds: between(random, 0, 0.01), cv: 1 };
}

const happeningsOf = (random: Random): readonly Happening[] => [
  {
    at: between(random, 2, 18),
    what: 'restart',
    part: pick(random, ['front', 'base', 'machine']),
    replica: 0,
    away: 1,
  },
  { at: between(random, 2, 18), what: 'rollout', part: 'front', factor: 1.2 },
  { at: between(random, 2, 18), what: 'scale', part: 'front', replicas: pick(random, [1, 2, 4]) },
  { at: between(random, 2, 18), what: 'batch', part: 'base', cores: 1, seconds: 5 },
];

function worldOf(seed: number): World {
  const random = seeded(seed);
  const acts = actsOf(random, 4, holds);
  return bareWorld(partsOf(random), acts, {
    seed,
    happenings: happeningsOf(random),
    load: { kind: 'steps', rates: [], settle: 0, measure: 0, arrivals: 'poisson', timeout: 1 },
  });
}

const seeds = Array.from({ length: 40 }, (_, seed) => seed + 1);

test.each(seeds)('whatever is given up, killed and replaced, nothing is left behind in the end (seed %i)', (seed) => {
  const running = start(worldOf(seed), 0);
  running.offer(60);
  running.advance(20);
  running.offer(0);
  running.advance(2000);
  const { inside, arrivals, answers } = running.client();
  expect([inside, answers]).toEqual([0, arrivals]);
  expect(running.doors().map((door) => door.inside)).toEqual(running.doors().map(() => 0));
  const looks = running.looks().filter(({ of }) => of.id !== 'memory');
  expect(looks.filter(({ used, waiting }) => used !== 0 || waiting !== 0)).toEqual([]);
  const memory = running.looks().filter(({ of }) => of.id === 'memory');
  expect(memory.map(({ used }) => used)).toEqual(memory.map(() => 10));
});
