import { collect } from '../../../src/collect/collect.ts';
import type { Source } from '../../../src/collect/source.ts';
import type { Collected } from '../../../src/model/collected.ts';
import type { Configuration } from '../../../src/model/configuration.ts';
import type { LoadRecord } from '../../../src/model/load-record.ts';
import type { Order } from '../../../src/model/order.ts';
import type { Plan } from '../../../src/model/plan.ts';
import type { Report } from '../../../src/model/report.ts';
import type { SampleSeries } from '../../../src/model/signal.ts';
import type { Span } from '../../../src/model/span.ts';
import { epoch, perSecond, seconds } from '../../../src/model/units.ts';
import { conclude } from '../../../src/run/conclude.ts';
import { observation, probe, targetNamed } from '../../../src/run/order-of.ts';
import { witnessed } from '../../../src/run/witness.ts';
import { memorySource } from '../../support/memory-source.ts';
import type { Running, Start } from '../engine.ts';
import { startOf } from '../start-of.ts';
import type { World } from '../world.ts';
import { configurationOf, slowestScrape } from './configuration-of.ts';
import { loadBySteps, loadByUsers, passTraffic } from './load-world.ts';
import { beginning, scrape } from './scrape.ts';

/** What the production path made of a world: what it was given, and what it says. `series` are all samples that a Prometheus would hold. */
export type Judged = {
  readonly report: Report;
  readonly order: Order;
  readonly record: LoadRecord;
  readonly collected: Collected;
  readonly series: readonly SampleSeries[];
  readonly configuration: Configuration;
  /** What was collected over. */
  readonly span: Span;
};

/** Samples from before a load are read too. */
const lead = 30;
const given = { run: 'world', version: '0', reference: { kind: 'unknown', why: 'a world expects nothing' } } as const;

/**
 * Loads a world (or lets its own traffic pass), scrapes it meanwhile, and judges it by the production path.
 *
 * @param repetition draws other numbers for the same world
 * @param start what sets it in motion, where that is not the usual one
 */
export async function judgeWorld(world: World, repetition = 0, start: Start = startOf(world)): Promise<Judged> {
  const configuration = await configurationOf(world);
  const running = start(world, repetition);
  const book = scrape(world, running, repetition);
  const seen = world.load.kind === 'traffic' ? observed : loaded;
  const ready = seen(world, running, configuration);
  const series = book.series();
  const reach = { sources: new Map([['main', heldBy(series)]]), packs: configuration.packs };
  const collected = await collect(reach, ready.order, ready.span, AbortSignal.timeout(600_000));
  const record = ready.record ?? witnessed(collected, ready.span);
  const report = conclude(ready.order, record, collected);
  return { report, order: ready.order, record, collected, series, configuration, span: ready.span };
}

/** What expressions of packs ask for is nowhere exported in these worlds. */
const heldBy = (series: readonly SampleSeries[]): Source => ({
  ...memorySource('main', series),
  range: async () => ({ series: [], notes: [] }),
});

/** What there is before anything is read; `record` where the load was our own. */
type Ready = { readonly order: Order; readonly record: LoadRecord | undefined; readonly span: Span };

function loaded(world: World, running: Running, configuration: Configuration): Ready {
  const scrapes = slowestScrape(world);
  const around = {
    origin: 'http://localhost:8080',
    address: '127.0.0.1',
    scrape: seconds(scrapes),
    workers: 1,
    caps: {},
  };
  const laidOut = probe(configuration, targetNamed(configuration, 'target'), given, around);
  const plan = planOf(world, laidOut.load.plan);
  const order = { ...laidOut, load: { ...laidOut.load, plan } };
  const began = running.now;
  const record =
    world.load.kind === 'users'
      ? loadByUsers(world, running, world.load, plan)
      : loadBySteps(world, running, plan, order.objectives);
  return { order, record, span: afterwards(running, began, scrapes) };
}

/** A staircase only rises; rates that also fall again are offered one after the other, all of them. */
function planOf({ load }: World, plan: Plan): Plan {
  if (plan.kind === 'search') return plan;
  if (load.kind !== 'steps' || load.rates.every((rate, index) => rate === plan.steps[index]?.rate)) return plan;
  const [first] = plan.steps;
  if (!first) return plan;
  const steps = load.rates.map((rate, index) => ({ ...first, index, rate: perSecond(rate) }));
  return { ...plan, steps, overloadedSteps: 0 };
}

/** The last samples come a little after the load. */
function afterwards(running: Running, began: number, scrapes: number): Span {
  running.advance(running.now + 2 * scrapes);
  return { from: epoch(beginning + began - lead), to: epoch(beginning + running.now) };
}

function observed(world: World, running: Running, configuration: Configuration): Ready {
  const target = targetNamed(configuration, 'target');
  if (world.load.kind === 'traffic') passTraffic(running, world.load);
  const span = { from: epoch(beginning), to: epoch(beginning + running.now) };
  return { order: observation(configuration, target, given), record: undefined, span };
}
