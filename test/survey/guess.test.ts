import { expect, test } from 'vitest';
import { builtInPacks } from '../../src/config/load-configuration.ts';
import type { Labels } from '../../src/model/labels.ts';
import type { Trace } from '../../src/model/trace.ts';
import { guess, nameFrom } from '../../src/survey/guess.ts';

const packs = await builtInPacks();
const resources = (pack: string, job: string | undefined, ...places: readonly Labels[]): Trace => ({
  pack,
  tells: 'resources',
  job,
  places: places.length > 0 ? places : [{}],
});
const traffic = (pack: string, job: string | undefined, ...places: readonly Labels[]): Trace => ({
  ...resources(pack, job, ...places),
  tells: 'traffic',
});
const pod = (name: string, namespace = 'shop'): Labels => ({ namespace, pod: name, container: 'api' });

test('a job with traffic is a target with what its programs tell; exporters are components that it shares', () => {
  const { targets, shared, notes } = guess(
    [
      traffic('http-otel', 'shop'),
      resources('nodejs', 'shop'),
      resources('postgres', 'pg', { datname: 'shop' }),
      resources('node', 'node'),
    ],
    packs,
  );
  expect(targets).toEqual([
    {
      name: 'shop',
      traffic: { pack: 'http-otel', select: { job: 'shop' } },
      own: {
        name: 'shop',
        signals: [{ pack: 'nodejs', select: { job: 'shop' } }],
        workload: undefined,
        on: undefined,
        mayCall: ['postgres'],
        remarks: [],
      },
      beside: [],
      uses: ['postgres', 'node'],
      remarks: ['because job "shop" tells its traffic'],
    },
  ]);
  expect(shared.map(({ name, remarks }) => [name, remarks])).toEqual([
    ['postgres', ['because of job "pg"']],
    ['node', ['because of job "node"']],
  ]);
  expect(notes).toEqual([]);
});

// Seen with a service of gunicorn: it was left out, and the report told of no blind spot.
test('a job that tells nothing but its traffic is a component all the same, of which nothing is seen', () => {
  const { targets } = guess([traffic('http-prometheus', 'app'), resources('postgres', 'pg')], packs);
  expect(targets[0]?.own).toEqual({
    name: 'app',
    signals: [],
    workload: undefined,
    on: undefined,
    mayCall: ['postgres'],
    remarks: ['job "app" tells its traffic, and nothing of itself that a pack knows'],
  });
});

// Seen with the status page of nginx: it was left out without a word.
test('each job that no pack knows is told, and so is one that cannot be reached', () => {
  const scraped = [
    { job: 'gone', isUp: false },
    { job: 'nginx', isUp: true },
    { job: 'prometheus', isUp: true },
    { job: 'shop', isUp: true },
  ];
  const { notes } = guess([traffic('http-otel', 'shop'), resources('go', 'prometheus')], packs, scraped);
  expect(notes).toEqual([
    'no pack knows what is told besides a runtime, so it is left out: job "prometheus"',
    'job "nginx": no pack knows its series, so it is left out',
    'job "gone": it cannot be scraped right now, so it is left out',
  ]);
});

// Seen with the exporters of Apache httpd and nginx, which are programs in Go.
test('the runtime of an exporter that tells the traffic of something else is no part of that', () => {
  const seen = [traffic('nginx', 'web'), resources('nginx', 'web'), resources('go', 'web')];
  expect(guess(seen, packs).targets[0]?.own?.signals).toEqual([{ pack: 'nginx', select: { job: 'web' } }]);
});

test('what an exporter tells of its own runtime makes nothing', () => {
  const { targets, shared, notes } = guess(
    [resources('redis', 'redis'), resources('go', 'redis'), resources('go', 'prometheus')],
    packs,
  );
  expect([targets, shared.map(({ name }) => name)]).toEqual([[], ['redis']]);
  expect(notes).toEqual([
    'no series of traffic that a pack knows is there, so the target is only a place to begin',
    'no pack knows what is told besides a runtime, so it is left out: job "prometheus"',
  ]);
});

test('pods of one deployment are its workload, on the machines that carry them', () => {
  const places = [pod('api-6d4cf56db6-x7k2p'), pod('api-6d4cf56db6-zzzzz')];
  const { targets } = guess(
    [
      traffic('http-otel', 'shop', ...places),
      resources('nodejs', 'shop', ...places),
      resources('kubernetes-container', 'kubelet'),
      resources('node', 'node'),
    ],
    packs,
  );
  expect(targets[0]?.own).toMatchObject({
    workload: { namespace: 'shop', deployment: 'api', container: 'api' },
    signals: [{ pack: 'kubernetes-container', select: {} }, { pack: 'nodejs' }],
    on: 'node',
  });
});

// Seen with a shop behind whose threads a service of prices was slow: that was a target of its own, and not looked at.
test('what a target may call of other targets beside it is told, since it is not looked at', () => {
  const { targets } = guess(
    [
      traffic('http-otel', 'shop', { namespace: 'east' }),
      traffic('http-otel', 'prices', { namespace: 'east' }),
      traffic('http-otel', 'mail', { namespace: 'west' }),
    ],
    packs,
  );
  expect(targets.map(({ name, remarks }) => [name, remarks.slice(1)])).toEqual([
    [
      'shop',
      [
        'what it calls of prices may limit it and is not looked at: move the component of that name up to "components", and list it in both targets',
      ],
    ],
    ['prices', [expect.stringContaining('what it calls of shop')]],
    ['mail', []],
  ]);
});

/** Containers of which the kubelet tells, and those of them that have a quota. */
const containers = (places: readonly Labels[], bounded: readonly Labels[] = []): Trace => ({
  ...resources('kubernetes-container', 'kubelet', ...places),
  bounded,
});
const at = (name: string, container: string): Labels => ({ namespace: 'shop', pod: name, container });

// Seen with MySQL behind a quota of one core: the exporter is a container of its pod, and the quota was not looked at.
test('what an exporter in the same pods tells of is located in them, on the machines, wherever those are told of', () => {
  const { shared, targets } = guess(
    [
      traffic('http-otel', 'shop', pod('api-0')),
      resources('mysql', 'mysqld-exporter', { ...at('mysql-0', 'exporter'), instance: 'mysql-0:9104' }),
      containers([at('mysql-0', 'mysql'), at('mysql-0', 'exporter'), at('api-0', 'api')]),
      resources('node', 'node', { namespace: 'monitoring', pod: 'node-exporter-abcde' }),
    ],
    packs,
  );
  expect(shared[0]).toMatchObject({
    name: 'mysql',
    workload: { namespace: 'shop', statefulset: 'mysql', container: 'mysql' },
    signals: [{ pack: 'kubernetes-container', select: {} }, { pack: 'mysql' }],
    on: 'node',
  });
  expect(targets[0]?.uses).toEqual(['mysql', 'node']);
  expect(targets[0]?.own?.on).toBe('node');
});

test('what an exporter in pods of its own tells of is elsewhere', () => {
  const workloadOf = (place: Labels, ...there: readonly Labels[]) =>
    guess([resources('mysql', 'exporter', place), containers(there)], packs).shared[0]?.workload;
  const alone = at('mysqld-exporter-6d4cf56db6-x7k2p', 'exporter');
  expect(workloadOf(alone, alone)).toBeUndefined();
  const called = at('prometheus-db-6d4cf56db6-x7k2p', 'prom');
  expect(workloadOf(called, called)).toBeUndefined();
  // nothing tells of its pod
  expect(workloadOf(at('mysql-0', 'mysql'))).toBeUndefined();
  expect(workloadOf(at('mysql-0', 'mysql'), at('mysql-0', 'mysql'))).toMatchObject({ container: 'mysql' });
  expect(workloadOf(at('mysql-0', 'exporter'), at('mysql-0', 'backup'), at('mysql-0', 'mysqld'))).toBeDefined();
});

// Seen with a proxy of 0.2 cores in each pod: it was the limit, and nothing told of it.
test('a container with a quota of its own beside that of a target is a component', () => {
  const name = 'api-6d4cf56db6-x7k2p';
  const all = [at(name, 'api'), at(name, 'istio-proxy'), at(name, 'logs'), at('other-0', 'other')];
  const { targets } = guess(
    [
      traffic('http-otel', 'shop', at(name, 'api')),
      containers(all, [at(name, 'api'), at(name, 'istio-proxy'), at('other-0', 'other')]),
    ],
    packs,
  );
  expect(targets[0]?.beside).toEqual([
    {
      name: 'shop-istio-proxy',
      signals: [{ pack: 'kubernetes-container', select: {} }],
      workload: { namespace: 'shop', deployment: 'api', container: 'istio-proxy' },
      on: undefined,
      mayCall: [],
      remarks: ['because of a container with a quota of its own in the pods of shop'],
    },
  ]);
});

test('a job in several namespaces is as many targets, each with what lies beside it', () => {
  const both = [pod('api-0', 'east'), pod('api-0', 'west')];
  const { targets } = guess(
    [
      traffic('http-otel', 'shop', ...both),
      resources('nodejs', 'shop', ...both),
      resources('redis', 'redis', { namespace: 'west' }),
    ],
    packs,
  );
  expect(targets.map(({ name, traffic: seen, uses }) => [name, seen?.select, uses])).toEqual([
    ['shop', { job: 'shop', namespace: 'east' }, []],
    ['shop-2', { job: 'shop', namespace: 'west' }, ['redis']],
  ]);
});

test('series that were pushed carry no job, and select nothing', () => {
  const { targets } = guess([traffic('k6', undefined), resources('k6', undefined)], packs);
  expect(targets.map(({ name, traffic: seen }) => [name, seen])).toEqual([['k6', { pack: 'k6', select: {} }]]);
});

test('a component of the target that is called as a shared one is told from it', () => {
  const { targets } = guess(
    [traffic('http-otel', 'redis'), resources('nodejs', 'redis'), resources('redis', 'cache')],
    packs,
  );
  expect(targets[0]?.own?.name).toBe('redis-itself');
});

test('parts, and instances that may be no replicas, are told', () => {
  const { shared } = guess(
    [resources('postgres', 'pg', { datname: 'a', instance: 'x' }, { datname: 'b', instance: 'y' })],
    packs,
  );
  expect(shared[0]?.remarks.slice(1)).toEqual([
    'datname is one of a, b: "part" narrows to one of them',
    '2 instances are taken for replicas of one thing; if they are not, select each by its "instance"',
  ]);
});

test.each([
  ['shop/api', 'shop-api'],
  ['{weird}', 'weird'],
  ['', 'target'],
  ['--', 'target'],
])('job %j is called %j', (job, name) => {
  expect(nameFrom(job)).toBe(name);
});
