import { describe, expect, test } from 'vitest';
import { cpu, hold, part, pause, pool } from '../worlds/families/pieces.ts';
import type { Part, Resource } from '../worlds/world.ts';
import { recorded } from './recorded.ts';
import { alike, stairs, story } from './setting.ts';
import { capacityOf, first, inState, resources, told, toldOfEach } from './told.ts';

/* One hundred thousand users: a Redis that nobody limits, a database with more connections than it works for, a pooler, and nodes that run out. */
const MiB = 2 ** 20;
const nodes = part('nodes', 'node', [{ kind: 'cpu', id: 'cpu', cores: 4 }]);
const loop = { kind: 'workers', id: 'event-loop', threads: 1 } as const;
const onLoop = (seconds: number) => hold({ part: 'api', id: 'event-loop' }, [cpu('api', seconds, 0.5)]);
const api = (calls: readonly string[], resources: readonly Resource[] = []): Part =>
  part('api', 'node-service', [loop, ...resources], { on: 'nodes', calls });

describe('B: keys that never expire fill Redis', async () => {
  const redis = part(
    'redis',
    'redis',
    [
      { kind: 'workers', id: 'thread', threads: 1 },
      { kind: 'memory', id: 'memory', limit: 256 * MiB, base: 20 * MiB, each: 0, leak: 60 * 1024, restart: 4 },
    ],
    { on: 'nodes' },
  );
  const visits = (rates: readonly number[]) =>
    story('keys without expiry', {
      parts: [api(['redis']), redis, nodes],
      classes: alike([onLoop(0.004), hold({ part: 'redis', id: 'thread' }, [cpu('redis', 0.001, 0.5)])]),
      load: stairs(rates),
    });
  const [before, after] = await toldOfEach([
    visits([10, 15, 20, 25, 30, 35]),
    visits([15, 20, 25, 30, 35, 40, 45, 50]),
  ]);
  if (!before || !after) throw new Error('two runs are told');

  test('before it is full: 60 KiB stay behind with each visit, in step with the keys, and how long that lasts', () => {
    expect(before.verdict.kind, before.verdict.sentence).toBe('not-reached');
    expect(before.verdict.sentence).toMatch(
      /redis \/ memory fills with time: (59|60|61)[\d.]* KiB stay behind with each request, \d+ MiB of what is used by then, in step with redis \/ keys and redis \/ keys-without-expiry; so it is full in [\d.]+ s\./,
    );
  });

  test('(256 − 20) MiB ÷ 60 KiB are 4028 visits; 135/s × 23 s are 3105 of them, and 35/s for 26 s the rest', () => {
    const [memory] = resources(before, 'redis / memory');
    expect(memory?.leak?.fillsIn).toBeGreaterThan(16);
    expect(memory?.leak?.fillsIn).toBeLessThan(36);
  });

  test('once it was killed at its limit: redis / memory is first, and it fills with time, not with load', () => {
    expect(first(after), after.verdict.sentence).toBe('redis / memory');
    expect(after.verdict.sentence).toContain('It fills with time and not with load');
    expect(after.remedy).toBe('Find what is never removed: a larger space only fills later.');
  });
});

describe('B: a plateau that does not move with the CPU of the database', async () => {
  /* Inside the server each session makes the work of all others longer: 80 ms of waiting for each other, × 1 + 0.3 for each other one. At most 1 ÷ (0.08 × 0.3) = 41.7/s ever. */
  const database = (cores: number) =>
    part('db', 'postgres', [
      { kind: 'cpu', id: 'cpu', cores },
      pool('connections', 97, { queue: 0, others: 3 }),
      pool('latches', 1000, { crowding: 0.3 }),
    ]);
  const query = [cpu('db', 0.03, 0.5), hold({ part: 'db', id: 'latches' }, [pause(0.08, 0.5)])];
  const asked = (cores: number) =>
    story(`a database of ${cores} cores`, {
      parts: [api(['db'], [pool('pool', 60)]), database(cores), nodes],
      classes: alike([
        onLoop(0.002),
        hold({ part: 'api', id: 'pool' }, [hold({ part: 'db', id: 'connections' }, query)]),
      ]),
      load: stairs([5, 10, 15, 20, 25, 30, 40, 50, 60]),
    });
  const [small, large] = await toldOfEach([asked(4), asked(8)]);
  if (!small || !large) throw new Error('two runs are told');

  test('it is a limit that no metric shows, of the class of locks, and it is said that it is not the CPU', () => {
    for (const report of [small, large]) {
      expect(report.verdict.kind, report.verdict.sentence).toBe('unobserved-limit');
      expect(report.verdict.sentence).toContain('db / cpu');
      expect(report.verdict.sentence).toContain('What fits: a lock');
      expect(resources(report, 'db / cpu')[0]?.state).toBe('free');
      expect(inState(report, 'root')).toEqual([]);
    }
  });

  test('twice the cores carry as much: 41.7/s is the most there is', () => {
    expect(Math.abs(capacityOf(large) / capacityOf(small) - 1)).toBeLessThan(0.03);
    expect(capacityOf(large)).toBeGreaterThan(36);
    expect(capacityOf(large)).toBeLessThan(41.7);
  });
});

describe('B: the pooler in between has two connections, and every CPU is idle', async () => {
  const bouncer = part(
    'bouncer',
    'pgbouncer',
    [{ kind: 'workers', id: 'process-cpu', threads: 1 }, pool('server-pool', 2, { queue: 10_000, patience: 120 })],
    { on: 'nodes', calls: ['db'] },
  );
  const database = part('db', 'postgres', [
    { kind: 'cpu', id: 'cpu', cores: 4 },
    pool('connections', 97, { queue: 0, others: 3 }),
  ]);
  const inServer = hold({ part: 'db', id: 'connections' }, [cpu('db', 0.02, 0.5), pause(0.02, 0.3)]);
  const through = [
    hold({ part: 'bouncer', id: 'process-cpu' }, [cpu('bouncer', 0.0003, 0)]),
    hold({ part: 'bouncer', id: 'server-pool' }, [inServer]),
  ];
  const report = await told(
    story('a pooler of two', {
      parts: [api(['bouncer'], [pool('pool', 20)]), bouncer, database, nodes],
      classes: alike([onLoop(0.003), hold({ part: 'api', id: 'pool' }, through)]),
      load: stairs([10, 20, 30, 40, 45, 55, 65]),
    }),
  );

  test('its pool is first: 2 ÷ 40 ms = 50/s; the pool of the API is a symptom', () => {
    expect(first(report), report.verdict.sentence).toBe('bouncer / server-pool');
    expect(Math.abs(capacityOf(report) / 50 - 1), report.verdict.sentence).toBeLessThan(0.05);
    expect(inState(report, 'symptom')).toContain('api / pool');
    expect(resources(report, 'api / pool')[0]?.because).toBe('it waits for bouncer / server-pool');
  });

  test('no CPU is half used, and the remedy says what comes next and that a limit may protect', () => {
    for (const name of ['db / cpu', 'nodes / cpu', 'bouncer / process-cpu', 'api / event-loop'])
      expect(resources(report, name)[0]?.peak?.ratio, name).toBeLessThan(0.5);
    expect(report.remedy).toContain('A limit can be protective');
  });
});

describe('B on real servers: a PgBouncer that lends two connections', () => {
  const report = recorded('bouncer-pool');

  test('its pool is first: 2 ÷ 10.4 ms = 192/s; the pool of the API is a symptom', () => {
    expect(first(report), report.verdict.sentence).toBe('bouncer / server-pool');
    expect(Math.abs(capacityOf(report) / 192 - 1), report.verdict.sentence).toBeLessThan(0.05);
    expect(inState(report, 'symptom')).toEqual(['api / pool']);
    expect(resources(report, 'api / pool')[0]?.because).toBe('it waits for bouncer / server-pool');
  });

  test('the CPUs are idle, and it is said that a limit may protect', () => {
    for (const name of ['bouncer / process-cpu', 'api / event-loop'])
      for (const one of resources(report, name)) expect(one.peak?.ratio, name).toBeLessThan(0.5);
    expect(report.remedy).toContain('A limit can be protective');
  });
});

describe('B: pods cannot start because the nodes are used up', async () => {
  const scaled = part(
    'api',
    'node-service',
    [
      { kind: 'quota', id: 'cpu-quota', cores: 0.25, period: 0.1 },
      { kind: 'autoscaler', id: 'autoscaler', least: 2, most: 8, target: 0.7, delay: 5, room: 4 },
    ],
    { replicas: 2, on: 'nodes' },
  );
  const report = await told(
    story('no room for pods', {
      parts: [scaled, part('nodes', 'node', [{ kind: 'cpu', id: 'cpu', cores: 4 }], { replicas: 2 })],
      classes: alike([cpu('api', 0.02, 0.5)]),
      load: stairs([5, 10, 20, 30, 40, 50, 60]),
    }),
  );

  test('pods without a place are seen, and every node that there may be is there', () => {
    const [count] = resources(report, 'nodes / nodes');
    expect(count?.peak).toMatchObject({ usage: 2, ceiling: 2 });
    const waiting = report.sheet.rows.find(({ resource, role }) => resource === 'nodes' && role === 'queue');
    expect(waiting?.values.at(-1)).toBeGreaterThan(0.5);
  });

  test('nodes / nodes is first, with pods that wait for a place', () => {
    expect(first(report), report.verdict.sentence).toBe('nodes / nodes');
  });
});
