import { expect, test } from 'vitest';
import { diagnosisInWords } from '../../src/cli/diagnosis-in-words.ts';
import { exitCodeOfDiagnosis } from '../../src/cli/exit-code-of-diagnosis.ts';
import { inventory } from '../../src/collect/inventory.ts';
import type { Source } from '../../src/collect/source.ts';
import { builtInPacks } from '../../src/config/load-configuration.ts';
import { readConfiguration } from '../../src/config/read.ts';
import { examine } from '../../src/examine.ts';
import { fault } from '../../src/faults.ts';
import type { Clock } from '../../src/model/clock.ts';
import type { Reference } from '../../src/model/order.ts';
import { epoch, perSecond, seconds } from '../../src/model/units.ts';
import { seriesFrom } from '../support/exposition.ts';
import { memorySource } from '../support/memory-source.ts';

const now = epoch(10_000);
const clock: Clock = { now: () => now, monotonic: () => seconds(0), sleep: () => Promise.resolve() };
const packs = await builtInPacks();

/** Refuses whatever asks for the job "refuse". */
const refusing = (source: Source): Source => ({
  ...source,
  series: (selection, span, stop) =>
    selection.tests.some(({ label, value }) => label === 'job' && value === 'refuse')
      ? Promise.reject(fault('PROMETHEUS_REFUSED', [`http://${source.name}`, 'too many samples']))
      : source.series(selection, span, stop),
});

const fortnight: Reference = { kind: 'history', load: perSecond(120), days: 14 };

/** What the doctor says of a configuration and what its first Prometheus holds; any other does not answer. */
async function doctored(configuration: string, series: string, upAt = now - 4, usual: Reference = fortnight) {
  const read = readConfiguration(`apiVersion: plimsoll.dev/v1\n${configuration}`, 'plimsoll.yaml', {
    packs,
    plans: [],
  });
  const held = seriesFrom(series, { from: epoch(now - 600), to: epoch(now - 5) });
  const sourceNamed = (name: string, index: number): Source => ({
    ...refusing(memorySource(name, held)),
    instant: () =>
      index === 0
        ? Promise.resolve({ series: [{ labels: {}, value: upAt }], notes: [], at: now })
        : Promise.reject(fault('PROMETHEUS_UNREACHABLE', [`http://${name}`, 'connection refused'])),
  });
  const sources = new Map(read.prometheus.map(({ name }, index) => [name, sourceNamed(name, index)]));
  const looked: string[] = [];
  const diagnosis = await examine(
    read,
    {
      inventory: (order, stop) => inventory({ sources, packs }, order, clock, stop),
      history: () => Promise.resolve(usual),
    },
    (target) => looked.push(target),
    new AbortController().signal,
  );
  return { diagnosis, looked, text: diagnosisInWords(diagnosis), code: exitCodeOfDiagnosis(diagnosis) };
}

const den = `prometheus: [ { name: main, url: "http://main:9090" } ]
limits: { rate: 50/s }
targets:
  - name: den
    objectives: { p99: 300ms }
    traffic: { pack: http-otel, select: { job: den } }
    components:
      - name: api
        replica: pod
        signals: [ { pack: otel-db-pool, select: { job: den } } ]
        calls: [ db ]
      - name: db
        signals: [ { pack: rds, select: { dimension_DBInstanceIdentifier: den } } ]
        ceilings: { connections: 338 connections }
`;
const pools = [1, 2, 3, 4]
  .map(
    (pod) => `db_client_connection_max{job="den",pod="api-${pod}",db_client_connection_pool_name="main"} 100
db_client_connection_count{job="den",pod="api-${pod}",db_client_connection_pool_name="main",db_client_connection_state="used"} 3
db_client_connection_pending_requests{job="den",pod="api-${pod}",db_client_connection_pool_name="main"} 0`,
  )
  .join('\n');
const seen = `${pools}
aws_rds_database_connections_average{dimension_DBInstanceIdentifier="den"} 12 @60
http_server_request_duration_seconds_count{job="den",http_route="/x"} 0 +40
http_server_request_duration_seconds_sum{job="den",http_route="/x"} 0 +2
http_server_request_duration_seconds_bucket{job="den",http_route="/x",le="+Inf"} 0 +40`;

test('before any load it tells what is seen, what is blind and its cure, that 400 exceed 338, and which verdicts could be reached', async () => {
  const { text, code, looked } = await doctored(den, seen);
  expect(text.split('\n')).toEqual([
    'plimsoll.yaml',
    '  Prometheus "main" at http://main:9090: answers; its newest scrape is 4 s old',
    '',
    'den',
    '  load: may only be observed; its own traffic is seen every 15 s',
    '  headroom: against 120/s, the usual peak of 14 days',
    '  scrapes: every 60 s at the slowest: a step takes at least 2 min to settle and 5 min to measure',
    '  seen',
    '    api: how full, and whether work waits: pool (4); every 15 s',
    '    db: how full, but not whether work waits: connections; every 60 s',
    '  blind',
    '    db / cpu: no series of aws_rds_cpuutilization_average. To see it: let the CloudWatch exporter export CPUUtilization of AWS/RDS.',
    '    db / disk-operations: no series of aws_rds_read_iops_average, aws_rds_write_iops_average. To see it: let the CloudWatch exporter export ReadIOPS and WriteIOPS of AWS/RDS.',
    '  configured limits',
    '    exceeded: db / connections: 4 instances seen × 100 connections + up to 12 that others hold = 400 to 412 may be asked for; db gives 338',
    '  verdicts',
    '    saturated: possible; 1 of 2 resources show how full they are and whether work waits',
    '    near-tie: not possible; it takes two resources that can be told full',
    '    unobserved-limit: possible; a limit in db / cpu, db / disk-operations would come out as this',
    '    objective-limited: possible; the configuration states objectives',
    '    not-reached: possible; 2 of 2 resources have a known ceiling to come near to',
  ]);
  expect(code).toBe(0);
  expect(looked).toEqual(['den']);
});

test.each([
  [{ kind: 'history', load: perSecond(120), days: 1 }, 'against 120/s, the usual peak of 24 h'],
  [{ kind: 'unknown', why: 'only 5 min of traffic are known' }, 'cannot be stated: only 5 min of traffic are known'],
] as const)('how long the usual peak was looked at is told, and why there is none', async (usual, told) => {
  const { text } = await doctored(den, seen, now - 4, usual);
  expect(text).toContain(`\n  headroom: ${told}\n`);
});

test('as JSON it is plain data: what was told is still there after it was written and read', async () => {
  const { diagnosis } = await doctored(den, seen);
  const again = JSON.parse(JSON.stringify(diagnosis));
  expect(diagnosisInWords(again)).toBe(diagnosisInWords(diagnosis));
  expect(again.targets[0].limits[0].asked).toEqual({ low: 400, high: 412 });
});

test('where the load cannot be known no run could answer', async () => {
  const { text, code } = await doctored(den, pools);
  expect(text).toContain('\nden: as things are, no run could answer\n');
  expect(text).toContain('load: may only be observed; its own traffic is configured, but has no data');
  expect(text).toContain('headroom: cannot be stated: no "expect" is configured');
  expect(text).toContain('none could be reached: neither a "load" nor "traffic" with data');
  expect(code).toBe(4);
});

test('a Prometheus that does not answer is told, and what the others have is still looked at', async () => {
  const both = den
    .replace('http://main:9090" }', 'http://main:9090" }, { name: cloud, url: "http://cloud:9106" }')
    .replace('{ pack: rds, ', '{ pack: rds, from: cloud, ');
  const { text, code } = await doctored(both, seen);
  expect(text).toContain(
    'Prometheus "cloud" at http://cloud:9106: no answer from Prometheus at http://cloud: connection',
  );
  expect(text).toContain('api: how full, and whether work waits: pool (4)');
  expect(text).toContain('db / everything that pack "rds" tells: Prometheus "cloud" does not answer');
  expect(code).toBe(4);
});

test('a target whose questions are refused hides nothing of the others', async () => {
  const two = `${den}  - name: other
    components:
      - { name: cpu, signals: [ { pack: nodejs, select: { job: refuse } } ] }
`;
  const { diagnosis, text, code } = await doctored(two, seen);
  expect(diagnosis.targets.map(({ target, answerable }) => [target, answerable])).toEqual([
    ['den', true],
    ['other', false],
  ]);
  expect(text).toContain('note: Prometheus at http://main refused the query: too many samples');
  expect(text).toContain('exceeded: db / connections: 4 instances seen');
  expect(code).toBe(4);
});

test('a clock that runs ahead is told', async () => {
  expect((await doctored(den, seen, now + 30)).text).toContain(
    '\n    its clock is 30 s ahead of ours: set both by NTP\n',
  );
});

test('without targets each Prometheus is still asked, and that there are none is said', async () => {
  const { text, code } = await doctored('prometheus: [ { name: main, url: "http://main:9090" } ]', '');
  expect(text).toContain('answers; its newest scrape is 4 s old');
  expect(text).toContain('note: the configuration has no targets');
  expect(code).toBe(0);
});
