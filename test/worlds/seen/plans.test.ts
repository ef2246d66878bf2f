import { expect, test } from 'vitest';
import { collect } from '../../../src/collect/collect.ts';
import { readPlan } from '../../../src/config/read-plan.ts';
import type { Objectives } from '../../../src/model/objectives.ts';
import type { Trial } from '../../../src/model/trial.ts';
import { epoch, ratio, seconds } from '../../../src/model/units.ts';
import { grade } from '../../../src/plan/grade.ts';
import { layOut } from '../../../src/plan/lay-out.ts';
import { next } from '../../../src/plan/next.ts';
import { notesOf } from '../../../src/plan/notes-of.ts';
import { searchFound } from '../../../src/plan/search-found.ts';
import { conclude } from '../../../src/run/conclude.ts';
import { probe, targetNamed } from '../../../src/run/order-of.ts';
import { memorySource } from '../../support/memory-source.ts';
import { cpu, hold, part, pause, pool } from '../families/pieces.ts';
import { startOf } from '../start-of.ts';
import type { World } from '../world.ts';
import { configurationOf, slowestScrape } from './configuration-of.ts';
import { offerStep } from './offer-step.ts';
import { offerWindows } from './offer-windows.ts';
import { beginning, scrape } from './scrape.ts';

/** Two connections, each kept for 10 ms of the database's work and 10 ms of nothing: 2 ÷ 0.02 s = 100 a second; the database's two cores could do 200, the loop 250. */
const world: World = {
  family: 0,
  name: 'two tiers',
  seed: 5,
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
  load: { kind: 'steps', rates: [20, 300], settle: 3, measure: 10, arrivals: 'poisson', timeout: 5 },
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
const ofUsers: World = {
  ...world,
  load: { kind: 'users', users: [4, 400], think: 0.5, settle: 3, measure: 10, timeout: 5 },
};
const none: Objectives = { latency: [], errors: undefined, throughput: undefined };

/** Loads a world by a plan as it would be written, through the layout, the choice of the next step, and the whole analysis. */
async function judged(of: World, text: string, objectives: Objectives = none) {
  const configuration = await configurationOf(of);
  const running = startOf(of)(of, 0);
  const book = scrape(of, running, 0);
  const interval = slowestScrape(of);
  const around = {
    origin: 'http://localhost:8080',
    address: '127.0.0.1',
    scrape: seconds(interval),
    workers: 1,
    caps: {},
  };
  const given = { run: 'world', version: '0', reference: { kind: 'unknown', why: 'a world expects nothing' } } as const;
  const order = { ...probe(configuration, targetNamed(configuration, 'target'), given, around), objectives };
  const plan = layOut(readPlan(text, 'plan.yaml', 'plan'), {
    scrape: seconds(interval),
    caps: order.load.script.caps,
    objectives,
  });
  const history: Trial[] = [];
  for (let step = next(plan, history); step; step = next(plan, history)) {
    const records = step.windows
      ? offerWindows(of, running, step)
      : [offerStep(of, running, step, step.users ?? step.rate)];
    for (const record of records) history.push({ step, record, grade: grade(record, objectives) });
  }
  running.advance(running.now + 2 * interval);
  const span = { from: epoch(beginning - 30), to: epoch(beginning + running.now) };
  const series = book.series();
  const sources = new Map([
    ['main', { ...memorySource('main', series), range: async () => ({ series: [], notes: [] }) }],
  ]);
  const collected = await collect({ sources, packs: configuration.packs }, order, span, new AbortController().signal);
  const axis = plan.think === undefined ? 'arrivals' : 'throughput';
  const windows = history.map(({ record }) => record);
  const record = {
    axis,
    span,
    windows,
    stopped: undefined,
    recovery: undefined,
    notes: notesOf(plan, history),
  } as const;
  const search = plan.kind === 'search' ? searchFound(plan.search, history) : undefined;
  return { report: conclude({ ...order, load: { ...order.load, plan } }, record, collected), history, search };
}

const isAbout = (rate: unknown, value: number, within: number): void => {
  const told = rate as { kind: string; value?: number };
  expect(told.kind).toBe('interval');
  expect(Math.abs((told.value ?? 0) - value)).toBeLessThan(within);
};

test('a ramp over the top names what filled first, and the rate at which it did', async () => {
  const { report } = await judged(world, 'kind: ramp\nfrom: 10/s\nto: 150/s\nlasts: 2m');
  expect(report.verdict).toMatchObject({ kind: 'saturated', first: { component: 'api', resource: 'pool' } });
  isAbout(report.capacity?.rate, 100, 5);
  expect(report.load.steps).toHaveLength(12);
  expect(report.notes.join()).not.toMatch(/made by others|foreign/);
});

test('a soak below the limit claims no more than it carried', async () => {
  const { report } = await judged(world, 'kind: soak\nat: 60/s\nlasts: 2m');
  expect(report.verdict.kind).toBe('not-reached');
  expect(report.load.steps).toHaveLength(12);
  expect(report.resources.every(({ leak }) => leak === undefined)).toBe(true);
});

test('a soak in which connections are not given back says that, and when they are used up', async () => {
  const parts = world.parts.map((one) =>
    one.name === 'api'
      ? {
          ...one,
          resources: [
            one.resources[0] ?? pool('pool', 2),
            pool('pool', 60, { leak: { chance: 0.004, reclaim: undefined } }),
          ],
        }
      : one,
  );
  const { report } = await judged({ ...world, parts }, 'kind: soak\nat: 60/s\nlasts: 3m');
  const leak = report.resources.find(({ component, resource }) => component === 'api' && resource === 'pool')?.leak;
  expect(leak).toBeDefined();
  // 60/s · 0.004 = 0.24 a second.
  const rate =
    leak?.perSecond?.kind === 'interval'
      ? leak.perSecond.value
      : leak?.perRequest?.kind === 'interval'
        ? leak.perRequest.value * 60
        : 0;
  expect(Math.abs(rate - 0.24)).toBeLessThan(0.08);
});

test('a spike over the top is judged by the spike, and what it leaves behind is told and counts for nothing', async () => {
  const { report } = await judged(world, 'kind: spike\nfrom: 50/s\nto: 140/s\nbefore: 2m\nlasts: 23s\nafter: 1m');
  expect(report.verdict).toMatchObject({ kind: 'saturated', first: { component: 'api', resource: 'pool' } });
  isAbout(report.capacity?.rate, 100, 6);
  const onset = report.resources.find(({ state }) => state === 'root')?.onset;
  expect(onset?.load.upTo).toBeGreaterThan(100);
  expect(report.load.steps.some(({ aside }) => aside?.includes('spike') === true)).toBe(true);
  expect(report.notes.join()).toMatch(/after the spike/);
});

test('a spike that the target takes leaves nothing', async () => {
  const { report } = await judged(world, 'kind: spike\nfrom: 30/s\nto: 70/s\nbefore: 30s\nlasts: 23s\nafter: 30s');
  expect(report.verdict.kind).toBe('not-reached');
  expect(report.notes.join()).toMatch(/latency was back within 10 s after the spike/);
});

test('a search finds what the pool carries within the objective, and the verdict names the pool', async () => {
  const objectives = { ...none, latency: [{ quantile: ratio(0.95), limit: seconds(0.5) }] };
  const { report, search } = await judged(world, 'kind: search\nfrom: 20/s\nto: 300/s\nmeasure: 20s', objectives);
  expect(report.verdict).toMatchObject({ kind: 'saturated', first: { component: 'api', resource: 'pool' } });
  const { met, missed } = search ?? {};
  expect(met).toBeGreaterThan(85);
  expect(met).toBeLessThan(100);
  expect(missed).toBeGreaterThan(95);
  expect(missed).toBeLessThan(112);
});

test('more and more users show the same limit: what they are answered stops growing while answers take ever longer', async () => {
  const { report, history } = await judged(
    ofUsers,
    'kind: staircase\nusers: [10, 20, 40, 60, 80, 120, 160, 240]\nthink: exponential 500ms',
  );
  expect(report.verdict).toMatchObject({ kind: 'saturated', first: { component: 'api', resource: 'pool' } });
  isAbout(report.capacity?.rate, 100, 4);
  expect(report.load.axis).toBe('throughput');
  // Beyond 100 · 0.524 s = 52 users each one more only waits longer: it ends two steps into the plateau.
  expect(history.length).toBeLessThan(8);
  expect(report.scalability.kind === 'fitted' || report.scalability.because.length > 0).toBe(true);
});

test('too few users claim no more than they asked for', async () => {
  const { report } = await judged(ofUsers, 'kind: staircase\nusers: [5, 10, 15, 20, 25, 30]\nthink: exponential 500ms');
  expect(report.verdict.kind).toBe('not-reached');
});
