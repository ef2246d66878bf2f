import { expect, test } from 'vitest';
import { collect } from '../../../src/collect/collect.ts';
import type { Report } from '../../../src/model/report.ts';
import { epoch } from '../../../src/model/units.ts';
import { conclude } from '../../../src/run/conclude.ts';
import { observation, targetNamed } from '../../../src/run/order-of.ts';
import { witnessed } from '../../../src/run/witness.ts';
import { memorySource } from '../../support/memory-source.ts';
import { tried } from '../../support/tried.ts';
import { cpu, hold, part, pause, pool } from '../families/pieces.ts';
import { startOf } from '../start-of.ts';
import type { World } from '../world.ts';
import { configurationOf } from './configuration-of.ts';
import { beginning, scrape } from './scrape.ts';

/**
 * The demo's shop under a generator whose users wait, as Locust's do: a bouncer lends four connections, each query keeps one for 104 ms, of which the database computes
 * `work` on `cores` processors. 4 ÷ 0.104 s = 38.5 a second. Of a window ten samples are seen, one every two seconds.
 */
const worldOf = (seed: number, { work, cores, missing }: Made): World => ({
  family: 0,
  name: 'users who wait',
  seed,
  parts: [
    part('api', 'node-service', [{ kind: 'workers', id: 'event-loop', threads: 1 }, pool('pool', 25)], {
      on: 'nodes',
      calls: ['bouncer'],
      replicas: 2,
    }),
    part('bouncer', 'pgbouncer', [pool('server-pool', 4)], { on: 'nodes', calls: ['db'] }),
    part('db', 'postgres', [pool('connections', 97, { queue: 0 })], { on: 'nodes' }),
    part('nodes', 'node', [{ kind: 'cpu', id: 'cpu', cores }]),
  ],
  classes: [
    {
      name: 'browse',
      weight: [{ at: 0, weight: 1 }],
      acts: [
        hold({ part: 'api', id: 'event-loop' }, [cpu('api', 0.001, 0)]),
        hold({ part: 'api', id: 'pool' }, [
          hold({ part: 'bouncer', id: 'server-pool' }, [
            hold({ part: 'db', id: 'connections' }, [cpu('db', work, 0), pause(0.104 - work, 0)]),
          ]),
        ]),
      ],
    },
  ],
  load: { kind: 'users', users: [9, 70], think: 1, settle: 3, measure: 10, timeout: 30 },
  happenings: [],
  seen: {
    interval: 2,
    intervals: {},
    missing,
    lag: 0,
    gaps: 0,
    gapsWhenBusy: 0,
    skew: 0,
    buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    noise: 0,
    callsDeclared: true,
  },
});

type Made = { readonly work: number; readonly cores: number; readonly missing: readonly string[] };

/** More and more users, each number of them for 20 s, seen by nobody but the target's own exporters. */
async function observed(seed: number, made: Made): Promise<Report> {
  const world = worldOf(seed, made);
  const configuration = await configurationOf(world);
  const running = startOf(world)(world, 0);
  const book = scrape(world, running, 0);
  running.advance(10);
  for (const [step, users] of [9, 13, 18, 25, 35, 50, 70].entries()) {
    running.offer(users);
    running.advance(30 + 20 * step);
  }
  running.offer(0);
  running.advance(158);
  const span = { from: epoch(beginning + 8), to: epoch(beginning + running.now) };
  const reference = { kind: 'unknown', why: 'a world expects nothing' } as const;
  const order = observation(configuration, targetNamed(configuration, 'target'), { run: 'w', version: '0', reference });
  const series = { ...memorySource('main', book.series()), range: async () => ({ series: [], notes: [] }) };
  const reach = { sources: new Map([['main', series]]), packs: configuration.packs };
  const collected = await collect(reach, order, span, new AbortController().signal);
  return conclude(order, witnessed(collected, span), collected);
}

const seeds = tried([1, 2, 3, 4, 5, 6, 7, 8], 4);

test('the pool that users wait for is named from the target’s own traffic alone, and nothing else is', async () => {
  const reports = await Promise.all(seeds.map((seed) => observed(seed, { work: 0.001, cores: 4, missing: [] })));
  for (const { verdict, capacity } of reports) {
    for (const one of verdict.set) expect(one).toMatchObject({ component: 'bouncer', resource: 'server-pool' });
    expect(capacity?.rate).toMatchObject({ kind: 'interval' });
    // Twice the 2.5 % by which some 770 answers of a window vary.
    const rate = capacity?.rate.kind === 'interval' ? capacity.rate.value : 0;
    expect(Math.abs(rate / 38.5 - 1)).toBeLessThan(0.07);
  }
  // Ten samples of a gauge leave it open in one of ten, of 240 seeds: three or more of eight would be an accident of 4 %, two of four one of 5 %.
  const named = reports.filter(({ verdict }) => verdict.kind === 'saturated').length;
  expect(named, reports.map(({ verdict }) => verdict.sentence).join('\n')).toBeGreaterThanOrEqual(0.75 * seeds.length);
});

test('a processor below it that nobody sees is not hidden by the pool that fills because of it', async () => {
  // 50 ms of one core a query: 1 ÷ 0.052 s = 19 a second.
  const unseen = { work: 0.05, cores: 1, missing: ['nodes'] };
  const reports = await Promise.all(seeds.map((seed) => observed(seed, unseen)));
  expect(reports.map(({ verdict }) => verdict.kind)).toEqual(seeds.map(() => 'unobserved-limit'));
});
