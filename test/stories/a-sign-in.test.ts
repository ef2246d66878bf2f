import { describe, expect, test } from 'vitest';
import { compare } from '../../src/compare/compare.ts';
import { cpu, hold, part, pause, pool } from '../worlds/families/pieces.ts';
import type { Load, Part, World } from '../worlds/world.ts';
import { alike, story } from './setting.ts';
import { capacityOf, first, named, resources, toldOfEach } from './told.ts';

/*
 * A sign-in API is tested in three rounds by users who wait for their answers. A sign-in costs 7.5 ms of CPU in the API and 25 ms in the database, and
 * 250 ms pass at an identity provider. Other programs use 0.4 of the node's 2 cores.
 */
const signIn = alike([
  cpu('api', 0.0075, 0.3),
  pause(0.25, 0.1),
  hold({ part: 'db', id: 'connections' }, [cpu('db', 0.025, 0.3)]),
]);
const node = part('node', 'node', [{ kind: 'cpu', id: 'cpu', cores: 2 }]);
const others = [{ at: 0, what: 'strangers', part: 'node', cores: 0.4 }] as const;
const connections = pool('connections', 97, { queue: 0 });

const api = (cores: number): Part =>
  part('api', 'service', [{ kind: 'quota', id: 'cpu-quota', cores, period: 0.1 }], { on: 'node', calls: ['db'] });
const ownContainer = part(
  'db',
  'postgres',
  [{ kind: 'quota', id: 'cpu-quota', cores: 0.5, period: 0.1 }, connections],
  { on: 'node' },
);
const managed = part('db', 'postgres', [{ kind: 'cpu', id: 'cpu', cores: 4 }, connections]);

const users = (...users: readonly number[]): Load => ({
  kind: 'users',
  users,
  think: 0.5,
  settle: 8,
  measure: 20,
  timeout: 10,
});
const round = (name: string, parts: readonly Part[], load: Load): World =>
  story(name, { parts: [...parts, node], classes: signIn, happenings: others, load });

const rounds = [
  round(
    'the database in a container of half a core',
    [api(0.3), ownContainer],
    users(4, 6, 8, 10, 12, 14, 20, 40, 100),
  ),
  round('a managed database of 4 cores', [api(0.3), managed], users(6, 10, 14, 18, 22, 26, 40, 70, 170)),
  round('1500 millicores for the API', [api(1.5), managed], users(8, 16, 24, 32, 40, 48, 56, 64)),
];

describe('A: a sign-in API in three rounds', async () => {
  const [one, two, three] = await toldOfEach(rounds);
  if (!one || !two || !three) throw new Error('three rounds are told');

  test('round 1: the CPU of the database container is first: 0.5 cores ÷ 25 ms are 20/s', () => {
    expect(first(one), one.verdict.sentence).toBe('db / cpu-quota');
    expect(Math.abs(capacityOf(one) / 20 - 1), one.verdict.sentence).toBeLessThan(0.05);
    expect(one.verdict.sentence).toMatch(
      /^db \/ cpu-quota saturated first, between [\d.]+\/s and [\d.]+\/s, with probability [\d.]+ %\. Capacity is [\d.]+\/s \([\d.]+\/s to [\d.]+\/s\)\.$/,
    );
    expect(one.remedy).toContain('api / cpu-quota');
  });

  test('round 2: the API is at its 300 millicores, 0.3 ÷ 7.5 ms = 40/s, while its node is about 35 % used', () => {
    expect(first(two), two.verdict.sentence).toBe('api / cpu-quota');
    expect(Math.abs(capacityOf(two) / 40 - 1), two.verdict.sentence).toBeLessThan(0.05);
    const [machine] = resources(two, 'node / cpu');
    expect(machine?.state).toBe('free');
    expect(machine?.peak?.ratio).toBeCloseTo((0.3 + 0.4) / 2, 1);
  });

  test('round 3: nothing saturates; the database, 4 cores ÷ 25 ms = 160/s, is expected before the API with its 200/s', () => {
    expect(three.verdict.kind, three.verdict.sentence).toBe('not-reached');
    expect(three.verdict.set.map(named)[0]).toBe('db / cpu');
    expect(three.verdict.set[0]?.probability).toBeGreaterThan(0.5);
    expect(Math.abs(capacityOf(three) / 160 - 1), three.verdict.sentence).toBeLessThan(0.1);
    expect(three.verdict.sentence).toMatch(/^Nothing saturated up to [\d.]+\/s\. Expected to be first: db \/ cpu \(/);
  });

  test('where nothing is full, contention and coherency are told with their intervals: next to none, and no peak is made up', () => {
    expect(three.scalability).toMatchObject({
      kind: 'fitted',
      contention: { kind: 'interval' },
      coherency: { kind: 'interval' },
      peak: null,
      downturn: 'not-supported',
    });
    if (three.scalability.kind !== 'fitted' || three.scalability.contention.kind !== 'interval') return;
    expect(three.scalability.contention.high).toBeLessThan(0.01);
  });

  test('a quota that is full is a queue and no contention: where it bends the curve the law is not fitted, and that is said', () => {
    expect([one, two].map(({ scalability }) => scalability.kind)).toEqual(['not-carried', 'not-carried']);
  });

  describe('the comparison says which differences are real', () => {
    const { pairs, differences, sentence } = compare([one, two, three], [[one], [two], [three]]);
    const finding = (what: string) => differences.filter((each) => each.what === what).map((each) => each.finding);

    test('each round differs from the one before', () => {
      expect(pairs.map(({ answer }) => answer)).toEqual(['different', 'different']);
      expect(finding('first resource')).toEqual(['changed', 'changed']);
      expect(finding('capacity')).toEqual(['higher', 'higher']);
    });

    test('what a sign-in costs the API did not change, and one run each does not pretend to know it better', () => {
      expect(finding('demand of api / cpu-quota')).toEqual(['cannot-tell', 'cannot-tell']);
    });

    test('in a sentence', () => {
      expect(sentence).toMatch(
        /^Run 1 → run 2 differ: api \/ cpu-quota saturates first, before it was db \/ cpu-quota; capacity is higher: [\d.]+\/s → [\d.]+\/s, × /,
      );
      expect(sentence).toMatch(
        /Run 2 → run 3 differ: nothing saturates up to [\d.]+\/s, before it was api \/ cpu-quota; /,
      );
    });
  });
});
