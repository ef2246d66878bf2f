import { describe, expect, test } from 'vitest';
import { perSecond } from '../../src/model/units.ts';
import { conclude } from '../../src/run/conclude.ts';
import { cpu, hold, part, pause, pool } from '../worlds/families/pieces.ts';
import { judgeWorld } from '../worlds/seen/judge-world.ts';
import type { Act, Part, Resource } from '../worlds/world.ts';
import { recorded } from './recorded.ts';
import { alike, stairs, story } from './setting.ts';
import { capacityOf, first, named, resources, told } from './told.ts';

/* A shop before its busiest evening: four pods with pools of 100 connections, and a database that grants 341. A page costs 20 ms of CPU in it, on 2 cores. */
const nodes = part('nodes', 'node', [{ kind: 'cpu', id: 'cpu', cores: 8 }]);
const machine = part('machine', 'node', [{ kind: 'cpu', id: 'cpu', cores: 2 }]);
const database = (resources: readonly Resource[] = []): Part =>
  part('db', 'postgres', [pool('connections', 338, { queue: 0, others: 4 }), ...resources], { on: 'machine' });
const shop = (pods: number, connections: Resource): Part =>
  part('shop', 'node-service', [{ kind: 'workers', id: 'event-loop', threads: 1 }, connections], {
    replicas: pods,
    on: 'nodes',
    calls: ['db'],
  });
const page = (query: readonly Act[]) =>
  alike([
    hold({ part: 'shop', id: 'event-loop' }, [cpu('shop', 0.004, 0.5)]),
    hold({ part: 'shop', id: 'pool' }, [hold({ part: 'db', id: 'connections' }, query)]),
  ]);
const plain = page([cpu('db', 0.02, 0.5)]);

describe('E: 4 pods × 100 connections, 341 granted, and the peak load', async () => {
  const evening = story('the evening', {
    parts: [shop(4, pool('pool', 100)), database(), nodes, machine],
    classes: plain,
    load: stairs([10, 20, 30, 40, 50, 60], { arrivals: 'uniform' }),
  });
  const { order, record, collected } = await judgeWorld(evening);
  const report = conclude({ ...order, reference: { kind: 'expected', load: perSecond(60) } }, record, collected);

  test('the sum stands there before any load: 400 > 341 − 3', () => {
    const { limits } = conclude(order, { ...record, windows: [] }, collected);
    expect(limits[0]).toMatchObject({ component: 'db', resource: 'connections', verdict: 'exceeded' });
    expect(limits[0]?.text).toBe('4 pods × 100 connections = 400 may be asked for; db gives 338 (341 less 3 reserved)');
  });

  test('nothing saturates at the peak; the CPU of the database, 60 % used, is expected first: 2 cores ÷ 20 ms = 100/s', () => {
    expect(report.verdict.kind, report.verdict.sentence).toBe('not-reached');
    expect(report.verdict.set.map(named)[0]).toBe('machine / cpu');
    expect(resources(report, 'machine / cpu')[0]?.peak?.ratio).toBeCloseTo(0.6, 1);
    expect(Math.abs(capacityOf(report) / 100 - 1)).toBeLessThan(0.06);
  });

  test('so 40 % are left at the expected 60/s, and it is said so', () => {
    const [cpuOfDatabase] = resources(report, 'machine / cpu');
    expect(cpuOfDatabase?.headroom?.ratio).toMatchObject({ kind: 'interval', value: expect.closeTo(0.4, 1) });
    expect(report.verdict.sentence).toMatch(/Headroom at the expected load of 60\/s: (3|4)[\d.]* % \(/);
  });

  test('how the generator fared stands with the result', () => {
    expect(report.generator).toMatchObject({ verdict: 'ok', because: [] });
  });
});

describe('E: a health check keeps connections', async () => {
  const leaking = (rest: Parameters<typeof pool>[2], size: number) => [
    shop(1, pool('pool', size, { patience: 3, ...rest })),
    database(),
    nodes,
    machine,
  ];
  const soak = [24, 24.1, 24.2, 24.3, 24.4, 24.5, 24.6, 24.7];
  const growing = await told(
    story('a leak', {
      parts: leaking({ leak: { chance: 0.015, reclaim: undefined } }, 60),
      classes: plain,
      load: stairs(soak),
    }),
  );
  const capped = await told(
    story('a leak with a time-out', {
      parts: leaking({ leak: { chance: 0.02, reclaim: 60 } }, 40),
      classes: plain,
      load: stairs([10, 15, 20, 25, 30, 35], { measure: 30 }),
    }),
  );

  test('it grows at constant load: 1.5 % of 24.3/s are 0.36 connections a second', () => {
    expect(first(growing), growing.verdict.sentence).toBe('shop / pool');
    expect(growing.verdict.sentence).toMatch(/That is a leak and no small limit: .* (not give back|not given back)/);
    expect(growing.remedy).toBe('Find what does not give its units back: a larger pool only fills later.');
  });

  test('a one-minute time-out caps it: 2 % of the requests keep theirs for 60 s, and no request inside holds those', () => {
    expect(first(capped), capped.verdict.sentence).toBe('shop / pool');
    expect(capped.verdict.sentence).toMatch(
      /That is a leak and no small limit: [\d.]+ of those in use belong to no request that is inside/,
    );
    expect(resources(capped, 'shop / pool')[0]?.leak?.unexplained).toBeGreaterThan(15);
  });
});

describe('E: deadlocks under load', async () => {
  /* Two rows that everybody wants, each for 50 ms: 40/s. Who waits for one longer than a second is ended by the server. */
  const rows = pool('rows', 2, { queue: 1000, patience: 1 });
  const order = [cpu('db', 0.005, 0.5), hold({ part: 'db', id: 'rows' }, [cpu('db', 0.01, 0.5), pause(0.04, 0.3)])];
  const report = await told(
    story('two rows for everybody', {
      parts: [shop(1, pool('pool', 100)), database([rows]), nodes, machine],
      classes: page(order),
      load: stairs([5, 10, 15, 20, 30, 40, 45, 50]),
    }),
  );
  const ofLocks = (role: string) =>
    report.sheet.rows.find((row) => row.resource === 'locks' && row.role === role)?.values ?? [];

  test('they are an error signal of the locks: none where load is low, several a second beyond 40/s', () => {
    expect(ofLocks('refusals')[0]).toBe(0);
    expect(ofLocks('refusals').at(-1)).toBeGreaterThan(2);
    expect(ofLocks('queue').at(-1)).toBeGreaterThan(10);
    expect(report.load.steps.at(-1)?.errors).toBeGreaterThan(0.05);
    const [locks] = resources(report, 'db / locks');
    expect(locks?.evidence.map(({ role }) => role)).toContain('refusals');
  });

  test('the CPU of the database is not called: it is a quarter used', () => {
    expect(first(report)).not.toBe('machine / cpu');
    expect(resources(report, 'machine / cpu')[0]?.state).toBe('free');
    expect(resources(report, 'machine / cpu')[0]?.peak?.ratio).toBeLessThan(0.4);
  });

  test('db / locks is first: 2 ÷ 50 ms = 40/s', () => {
    expect(first(report), report.verdict.sentence).toBe('db / locks');
  });
});

describe('E on real servers: 4 processes × 100 connections, 341 granted', () => {
  const report = recorded('max-connections');

  test('the sum stands there without any load: 400 and those of others > 341 − 3', () => {
    expect(report.limits[0]).toMatchObject({ component: 'db', resource: 'connections', verdict: 'exceeded' });
    expect(report.limits[0]?.text).toBe(
      '1 pod × 400 connections + 2 that others hold = 402 may be asked for; db gives 338 (341 less 3 reserved)',
    );
  });

  test('the connections are first, 336 held for 2 s each are 168/s; nobody waits for them: what is too much is refused', () => {
    expect(first(report), report.verdict.sentence).toBe('db / connections');
    expect(Math.abs(capacityOf(report) / 168 - 1), report.verdict.sentence).toBeLessThan(0.05);
    const [connections] = resources(report, 'db / connections');
    expect(connections?.peak?.usage).toBeGreaterThan(330);
    expect(report.load.steps.at(-1)?.errors).toBeGreaterThan(0.03);
  });
});

describe('E on real servers: a health check keeps its connections', () => {
  const growing = recorded('leak');

  test('it is a leak and no small pool: one every two seconds at any load', () => {
    expect(first(growing), growing.verdict.sentence).toBe('api / pool');
    expect(growing.verdict.sentence).toContain(
      'That is a leak and no small limit: at any load 0.5/s (0.5/s to 0.5/s) are taken and not given back',
    );
    expect(growing.verdict.sentence).not.toContain('db / connections leaks');
    expect(growing.remedy).toBe('Find what does not give its units back: a larger pool only fills later.');
  });

  test('with a time-out of a minute 30 are kept at any time, and the pool of 40 is full at a load that it would carry', () => {
    const capped = recorded('leak-with-time-out');
    expect(first(capped), capped.verdict.sentence).toBe('api / pool');
    expect(capped.verdict.sentence).toContain('That is a leak and no small limit: ');
    // What has no time-out yet grows by 0.5/s; 30 are 0.5/s × 60 s.
    expect(resources(capped, 'api / pool')[0]?.leak?.unexplained).toBeGreaterThan(0.8 * 30);
    expect(resources(capped, 'api / pool')[0]?.leak?.unexplained).toBeLessThan(1.2 * 30);
  });
});
