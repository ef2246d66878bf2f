import { describe, expect, test } from 'vitest';
import { readingOf } from '../../src/align/reading-of.ts';
import { collect } from '../../src/collect/collect.ts';
import type { Source } from '../../src/collect/source.ts';
import { readConfiguration } from '../../src/config/read.ts';
import { readPack } from '../../src/config/read-pack.ts';
import type { Collected } from '../../src/model/collected.ts';
import type { PackResource } from '../../src/model/pack.ts';
import type { SampleSeries, Signal } from '../../src/model/signal.ts';
import { epoch } from '../../src/model/units.ts';
import { seriesFrom } from '../support/exposition.ts';
import { memorySource } from '../support/memory-source.ts';
import { lookingAt } from '../support/order-of.ts';

const pack = readPack(
  `pack: cache
title: Cache
exporter: cache_exporter
copies: [scraper]
locates:
  scaler: [{ needs: [app], steps: [{ series: scaler, where: { app: $app }, take: name }] }]
  pod: [{ needs: [app], steps: [{ series: owner, where: { app: $app }, take: pod }] }]
resources:
  - id: slots
    kind: pool
    unit: slots
    cure: scrape it
    floor: 0.5
    usage: [{ exporter: new, gauge: cache_used_slots }, { exporter: old, gauge: cache_slots_in_use }]
    ceiling: [{ gauge: cache_slots, above: 0 }]
    queue:
      - { counter: cache_wait_seconds_total, floor: 2, reads: "$seconds a slot" }
      - { gauge: cache_delay_seconds, idle: 0.01 }
  - id: misses
    kind: rate
    unit: misses/s
    usage: [{ promql: "sum(rate(cache_misses_total{$select}[1m]))" }]
    optional: an expression
changes:
  - { what: out-of-memory, when: rises, series: restarts, while: { name: reason, where: { reason: OOM } }, text: "$pod was killed" }
  - { what: restart, when: rises, series: restarts, text: "$pod was restarted" }
  - { what: autoscaled, when: changes, series: wanted, needs: [scaler], text: "scaled by itself to $to" }
  - { what: replicas, when: changes, series: wanted, text: "scaled to $to" }
  - { what: configuration, when: changes, series: cache_slots, text: "slots went from $from to $to" }
  - { what: rollout, when: appears, series: cache_version, text: "$version was rolled out" }
`,
  'cache.yaml',
);

const span = { from: epoch(1000), to: epoch(1300) };
const never = new AbortController().signal;

async function collected(
  series: readonly SampleSeries[],
  component = 'signals: [ { pack: cache } ]',
  select = {},
  stop = never,
  asked: string[] = [],
  told = pack,
): Promise<Collected> {
  const text = `apiVersion: plimsoll.dev/v1
prometheus: [ { name: main, url: "http://main" } ]
targets: [ { name: shop, components: [ { name: cache, ${component} } ] } ]
`;
  const [target] = readConfiguration(text, 'plimsoll.yaml', { packs: [told], plans: [] }).targets;
  if (!target) throw new Error('no target');
  const range: Source['range'] = async (promql, { from: start, to }) => {
    asked.push(promql);
    return { series: series.length === 0 ? [sevens(start, to)] : [], notes: [] };
  };
  const source = { ...memorySource('main', series, select), range };
  return collect({ sources: new Map([['main', source]]), packs: [told] }, lookingAt(target), span, stop);
}

const sevens = (start: number, to: number): SampleSeries => ({
  labels: {},
  times: Float64Array.from({ length: (to - start) / 15 + 1 }, (_, index) => start + 15 * index),
  values: new Float64Array((to - start) / 15 + 1).fill(7),
});

const from = (text: string, within = span): readonly SampleSeries[] => seriesFrom(text, within);
const of = ({ signals }: Collected, role: Signal['role']): readonly Signal[] =>
  signals.filter(({ resource, role: own }) => resource.resource === 'slots' && own === role);
const value = (signal: Signal | undefined): number | string | undefined => {
  const reading = signal && readingOf(signal, { span: { from: epoch(1050), to: epoch(1250) } });
  return reading?.kind === 'value' ? reading.value : reading?.why;
};

describe('variants', () => {
  test('the first whose series speak in the span is used, not one that fell silent before', async () => {
    const before = from('cache_used_slots{} 9', { from: epoch(800), to: epoch(990) });
    const result = await collected([...before, ...from('cache_slots_in_use{} 4')]);
    expect(of(result, 'usage').map(({ evidence }) => evidence.source)).toEqual(['cache: old']);
  });

  test('a wait that is no number carries the words of its pack', async () => {
    const result = await collected(from('cache_used_slots{} 4\ncache_wait_seconds_total{} 0 +1'));
    expect(of(result, 'queue').map(({ evidence }) => evidence.reads)).toEqual(['$seconds a slot']);
    expect(of(result, 'usage').map(({ evidence }) => evidence.reads)).toEqual([undefined]);
  });

  test('what a series reads where nothing waits is taken off: the 10 ms of a timer are no delay of 12 ms', async () => {
    const result = await collected(from('cache_used_slots{} 4\ncache_delay_seconds{} 0.012'));
    const [delay] = of(result, 'queue');
    expect(value(delay)).toBeCloseTo(0.002, 6);
    expect(delay?.evidence.promql).toBe('sum(avg_over_time(cache_delay_seconds[60s])) - 0.01');
  });

  test('an instance that ended before the span is not counted with the one that took its place', async () => {
    const gone = from('cache_slots{instance="a"} 100\ncache_used_slots{instance="a"} 90', {
      from: epoch(800),
      to: epoch(990),
    });
    const result = await collected([
      ...gone,
      ...from('cache_slots{instance="b"} 10\ncache_used_slots{instance="b"} 4'),
    ]);
    expect(of(result, 'usage').map(value)).toEqual([4]);
    expect(of(result, 'ceiling').map(value)).toEqual([10]);
  });

  test('a ceiling that was told only shortly before the span still stands', async () => {
    const before = from('cache_slots{} 10 @60', { from: epoch(820), to: epoch(990) });
    const result = await collected([...before, ...from('cache_used_slots{} 4')]);
    expect(of(result, 'ceiling').map(({ parts }) => parts[0]?.values[0])).toEqual([10]);
    expect(result.blind).toEqual([]);
  });

  test('labels of the Prometheus itself stand in every selector', async () => {
    const series = from('cache_used_slots{cluster="eu"} 4\ncache_used_slots{cluster="us"} 40');
    const result = await collected(series, 'signals: [ { pack: cache } ]', { cluster: 'eu' });
    expect(of(result, 'usage').map(value)).toEqual([4]);
    expect(of(result, 'usage')[0]?.evidence.promql).toBe('sum(avg_over_time(cache_used_slots{cluster="eu"}[60s]))');
  });
});

describe('counting each thing once', () => {
  test('copies through a second scraper or a replica of Prometheus count once', async () => {
    const series = from(
      ['a', 'b'].map((one) => `cache_used_slots{pod="x",scraper="${one}",prometheus_replica="${one}"} 4`).join('\n'),
    );
    expect(of(await collected(series), 'usage').map(value)).toEqual([4]);
  });

  test('replicas are kept apart, and a wait signal carries its floor', async () => {
    const result = await collected(
      from('cache_used_slots{pod="x"} 4\ncache_used_slots{pod="y"} 6\ncache_wait_seconds_total{pod="x"} 0 +3'),
    );
    expect(of(result, 'usage').map(({ at }) => at)).toEqual([{ pod: 'x' }, { pod: 'y' }]);
    expect(of(result, 'queue').map((signal) => [signal.at, value(signal), signal.floor])).toEqual([
      [{ pod: 'x' }, 3, 2],
    ]);
  });
});

describe('ceilings', () => {
  const usage = from('cache_used_slots{pod="x"} 4\ncache_used_slots{pod="y"} 6');

  test('one that is stated is read all through the span, with its provenance', async () => {
    const result = await collected(usage, 'signals: [ { pack: cache } ], ceilings: { slots: 20 slots }');
    expect(of(result, 'ceiling').map((signal) => [signal.at, value(signal), signal.evidence.source])).toEqual([
      [{}, 20, 'stated'],
    ]);
    expect(result.blind).toEqual([]);
  });

  test('where none is told, usage is kept and the blind spot says what to state', async () => {
    const result = await collected(usage);
    expect(of(result, 'usage')).toHaveLength(2);
    expect(result.blind).toEqual([
      {
        component: 'cache',
        resource: 'slots',
        why: 'its usage is seen, but not its ceiling: no series of cache_slots fits',
        cure: 'state it in the configuration: "ceilings: { slots: … }" under component "cache"',
      },
    ]);
  });

  test('0 means no limit where the pack says so', async () => {
    const result = await collected([...usage, ...from('cache_slots{pod="x"} 0\ncache_slots{pod="y"} 10')]);
    expect(of(result, 'ceiling').map(({ at }) => at)).toEqual([{ pod: 'y' }]);
  });
});

describe('workloads', () => {
  test('a source that selects nothing is narrowed to the pods of its workload', async () => {
    const series = from(
      'owner{app="shop",pod="x"} 1\nowner{app="other",pod="y"} 1\ncache_used_slots{pod="x"} 4\ncache_used_slots{pod="y"} 40',
    );
    const result = await collected(series, 'workload: { app: shop }, signals: [ { pack: cache } ]');
    expect(of(result, 'usage').map(value)).toEqual([4]);
  });

  test('a workload without pods is blind, not the sum of everybody else', async () => {
    const series = from('owner{app="other",pod="y"} 1\ncache_used_slots{pod="y"} 40');
    const result = await collected(series, 'workload: { app: shop }, signals: [ { pack: cache } ]');
    expect(result.signals).toEqual([]);
    expect(result.blind.map(({ why }) => why)).toEqual(['no pod was found for its workload {app="shop"}']);
  });
});

test('a workload without an autoscaler hides nobody’s absence', async () => {
  const optional = pack.resources?.map((resource) => ({ ...resource, optional: 'some have none' })) ?? [];
  const pods = from('owner{app="shop",pod="x"} 1');
  const workload = 'workload: { app: shop }, signals: [ { pack: cache } ]';
  const result = await collected(pods, workload, {}, never, [], { ...pack, resources: optional });
  expect(result.blind.map(({ resource, why }) => [resource, why])).toEqual([
    ['slots', 'Prometheus has no series of cache_exporter'],
    ['everything else that pack "cache" tells', 'Prometheus has no series of cache_exporter'],
  ]);
});

describe('changes', () => {
  const step = (labels: object, values: readonly number[]): SampleSeries => ({
    labels: { __name__: 'restarts', ...labels },
    times: Float64Array.from(values, (_, index) => 1000 + index * 60),
    values: Float64Array.from(values),
  });

  test('a restart tells its reason once: out of memory where that shows at the same time', async () => {
    const result = await collected([
      step({ pod: 'x' }, [0, 0, 1, 1]),
      step({ pod: 'y' }, [0, 1, 1, 1]),
      { ...step({ pod: 'x', reason: 'OOM' }, [0, 0, 1, 1]), labels: { __name__: 'reason', pod: 'x', reason: 'OOM' } },
    ]);
    expect(result.changes.map(({ at, what, text }) => [at, what, text])).toEqual([
      [1060, 'restart', 'y was restarted'],
      [1120, 'out-of-memory', 'x was killed'],
    ]);
  });

  test('scaling is the autoscaler’s where there is one, else a person’s', async () => {
    const wanted = { ...step({ pod: 'x' }, [1, 2, 2]), labels: { __name__: 'wanted', pod: 'x' } };
    const workload = 'workload: { app: shop }, signals: [ { pack: cache } ]';
    const pods = from('owner{app="shop",pod="x"} 1');
    const byHand = await collected([wanted, ...pods], workload);
    const byItself = await collected([wanted, ...pods, ...from('scaler{app="shop",name="s"} 1')], workload);
    expect(byHand.changes.map(({ what, text }) => [what, text])).toEqual([['replicas', 'scaled to 2']]);
    expect(byItself.changes.map(({ what, text }) => [what, text])).toEqual([['autoscaled', 'scaled by itself to 2']]);
  });

  test('a setting that changes tells from what to what', async () => {
    const slots = { ...step({}, [20, 20, 40]), labels: { __name__: 'cache_slots' } };
    expect((await collected([slots])).changes.map(({ text }) => text)).toEqual(['slots went from 20 to 40']);
  });

  test('a version that appears among others is a rollout, the first one is none', async () => {
    const version = (name: string, times: readonly number[]): SampleSeries => ({
      labels: { __name__: 'cache_version', version: name },
      times: Float64Array.from(times),
      values: new Float64Array(times.length).fill(1),
    });
    const first = version('v1', [1000, 1060, 1120]);
    const late = [version('v0', [1060, 1120]), version('v1', [1060, 1120])];
    expect((await collected(late)).changes).toEqual([]);
    expect((await collected([first])).changes).toEqual([]);
    const result = await collected([first, version('v2', [1180, 1240])]);
    expect(result.changes.map(({ at, text }) => [at, text])).toEqual([[1180, 'v2 was rolled out']]);
  });
});

test('what is optional is blind too where nothing of its exporter is there, if somebody could cure it', async () => {
  const optional = pack.resources?.map((resource) => ({ ...resource, optional: 'some have none' })) ?? [];
  const result = await collected([], 'signals: [ { pack: cache } ]', {}, never, [], { ...pack, resources: optional });
  expect(result.blind.map(({ resource, why, cure }) => [resource, why, cure])).toEqual([
    ['slots', 'Prometheus has no series of cache_exporter', 'scrape it'],
  ]);
});

describe('a pack of which nothing is there', () => {
  const [slots, misses] = pack.resources ?? [];
  if (!slots || !misses) throw new Error('no resources');
  const { cure: _, ...uncured }: PackResource = { ...slots, optional: 'some have none' };
  const idle: PackResource = { ...uncured, id: 'idle', usage: [{ gauge: 'cache_idle' }] };
  const blindOf = async (series: readonly SampleSeries[], resources: readonly PackResource[]) => {
    const told = { ...pack, resources, traffic: { completions: [{ counter: 'cache_requests_total' }] } };
    const { blind } = await collected(
      series,
      'signals: [ { pack: cache, select: { job: gone } } ]',
      {},
      never,
      [],
      told,
    );
    return blind.map(({ resource, why }) => [resource, why]);
  };

  test('hides all that it would tell, also what some installations lack', async () => {
    expect(await blindOf([], [uncured, idle])).toEqual([
      ['everything that pack "cache" tells', 'Prometheus has no series of cache_exporter'],
    ]);
    expect(await blindOf(from('cache_used_slots{job="here"} 1'), [uncured, idle])).toEqual([
      ['everything that pack "cache" tells', 'there are series of cache_exporter, but none with {job="gone"}'],
    ]);
  });

  test('hides also what may be missing beside what may not', async () => {
    expect((await blindOf([], [slots, idle])).map(([resource]) => resource)).toEqual([
      'slots',
      'everything else that pack "cache" tells',
    ]);
  });

  test('is there where its traffic is', async () => {
    expect(await blindOf(from('cache_requests_total{job="gone"} 1'), [uncured, idle])).toEqual([]);
  });
});

test('several values of one label select any of them', async () => {
  const series = from('cache_used_slots{job="a"} 1\ncache_used_slots{job="b"} 2\ncache_used_slots{job="c"} 4');
  const used = async (select: string) => {
    const { signals, blind } = await collected(series, `signals: [ { pack: cache, select: { job: ${select} } } ]`);
    const parts = signals.filter(({ role }) => role === 'usage').flatMap((one) => one.parts);
    return { jobs: parts.map(({ labels }) => labels.job), why: blind.map(({ why }) => why) };
  };
  expect((await used('[a, c]')).jobs).toEqual(['a', 'c']);
  expect((await used('c')).jobs).toEqual(['c']);
  expect((await used('[x, "y.*"]')).why[0]).toBe(
    'there are series of cache_exporter, but none with {job="x" or "y.*"}',
  );
});

test('a component without signals is blind', async () => {
  const result = await collected([], 'calls: []');
  expect(result.blind.map(({ resource, why }) => [resource, why])).toEqual([
    ['everything', 'the configuration names no signals for it'],
  ]);
});

test('a stopped collection ends with the reason of the stop', async () => {
  const stop = AbortSignal.abort(new Error('enough'));
  await expect(collected([], 'signals: [ { pack: cache } ]', {}, stop)).rejects.toThrow('enough');
});

test('what no series holds is read from its expression, with the label tests in it', async () => {
  const asked: string[] = [];
  const result = await collected([], 'signals: [ { pack: cache, select: { job: "a" } } ]', {}, never, asked);
  expect(asked).toEqual(['sum(rate(cache_misses_total{job="a"}[1m]))']);
  const misses = result.signals.filter(({ resource }) => resource.resource === 'misses');
  expect(misses.map(value)).toEqual([7]);
  expect(misses[0]?.evidence.promql).toBe('sum(rate(cache_misses_total{job="a"}[1m]))');
});

test('fifteen hours are read one point a minute, levels by their means, and never sample by sample', async () => {
  const long = { from: epoch(0), to: epoch(15 * 3600) };
  const each = { length: (15 * 3600) / 15 };
  const series = (name: string, at: (i: number) => number): SampleSeries => ({
    labels: { __name__: name },
    times: Float64Array.from(each, (_, i) => i * 15 + 7),
    values: Float64Array.from(each, (_, i) => at(i)),
  });
  const held = memorySource('main', [
    series('cache_used_slots', (i) => i % 4),
    series('cache_slots', (i) => (i < 2000 ? 20 : 30)),
    series('cache_wait_seconds_total', (i) => i * 1.5),
  ]);
  const lengths: number[] = [];
  const source: Source = {
    ...held,
    range: async () => ({ series: [], notes: [] }),
    samples: (selection, within, stop) => {
      lengths.push(within.to - within.from);
      return held.samples(selection, within, stop);
    },
  };
  const [target] = readConfiguration(
    'apiVersion: plimsoll.dev/v1\nprometheus: [ { name: main, url: "http://main" } ]\ntargets: [ { name: shop, components: [ { name: cache, signals: [ { pack: cache } ] } ] } ]\n',
    'plimsoll.yaml',
    { packs: [pack], plans: [] },
  ).targets;
  if (!target) throw new Error('no target');
  const { signals, changes } = await collect(
    { sources: new Map([['main', source]]), packs: [pack] },
    lookingAt(target),
    long,
    never,
  );
  expect(Math.max(0, ...lengths)).toBeLessThanOrEqual(3600);
  const [usage, , queue] = ['usage', 'ceiling', 'queue'].map((role) => signals.find((one) => one.role === role));
  expect([usage?.interval, usage?.parts[0]?.times.length]).toEqual([60, 900]);
  // Four samples of 0 to 3 come to 1.5 in each minute; waiting is a tenth of a second each second; what changed at 30 007 s shows at the next minute.
  expect(new Set(usage?.parts[0]?.values)).toEqual(new Set([1.5]));
  expect(readingOf(queue as Signal, { span: { from: epoch(7200), to: epoch(10_800) } })).toMatchObject({
    value: 0.1,
  });
  expect(changes.map(({ at, text }) => [at, text])).toEqual([[30_060, 'slots went from 20 to 30']]);
});
