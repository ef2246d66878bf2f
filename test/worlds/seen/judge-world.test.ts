import { expect, test } from 'vitest';
import { cpu, hold, part, pause, pool } from '../families/pieces.ts';
import type { World } from '../world.ts';
import { judgeWorld } from './judge-world.ts';
import { namedAs } from './named-as.ts';

/** Two connections, each kept for 10 ms of the database's work and 10 ms of nothing: 2 ÷ 0.02 s = 100 a second; the database's two cores could do 200, the loop 250. */
const world: World = {
  family: 0,
  name: 'two tiers',
  seed: 3,
  parts: [
    part('api', 'node-service', [{ kind: 'workers', id: 'event-loop', threads: 1 }, pool('pool', 2)], {
      on: 'nodes',
      calls: ['db'],
    }),
    part('db', 'postgres', [pool('connections', 97, { queue: 0 })], { on: 'db-node' }),
    part('nodes', 'node', [{ kind: 'cpu', id: 'cpu', cores: 4 }]),
    part('db-node', 'node', [{ kind: 'cpu', id: 'cpu', cores: 2 }]),
  ],
  classes: [
    {
      name: 'browse',
      weight: [{ at: 0, weight: 1 }],
      acts: [
        hold({ part: 'api', id: 'event-loop' }, [cpu('api', 0.004, 0)]),
        hold({ part: 'api', id: 'pool' }, [
          hold({ part: 'db', id: 'connections' }, [cpu('db', 0.01, 0), pause(0.01, 0)]),
        ]),
      ],
    },
  ],
  load: {
    kind: 'steps',
    rates: [20, 40, 60, 80, 110, 130],
    settle: 3,
    measure: 10,
    arrivals: 'poisson',
    timeout: 5,
  },
  happenings: [],
  seen: {
    interval: 1,
    intervals: {},
    missing: [],
    lag: 0,
    gaps: 0,
    gapsWhenBusy: 0,
    skew: 0,
    buckets: [0.01, 0.1, 1],
    noise: 0,
    callsDeclared: true,
  },
};

const ref = { part: 'api', id: 'pool' };

test('a pool that is full before anything else is named, with the rate that its arithmetic gives', async () => {
  const { report, record } = await judgeWorld(world);
  expect(record.windows.slice(0, 4).map(({ offered }) => Math.round(offered / 10) * 10)).toEqual([20, 40, 60, 80]);
  expect(report.verdict.kind).toBe('saturated');
  expect(report.verdict.first).toMatchObject(namedAs(world, ref) ?? {});
  const rate = report.capacity?.rate;
  expect(rate?.kind).toBe('interval');
  if (rate?.kind === 'interval') expect(Math.abs(rate.value - 100)).toBeLessThan(3);
});

test('the same world and repetition give the same report, another repetition other numbers', async () => {
  const few = {
    ...world,
    load: { kind: 'steps', rates: [40], settle: 3, measure: 7, arrivals: 'poisson', timeout: 5 },
  } as const;
  const [one, same, other] = await Promise.all([judgeWorld(few), judgeWorld(few), judgeWorld(few, 1)]);
  expect(same.report).toEqual(one.report);
  expect(other.record.windows[0]?.latency.mean).not.toBe(one.record.windows[0]?.latency.mean);
});

test('users who think are a load too: 8 of them, 0.1 s apart and 24 ms inside, ask 64 times a second', async () => {
  const { record, report } = await judgeWorld({
    ...world,
    load: { kind: 'users', users: [4, 8], think: 0.1, settle: 3, measure: 10, timeout: 5 },
  });
  expect(record.windows[1]?.offered).toBeGreaterThan(58);
  expect(record.windows[1]?.offered).toBeLessThan(66);
  expect(report.run.kind).toBe('probe');
});

test('traffic of others is only observed: its level is told from what the service counts', async () => {
  const points = [
    { at: 0, rate: 30 },
    { at: 30, rate: 30 },
    { at: 31, rate: 80 },
    { at: 60, rate: 80 },
  ];
  const { record, report } = await judgeWorld({ ...world, load: { kind: 'traffic', points, timeout: 5 } });
  expect(record.axis).toBe('throughput');
  expect(report.run.kind).toBe('observe');
  const rates = record.windows.map(({ throughput }) => throughput);
  expect(rates[0]).toBeGreaterThan(25);
  expect(rates[0]).toBeLessThan(35);
  expect(rates.at(-1)).toBeGreaterThan(70);
  expect(rates.at(-1)).toBeLessThan(90);
});

test('nobody speaks of what is missing, of work without an owner, or of a remote system', () => {
  const blind: World = { ...world, seen: { ...world.seen, missing: ['api/pool', 'db'] } };
  expect(namedAs(blind, ref)).toBeUndefined();
  expect(namedAs(blind, { part: 'db', id: 'connections' })).toBeUndefined();
  expect(namedAs(world, { part: 'db-node', id: 'cpu' })).toEqual({ component: 'db-node', resource: 'cpu' });
  expect(namedAs(world, { part: 'api', id: 'event-loop' })).toEqual({ component: 'api', resource: 'event-loop' });
});
