import { expect, test } from 'vitest';
import { overview } from '../../src/collect/overview.ts';
import { passes } from '../../src/collect/selector.ts';
import type { Instant, Source } from '../../src/collect/source.ts';
import { builtInPacks } from '../../src/config/load-configuration.ts';
import { readConfiguration } from '../../src/config/read.ts';
import type { Labels } from '../../src/model/labels.ts';
import { epoch } from '../../src/model/units.ts';
import { configurationText } from '../../src/survey/configuration-text.ts';
import { guess } from '../../src/survey/guess.ts';
import { seriesFrom } from '../support/exposition.ts';
import { memorySource } from '../support/memory-source.ts';
import { labelSet } from './label-sets/read-label-set.ts';

const packs = await builtInPacks();
const never = new AbortController().signal;

/** A source that counts series as Prometheus does for "count by (…) (selector)", the only question that an overview asks besides which jobs are up. */
function counting(held: readonly Labels[], asked: string[] = [], scraped: readonly Instant[] = []): Source {
  return {
    ...memorySource('main', []),
    instant: async (promql) => {
      asked.push(promql);
      if (promql.startsWith('max by (job) (up')) return { at: epoch(0), notes: [], series: [...scraped] };
      const [, by = '', name = '', tests = ''] = /^count by \((.*?)\) \(([^{]*)(?:\{(.*)\})?\)$/.exec(promql) ?? [];
      const labels = by.split(', ').filter((label) => label !== '');
      const matches = [...tests.matchAll(/(?:"([^"]+)"|(\w+))(=~|!~|!=|=)"((?:[^"\\]|\\.)*)"/g)].map(
        ([, quoted, plain, op = '=', value = '']) => ({
          label: quoted ?? plain ?? '',
          op: op as '=' | '!=' | '=~' | '!~',
          value: JSON.parse(`"${value}"`),
        }),
      );
      const found = held.filter((one) => (name === '' || one.__name__ === name) && passes(matches, one));
      const sets = Map.groupBy(found, (one) =>
        JSON.stringify(
          Object.fromEntries(labels.flatMap((label) => (one[label] === undefined ? [] : [[label, one[label]]]))),
        ),
      );
      return {
        at: epoch(0),
        notes: [],
        series: [...sets].map(([text, list]) => ({ labels: JSON.parse(text), value: list.length })),
      };
    },
  };
}

const span = { from: epoch(0), to: epoch(60) };
const seriesIn = (text: string) => seriesFrom(text, span).map(({ labels }) => labels);

test('a process of Node.js is none of Java or Go because it tells its descriptors and its processor time as they do', async () => {
  const held = seriesIn(`
process_open_fds{job="api"} 30
process_cpu_seconds_total{job="api"} 4
nodejs_heap_size_used_bytes{job="api"} 1000000
process_resident_memory_bytes{job="cron"} 50000000
process_open_fds{job="cron"} 12
`);
  const { traces } = await overview(counting(held), packs, never);
  expect(traces.map(({ pack, job }) => `${pack} ${job}`)).toEqual(['nodejs api']);
});

test('a process of Python shows by the series of its own, though its resources are told by others alike', async () => {
  const held = seriesIn(`
process_cpu_seconds_total{job="worker"} 4
process_cpu_seconds_total{job="cron"} 4
python_info{implementation="CPython",version="3.11.2",job="worker"} 1
`);
  const { traces } = await overview(counting(held), packs, never);
  expect(traces.map(({ pack, tells, job }) => `${pack} ${tells} ${job}`)).toEqual(['python resources worker']);
});

test('each pack shows by the usage of its resources and by what its traffic completes, once a job', async () => {
  const held = seriesIn(`
http_server_request_duration_seconds_count{job="shop",namespace="shop",pod="api-0"} 1
pg_stat_database_numbackends{job="pg",instance="a",datname="shop"} 1
pg_stat_database_numbackends{job="pg",instance="a",datname="postgres"} 1
k6_http_reqs_total{scenario="x"} 1
`);
  const { traces } = await overview(counting(held), packs, never);
  const of = (pack: string, tells = 'resources') =>
    traces.find((trace) => trace.pack === pack && trace.tells === tells);
  expect(of('http-otel', 'traffic')).toMatchObject({ job: 'shop', places: [{ namespace: 'shop', pod: 'api-0' }] });
  expect(of('postgres')).toMatchObject({
    job: 'pg',
    places: [
      { instance: 'a', datname: 'shop' },
      { instance: 'a', datname: 'postgres' },
    ],
  });
  expect(of('k6', 'traffic')).toMatchObject({ job: undefined });
  expect(new Set(traces.map(({ pack }) => pack))).toEqual(new Set(['http-otel', 'postgres', 'k6']));
});

test('it asks one question for every sixty names, and one or a few for each pack that is there', async () => {
  const asked: string[] = [];
  await overview(counting(seriesIn('redis_connected_clients{job="r"} 1'), asked), packs, never);
  const names = asked.filter((promql) => promql.startsWith('count by (__name__, job)'));
  expect(names.length).toBeLessThan(8);
  expect(asked.length - names.length).toBe(2);
});

test('every job that is scraped is told, whether a pack knows it or not, and whether it can be reached', async () => {
  const up = [
    { labels: { job: 'redis' }, value: 1 },
    { labels: { job: 'nginx' }, value: 1 },
    { labels: { job: 'gone' }, value: 0 },
    { labels: {}, value: 1 },
  ];
  const asked: string[] = [];
  const source = { ...counting(seriesIn('redis_connected_clients{job="redis"} 1'), asked, up), select: { env: 'a' } };
  const { scraped } = await overview(source, packs, never);
  expect(scraped).toEqual([
    { job: 'gone', isUp: false },
    { job: 'nginx', isUp: true },
    { job: 'redis', isUp: true },
  ]);
  expect(asked).toContain('max by (job) (up{env="a"})');
});

test.each([
  'machines.txt',
  'kube-prometheus-stack.txt',
  'pgbouncer-sidecar.txt',
  'stores.txt',
  'runtimes.txt',
  'edges.txt',
  'managed-database.txt',
])('from the series of %s a configuration is begun that its reader takes', async (file) => {
  const { traces } = await overview(counting(seriesIn(labelSet(file).series)), packs, never);
  const guessed = guess(traces, packs);
  const text = configurationText({
    prometheus: 'http://main:9090',
    guess: guessed,
    mix: undefined,
    url: undefined,
    rowsAt: undefined,
    blind: new Map(),
  });
  const { targets } = readConfiguration(text, file, { packs, plans: [] });
  expect(targets.length).toBeGreaterThan(0);
  expect(targets.flatMap(({ components }) => components.flatMap(({ signals }) => signals)).length).toBeGreaterThan(0);
});

test('of containers those are told that are in the namespaces of what else is told, and which of them have a quota', async () => {
  const held = seriesIn(`
mysql_global_status_threads_running{job="mysql",namespace="shop",pod="mysql-0",container="exporter"} 2
container_cpu_usage_seconds_total{job="kubelet",namespace="shop",pod="mysql-0",container="mysql"} 9
container_cpu_usage_seconds_total{job="kubelet",namespace="shop",pod="mysql-0"} 9
container_cpu_usage_seconds_total{job="kubelet",namespace="search",pod="elastic-0",container="elastic"} 9
kube_pod_container_resource_limits{job="ksm",namespace="shop",pod="mysql-0",container="mysql",resource="cpu"} 1
kube_pod_container_resource_limits{job="ksm",namespace="shop",pod="web-0",container="web",resource="memory"} 1
`);
  const { traces } = await overview(counting(held), packs, never);
  const mysql = { namespace: 'shop', pod: 'mysql-0', container: 'mysql' };
  expect(traces.find(({ pack }) => pack === 'kubernetes-container')).toMatchObject({
    places: [mysql],
    bounded: [mysql],
  });
});
