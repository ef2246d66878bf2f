import { type Random, seeded } from '../../../src/model/random.ts';
import { gammaProbabilities } from '../../../src/stats/gamma-probabilities.ts';
import { normalDraws } from '../../support/normal-draws.ts';
import { type Door, itself, type Look, type Running, type Start } from '../engine.ts';
import { sharesOf } from '../families/rough-capacity.ts';
import type { Part, World } from '../world.ts';
import { type Counts, grown, nothing } from './counts.ts';
import { type Flow, flowOf, flowOfWork } from './flow-of.ts';
import { changesOf, momentAt, startedAt } from './moments.ts';
import { type Steady, steadyAt } from './steady.ts';

/** Within a bin all flows are steady (s). */
const bin = 30;
/** Times of answers scatter as a gamma variable of this shape. */
const shape = 2;

/** One resource of one instance. */
type Cell = {
  readonly part: Part;
  readonly id: string;
  readonly replica: number;
  instance: string;
  since: number;
  counts: Counts;
  flow: Flow;
  /** What its gauges show in this bin. */
  used: number;
  waiting: number;
};

/** A steady state, with what it brings to each cell. */
type Known = {
  readonly steady: Steady;
  readonly flows: readonly Flow[];
  readonly besides: ReadonlyMap<string, number>;
};

type Fluid = {
  readonly world: World;
  readonly random: Random;
  readonly normal: Random;
  readonly cells: readonly Cell[];
  readonly doors: Cell[];
  readonly changes: readonly number[];
  readonly known: Map<string, Known>;
  now: number;
  rate: number;
  began: number;
  ends: number;
  readonly scrapes: { at: number; readonly next: (after: number) => number; readonly scrape: (now: number) => void }[];
};

/**
 * Sets a world in motion as a fluid: in every half minute each resource works at the mean of its steady state, with the scatter of as many requests.
 * For days of traffic below saturation, which would be too many requests to follow one by one. No users, autoscaling, leaks or kills.
 */
export const startFluid: Start = (world, repetition) => {
  const random = seeded(Math.imul(world.seed + 1, 0x9e3779b1) ^ Math.imul(repetition + 1, 0x85ebca6b));
  const cells = world.parts.flatMap((part) =>
    Array.from({ length: part.replicas }, (_, replica) => [
      ...part.resources.map(({ id }) => cellOf(part, id, replica)),
      ...(part.technology === 'external' ? [] : [cellOf(part, itself, replica)]),
    ]).flat(),
  );
  const front = world.parts.find(({ technology }) => technology !== 'node');
  const doors = front ? Array.from({ length: front.replicas }, (_, replica) => cellOf(front, 'door', replica)) : [];
  const fluid: Fluid = {
    world,
    random,
    normal: normalDraws(random),
    cells,
    doors,
    changes: changesOf(world),
    known: new Map(),
    now: 0,
    rate: 0,
    began: 0,
    ends: 0,
    scrapes: [],
  };
  openBin(fluid);
  return runningOf(fluid);
};

const cellOf = (part: Part, id: string, replica: number): Cell => ({
  part,
  id,
  replica,
  instance: `${part.name}-${replica}`,
  since: 0,
  counts: nothing,
  flow: { each: nothing, size: 0, gauges: {} },
  used: 0,
  waiting: 0,
});

/** Ends the bin that is open: what it brought is counted. */
function closeBin(fluid: Fluid): void {
  const seconds = fluid.now - fluid.began;
  for (const cell of [...fluid.cells, ...fluid.doors]) cell.counts = grown(cell.counts, cell.flow.each, seconds);
}

function stateNow(fluid: Fluid): Known {
  const { world, now, rate, changes, known } = fluid;
  const drifts = world.classes.some(({ weight }) => weight.length > 1) ? Math.floor(now / 300) : 0;
  const rounded = Number(rate.toPrecision(3));
  const key = `${rounded} ${changes.filter((at) => at <= now).length} ${drifts}`;
  const found = known.get(key) ?? stateAt(fluid, rounded);
  known.set(key, found);
  return found;
}

function stateAt({ world, now, cells }: Fluid, rate: number): Known {
  const moment = momentAt(world, now);
  const steady = steadyAt(world, rate, moment);
  const flows = cells.map(({ part, id, replica }) => {
    const standing = { world, moment, steady, part, replica };
    const resource = part.resources.find((one) => one.id === id);
    return resource === undefined ? flowOfWork(standing) : flowOf(standing, resource);
  });
  return { steady, flows, besides: moment.besides };
}

/** Opens a bin: the steady state at the rate, and how this half minute departs from it. */
function openBin(fluid: Fluid): void {
  const { world, now, rate, changes, normal, random } = fluid;
  const change = changes.find((at) => at > now) ?? Number.POSITIVE_INFINITY;
  fluid.began = now;
  fluid.ends = Math.min(now + bin, change);
  const { steady, flows, besides } = stateNow(fluid);
  const expected = Math.max(1, rate * (fluid.ends - now));
  const more = Math.max(0, 1 + normal() / Math.sqrt(expected));
  for (const cell of [...fluid.cells, ...fluid.doors]) renew(world, cell, now);
  for (const [index, cell] of fluid.cells.entries()) {
    const flow = flows[index] ?? cell.flow;
    const own = Math.max(0, more + (0.7 * normal()) / Math.sqrt(expected));
    cell.flow = { ...flow, each: scaled(flow.each, own, constantOf(cell, besides)) };
    cell.used = Math.min(flow.size, levelOf(random, cell.flow.each.used));
    cell.waiting = levelOf(random, cell.flow.each.waiting);
  }
  for (const cell of fluid.doors) cell.flow = flowOfDoor(world, cell, steady, rate * more);
}

/** What of the use does not come from requests. */
function constantOf({ part, id }: Cell, besides: ReadonlyMap<string, number>): number {
  const resource = part.resources.find((one) => one.id === id);
  if (resource?.kind === 'pool') return resource.others ?? 0;
  if (resource?.kind === 'memory' || resource?.kind === 'heap') return resource.base;
  return besides.get(part.name) ?? 0;
}

function scaled(each: Counts, factor: number, constant: number): Counts {
  const own = Math.max(0, each.used - constant);
  const rest = grown(nothing, each, factor);
  return { ...rest, used: Math.min(each.used, constant) + own * factor };
}

/** A number drawn about a mean, as of many that come and go; large ones are shown as they are. */
function levelOf(random: Random, mean: number): number {
  if (mean > 60) return mean;
  let [count, left] = [0, Math.exp(-mean)];
  const draw = random();
  let below = left;
  while (draw > below && count < 500) {
    count += 1;
    left *= mean / count;
    below += left;
  }
  return count;
}

/** A restart or a rollout: a new instance that counts from nought. */
function renew(world: World, cell: Cell, now: number): void {
  const { since, generation } = startedAt(world, cell.part.name, cell.replica, now);
  if (since === cell.since) return;
  cell.since = since;
  cell.counts = nothing;
  cell.instance = [cell.part.name, ...(generation > 0 ? [generation] : []), cell.replica].join('-');
}

function flowOfDoor(world: World, cell: Cell, { response, carried }: Steady, rate: number): Flow {
  const arrivals = rate * (sharesOf(cell.part)[cell.replica] ?? 0);
  const good = arrivals * carried;
  const within = world.seen.buckets.map(
    (bound) => gammaProbabilities(shape, (shape * bound) / Math.max(1e-6, response)).below,
  );
  const buckets = Object.fromEntries(within.map((share, index) => [String(index), share * arrivals]));
  const each = { ...nothing, used: good * response, completions: good, refusals: arrivals - good, more: buckets };
  return { each, size: 1, gauges: {} };
}

function runningOf(fluid: Fluid): Running {
  return {
    get now() {
      return fluid.now;
    },
    advance: (until) => advance(fluid, until),
    offer: (rate) => {
      const isOther = Math.abs(rate - fluid.rate) > 0.05 * Math.max(rate, fluid.rate);
      fluid.rate = rate;
      if (!isOther) return;
      closeBin(fluid);
      openBin(fluid);
    },
    looks: (part) =>
      fluid.cells.filter((cell) => part === undefined || cell.part.name === part).map((cell) => lookAt(fluid, cell)),
    doors: () => fluid.doors.map((cell) => ({ instance: cell.instance, since: cell.since, ...doorOf(fluid, [cell]) })),
    client: () => doorOf(fluid, fluid.doors),
    latencies: () => new Float64Array(),
    ended: () => ({ due: new Float64Array(), took: new Float64Array(), outcome: new Uint8Array() }),
    every: (moments, scrape) => {
      const entry = { at: moments(fluid.now), next: moments, scrape };
      fluid.scrapes.push(entry);
      return () => fluid.scrapes.splice(fluid.scrapes.indexOf(entry), 1);
    },
  };
}

function advance(fluid: Fluid, until: number): void {
  for (;;) {
    const scrape = fluid.scrapes.reduce<Fluid['scrapes'][number] | undefined>(
      (first, one) => (first === undefined || one.at < first.at ? one : first),
      undefined,
    );
    const next = Math.min(fluid.ends, scrape?.at ?? Number.POSITIVE_INFINITY);
    if (next > until) break;
    fluid.now = next;
    if (scrape !== undefined && scrape.at === next) {
      scrape.scrape(next);
      scrape.at = scrape.next(next);
    } else {
      closeBin(fluid);
      openBin(fluid);
    }
  }
  fluid.now = until;
}

function lookAt({ now, began }: Fluid, cell: Cell): Look {
  const counts = grown(cell.counts, cell.flow.each, now - began);
  return {
    of: { part: cell.part.name, id: cell.id },
    replica: cell.replica,
    instance: cell.instance,
    since: cell.since,
    size: cell.flow.size,
    used: cell.used,
    waiting: cell.waiting,
    usedTime: counts.used,
    waitingTime: counts.waiting,
    stalledTime: counts.stalled,
    completions: Math.floor(counts.completions),
    refusals: Math.floor(counts.refusals),
    more: { kept: counts.used, ...counts.more, ...cell.flow.gauges },
  };
}

function doorOf({ now, began, world }: Fluid, cells: readonly Cell[]): Door {
  const all = cells.map((cell) => grown(cell.counts, cell.flow.each, now - began));
  const sum = (of: (counts: Counts) => number) => all.reduce((total, counts) => total + of(counts), 0);
  const good = Math.floor(sum((counts) => counts.completions));
  const errors = Math.floor(sum((counts) => counts.refusals));
  const inside = Math.round(cells.reduce((total, cell) => total + cell.flow.each.used, 0));
  return {
    arrivals: good + errors + inside,
    answers: good + errors,
    good,
    errors,
    inside,
    insideTime: sum((counts) => counts.used),
    durationSum: sum((counts) => counts.used),
    buckets: world.seen.buckets.map((_, index) => Math.floor(sum((counts) => counts.more[String(index)] ?? 0))),
  };
}
