import type { Collected } from '../../src/model/collected.ts';
import type { Component } from '../../src/model/component.ts';
import type { LoadRecord, LoadWindow } from '../../src/model/load-record.ts';
import type { Order } from '../../src/model/order.ts';
import type { Layer, Resource, ResourceKind, Role } from '../../src/model/resource.ts';
import type { SampleSeries, Signal } from '../../src/model/signal.ts';
import { epoch, perSecond, ratio, seconds } from '../../src/model/units.ts';

/** A story in text: what was offered and answered, what each resource showed, and what must be said of it. `_` is no data, `2..5` rises inside the window. */
export type Scenario = {
  readonly title: string;
  readonly order: Order;
  readonly record: LoadRecord;
  readonly collected: Collected;
  readonly expectations: readonly (readonly string[])[];
};

const start = 1_700_000_000;
const layerOf: Readonly<Record<ResourceKind, Layer>> = {
  rate: 'leaf',
  servers: 'thread',
  pool: 'hold',
  space: 'leaf',
  quota: 'leaf',
  external: 'leaf',
};
const numbers = (words: readonly string[]): readonly (number | undefined)[] =>
  words.map((word) => (word === '_' ? undefined : Number(word)));

/** Reads one scenario file; each line is a list of words, and the first tells what it is. */
export function readScenario(text: string): Scenario {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const title =
    lines
      .find((line) => line.startsWith('#'))
      ?.slice(1)
      .trim() ?? '';
  const words = lines.filter((line) => !line.startsWith('#')).map((line) => line.trim().split(/\s+/));
  const named = (name: string) => words.filter(([first]) => first === name).map(([, ...rest]) => rest);
  const length = Number.parseFloat(named('windows')[0]?.[0] ?? '60');
  const windows = windowsOf(named('load'), named('health')[0], length);
  const resources = named('resource').map(resourceOf);
  return {
    title,
    order: orderOf(named('component'), named('expected')[0], named('objective')[0]),
    record: {
      axis: 'arrivals',
      span: { from: epoch(start), to: epoch(start + windows.length * length) },
      windows,
      stopped: undefined,
      recovery: undefined,
      notes: [],
    },
    collected: {
      signals: named('signal').map((line) => signalOf(line, resources, length)),
      traffic: undefined,
      changes: named('change').map(([window = '0', component = '', ...said]) => ({
        at: epoch(start + (Number(window) + 0.5) * length),
        component,
        what: said[0] === 'oom' ? 'out-of-memory' : 'rollout',
        labels: {},
        text: said.join(' '),
      })),
      blind: named('blind').map(([component = '', resource = '', ...why]) => ({
        component,
        resource,
        why: why.join(' '),
        cure: '',
      })),
      notes: [],
    },
    expectations: named('expect'),
  };
}

function windowsOf(
  load: readonly (readonly string[])[],
  health: readonly string[] | undefined,
  length: number,
): readonly LoadWindow[] {
  const track = (name: string) => numbers(load.find(([first]) => first === name)?.slice(1) ?? []);
  const [offered, achieved, p99, growth, inFlight] = ['offered', 'achieved', 'p99', 'growth', 'inflight'].map(track);
  const errors = track('errors');
  return (offered ?? []).map((rate = 0, i) => {
    const good = achieved?.[i] ?? rate;
    return {
      span: { from: epoch(start + i * length), to: epoch(start + (i + 1) * length) },
      offered: perSecond(rate),
      throughput: perSecond(good),
      goodput: perSecond(good),
      errors: ratio(errors[i] ?? 0),
      latency: latencyOf(p99?.[i]),
      inFlight: { mean: inFlight?.[i] ?? 1, growth: growth?.[i] ?? 0 },
      health: healthOf(health?.[i] === 'limited'),
      complete: true,
    };
  });
}

const latencyOf = (tail: number | undefined): LoadWindow['latency'] => ({
  mean: undefined,
  p50: tail === undefined ? undefined : seconds(tail / 3),
  p90: undefined,
  p99: tail === undefined ? undefined : seconds(tail),
});

const healthOf = (limited: boolean): LoadWindow['health'] => ({
  verdict: limited ? 'limited' : 'ok',
  because: limited ? ['its schedule lag was 892 ms'] : [],
  sendRatio: ratio(1),
  lagP99: seconds(0.001),
  loopUtilisation: ratio(0.1),
  threadCpu: ratio(0.1),
  throttled: ratio(0),
  localErrors: 0,
});

function resourceOf([name = '', kind = 'pool', unit = 'units', ...flags]: readonly string[]): Resource {
  const [component = '', resource = ''] = name.split('.');
  const known = kind as ResourceKind;
  return { component, resource, kind: known, layer: layerOf[known], unit, hard: flags.includes('hard') };
}

/** `signal db.connections usage /20 4 8 12`: a gauge read twelve times a window, with a little jitter that averages out. */
function signalOf(
  [name = '', role = 'usage', ...rest]: readonly string[],
  resources: readonly Resource[],
  length: number,
): Signal {
  const [component = '', resource = ''] = name.split('.');
  const found = resources.find((one) => one.component === component && one.resource === resource);
  if (!found)
    throw new Error(`the scenario names ${name} in a signal, but no line "resource ${name} …" tells what it is`);
  const floor = rest.find((word) => word.startsWith('>'));
  const values = rest.filter((word) => !word.startsWith('>'));
  return {
    resource: found,
    at: {},
    role: role as Role,
    form: 'gauge',
    parts: [seriesOf(values, length)],
    less: [],
    over: [],
    scale: 1,
    interval: seconds(length / 12),
    ...(floor === undefined ? {} : { floor: Number(floor.slice(1)) }),
    evidence: { role: role as Role, source: 'scenario', promql: `${component}_${resource}_${role}` },
  };
}

function seriesOf(values: readonly string[], length: number): SampleSeries {
  const samples = values.flatMap((word, i) => {
    if (word === '_') return [];
    const [from = 0, to = from] = word.split('..').map(Number);
    return Array.from({ length: 12 }, (_, j) => {
      const value = from + ((to - from) * (j + 0.5)) / 12;
      const jitter = from === to && value < 1 ? (j % 2 === 0 ? 0.01 : -0.01) : 0;
      return { time: start + i * length + ((j + 0.5) * length) / 12, value: value * (1 + jitter) };
    });
  });
  return {
    labels: {},
    times: Float64Array.from(samples, (sample) => sample.time),
    values: Float64Array.from(samples, (sample) => sample.value),
  };
}

function orderOf(
  components: readonly (readonly string[])[],
  expected: readonly string[] | undefined,
  objective: readonly string[] | undefined,
): Order {
  return {
    run: 'scenario',
    target: 'shop',
    config: 'scenario',
    version: '0',
    components: components.map(componentOf),
    traffic: undefined,
    objectives: {
      latency: objective ? [{ quantile: ratio(0.99), limit: seconds(Number(objective[0])) }] : [],
      errors: undefined,
      throughput: undefined,
    },
    reference: expected
      ? { kind: 'expected', load: perSecond(Number(expected[0])) }
      : { kind: 'unknown', why: 'the scenario states none' },
    load: undefined,
  };
}

function componentOf([name = '', ...rest]: readonly string[]): Component {
  const on = rest[rest.indexOf('on') + 1];
  const calls = rest.includes('calls') ? rest.slice(rest.indexOf('calls') + 1) : [];
  return {
    name,
    on: rest.includes('on') ? on : undefined,
    calls,
    signals: [],
    workload: undefined,
    replica: undefined,
    ceilings: {},
  };
}
