import { expect, test } from 'vitest';
import { increasePerSecond } from '../../../src/align/measure.ts';
import type { SampleSeries } from '../../../src/model/signal.ts';
import { itself, type Running } from '../engine.ts';
import { part, pool } from '../families/pieces.ts';
import { lookOf, type Shown } from '../look-of.ts';
import type { Happening, Part, Seen, World } from '../world.ts';
import { beginning, scrape } from './scrape.ts';

const seen: Seen = {
  interval: 5,
  intervals: {},
  missing: [],
  lag: 0,
  gaps: 0,
  gapsWhenBusy: 0,
  skew: 0,
  buckets: [0.1, 1],
  noise: 0,
  callsDeclared: true,
};

const worldOf = (
  parts: readonly Part[],
  changed: Partial<Seen> = {},
  happenings: readonly Happening[] = [],
): World => ({
  family: 0,
  name: 'by hand',
  seed: 1,
  parts,
  classes: [],
  load: { kind: 'steps', rates: [1], settle: 1, measure: 1, arrivals: 'uniform', timeout: 1 },
  happenings,
  seen: { ...seen, ...changed },
});

const api = part('api', 'node-service', [{ kind: 'quota', id: 'cpu-quota', cores: 1, period: 0.1 }, pool('pool', 4)], {
  on: 'nodes',
});
const nodes = part('nodes', 'node', [{ kind: 'cpu', id: 'cpu', cores: 2 }]);

/** A world in motion of which every moment is written down. */
function pretended(show: (now: number) => readonly Shown[]): Running {
  let now = 0;
  const scrapes: {
    readonly moments: (after: number) => number;
    readonly scrape: (now: number) => void;
    due: number;
  }[] = [];
  const door = {
    arrivals: 0,
    answers: 0,
    good: 0,
    errors: 0,
    inside: 0,
    insideTime: 0,
    durationSum: 0,
    buckets: [0, 0],
  };
  return {
    get now() {
      return now;
    },
    advance(until) {
      for (;;) {
        const [next] = scrapes.toSorted((one, other) => one.due - other.due);
        if (!next || next.due > until) break;
        now = next.due;
        next.scrape(now);
        next.due = next.moments(now);
      }
      now = until;
    },
    offer: () => {},
    looks: (of) =>
      show(now)
        .filter(({ part: name }) => of === undefined || of === name)
        .map(lookOf),
    doors: () => [],
    client: () => door,
    latencies: () => new Float64Array(),
    ended: () => ({ due: new Float64Array(), took: new Float64Array(), outcome: new Uint8Array() }),
    every(moments, read) {
      scrapes.push({ moments, scrape: read, due: moments(now) });
      return () => {};
    },
  };
}

/** Half a core of its own, a quarter of a core of the machine's besides. */
const steady = (now: number): readonly Shown[] => [
  { part: 'nodes', id: itself },
  { part: 'nodes', id: 'cpu', size: 2, usedTime: 0.75 * now },
  { part: 'api', id: itself, usedTime: 0.5 * now },
  { part: 'api', id: 'cpu-quota', usedTime: 0.5 * now, more: { periods: 10 * now, throttledPeriods: now } },
  { part: 'api', id: 'pool', size: 4, used: 3, usedTime: 3 * now },
];

function seenOf(world: World, show: (now: number) => readonly Shown[], until: number): readonly SampleSeries[] {
  const running = pretended(show);
  const book = scrape(world, running, 0);
  running.advance(until);
  return book.series();
}

const named = (series: readonly SampleSeries[], name: string): readonly SampleSeries[] =>
  series.filter(({ labels }) => labels.__name__ === name);
const only = (series: readonly SampleSeries[], name: string): SampleSeries => {
  const [found, ...others] = named(series, name);
  if (!found || others.length > 0) throw new Error(`${others.length + (found ? 1 : 0)} series of ${name}`);
  return found;
};
const rateOf = (series: SampleSeries, from = 0, to = 1000): number | undefined =>
  increasePerSecond(series, beginning + from, beginning + to)?.value;

test('a counter increases by what was used, whatever the phase of its scrapes', () => {
  const series = seenOf(worldOf([api, nodes]), steady, 60);
  const cpu = only(series, 'container_cpu_usage_seconds_total');
  expect(cpu.times).toHaveLength(12);
  expect(rateOf(cpu)).toBeCloseTo(0.5, 9);
  expect(rateOf(only(series, 'container_cpu_cfs_throttled_periods_total'))).toBeCloseTo(1, 9);
  const times = named(series, 'node_cpu_seconds_total');
  expect(times).toHaveLength(2 * 8);
  const busy = times.filter(({ labels }) => labels.mode !== 'idle' && labels.mode !== 'iowait');
  expect(busy.reduce((sum, one) => sum + (rateOf(one) ?? 0), 0)).toBeCloseTo(0.75, 9);
  expect(times.reduce((sum, one) => sum + (rateOf(one) ?? 0), 0)).toBeCloseTo(2, 9);
  expect(only(series, 'db_client_connection_max').values[0]).toBe(4);
});

test('targets have phases of their own, and each sample the time of its scrape in whole milliseconds', () => {
  const series = seenOf(worldOf([api, nodes], { skew: 0.25 }), steady, 60);
  const first = (name: string): number => (only(series, name).times[0] ?? 0) - beginning - 0.25;
  const phases = ['container_cpu_usage_seconds_total', 'process_start_time_seconds', 'node_boot_time_seconds'].map(
    first,
  );
  expect(new Set(phases).size).toBe(3);
  for (const phase of phases) {
    expect(phase).toBeGreaterThan(-0.001);
    expect(phase).toBeLessThan(5);
  }
  for (const { times } of series) for (const time of times) expect(Math.round(time * 1000) / 1000).toBe(time);
});

test('what is started anew in its pod begins at nought there, and is counted as started anew', () => {
  const again = (now: number): readonly Shown[] =>
    now < 30 ? steady(now) : steady(now - 30).map((one) => (one.part === 'api' ? { ...one, since: 30 } : one));
  const series = seenOf(worldOf([api, nodes]), again, 60);
  const cpu = only(series, 'container_cpu_usage_seconds_total');
  expect(Math.min(...cpu.values.subarray(6))).toBeLessThan(2.5);
  expect(rateOf(cpu)).toBeCloseTo(0.5, 9);
  const restarts = only(series, 'kube_pod_container_status_restarts_total');
  expect([restarts.values[0], restarts.values.at(-1)]).toEqual([0, 1]);
});

test('a rollout makes other pods, and a replica set that appears', () => {
  const rolled = (now: number): readonly Shown[] =>
    steady(now).map((one) => (one.part === 'api' && now >= 30 ? { ...one, since: 30, instance: 'api-1-0' } : one));
  const series = seenOf(worldOf([api, nodes], {}, [{ at: 30, what: 'rollout', part: 'api', factor: 1 }]), rolled, 60);
  const cpu = named(series, 'container_cpu_usage_seconds_total');
  expect(new Set(cpu.map(({ labels }) => labels.pod)).size).toBe(2);
  expect(cpu.map(({ times }) => times.length)).toEqual([6, 6]);
  const sets = named(series, 'kube_replicaset_created').map(({ times }) => times[0] ?? 0);
  expect(Math.max(...sets) - Math.min(...sets)).toBe(30);
});

test('lost scrapes leave gaps, more of them where work waits', () => {
  const world = worldOf([api, nodes], { gaps: 0.2, gapsWhenBusy: 0.6 });
  const calm = only(seenOf(world, steady, 2500), 'container_cpu_usage_seconds_total').times.length;
  const busy = (now: number): readonly Shown[] =>
    steady(now).map((one) => (one.id === 'pool' ? { ...one, used: 4, waiting: 2 } : one));
  const starved = only(seenOf(world, busy, 2500), 'container_cpu_usage_seconds_total').times.length;
  // Of 500 scrapes 400 and 200 are expected; four standard deviations are 36 and 44.
  expect(Math.abs(calm - 400)).toBeLessThan(36);
  expect(Math.abs(starved - 200)).toBeLessThan(44);
});

test('containers are seen as they were when the kubelet last looked, with that time', () => {
  const series = seenOf(worldOf([api, nodes], { lag: 12 }), steady, 120);
  const cpu = only(series, 'container_cpu_usage_seconds_total');
  const gaps = [...cpu.times].slice(1).map((time, index) => time - (cpu.times[index] ?? 0));
  for (const gap of gaps) expect(gap).toBeCloseTo(12, 2);
  for (const [index, value] of cpu.values.entries())
    expect(value).toBeCloseTo(0.5 * ((cpu.times[index] ?? 0) - beginning), 2);
});

test('nothing tells of what is missing', () => {
  const withoutPool = seenOf(worldOf([api, nodes], { missing: ['api/pool'] }), steady, 20);
  expect(named(withoutPool, 'db_client_connection_max')).toEqual([]);
  expect(named(withoutPool, 'container_cpu_usage_seconds_total')).toHaveLength(1);
  const withoutApi = seenOf(worldOf([api, nodes], { missing: ['api'] }), steady, 20);
  expect(withoutApi.filter(({ labels }) => labels.pod !== undefined || labels.job === 'api')).toEqual([]);
});

test('what is used besides work is about its share of the ceiling, and never more than there is room for', () => {
  const noisy = only(seenOf(worldOf([api, nodes], { noise: 0.02 }), steady, 3600), 'container_cpu_usage_seconds_total');
  expect(rateOf(noisy, 0, 3600)).toBeGreaterThan(0.51);
  expect(rateOf(noisy, 0, 3600)).toBeLessThan(0.54);
  const full = (now: number): readonly Shown[] =>
    steady(now).map((one) => (one.part === 'api' ? { ...one, usedTime: now } : one));
  const most = only(seenOf(worldOf([api, nodes], { noise: 0.02 }), full, 600), 'container_cpu_usage_seconds_total');
  expect(rateOf(most)).toBeCloseTo(1, 9);
});

test('a line that always has several waiting loses one packet in a hundred, one that is only busy none', () => {
  const wired = part('api', 'node-service', [{ kind: 'link', id: 'network', bytes: 1_500_000 }], { on: 'nodes' });
  const lineWith =
    (waiting: number) =>
    (now: number): readonly Shown[] => [
      { part: 'nodes', id: itself },
      { part: 'api', id: itself },
      { part: 'api', id: 'network', size: 1_500_000, waitingTime: waiting * now, more: { bytes: 1_500_000 * now } },
    ];
  const drops = (waiting: number): number | undefined =>
    rateOf(
      only(seenOf(worldOf([wired, nodes]), lineWith(waiting), 600), 'container_network_transmit_packets_dropped_total'),
    );
  expect(drops(1)).toBe(0);
  // 1000 packets a second; five waiting: four fifths of the time its buffer is full.
  expect(drops(5)).toBeCloseTo(8, 1);
});
