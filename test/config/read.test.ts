import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { builtInPacks, builtInPlans } from '../../src/config/load-configuration.ts';
import { readConfiguration } from '../../src/config/read.ts';
import type { Configuration } from '../../src/model/configuration.ts';
import { places } from '../../src/places.ts';

/** The configuration of the design, word by word. */
const designed = `apiVersion: plimsoll.dev/v1
prometheus:
  - { name: main, url: http://prometheus:9090, flavor: auto, select: { cluster: eu1 } }    # select: added to every query
  - { name: cloud, url: http://prometheus-cloudwatch:9090 }        # auth, tenant, headers: by file
limits: { rate: 2000/s, in_flight: 2000, requests: 5000000, duration: 2h }   # no request, file or bot can raise these; absent: 50/s, 2 min, and said so
components:                                                        # shared by several targets
  - name: db
    signals:
      - { pack: postgres, select: { instance: "pgexp:9187" }, part: { datname: shop } }    # select finds the exporter, part narrows inside it
      - { pack: rds, from: cloud, select: { dimension_DBInstanceIdentifier: shop } }
    ceilings: { cpu: 2 cores, disk_operations: 3000/s }            # what no exporter tells; provenance "stated"
  - { name: nodes, signals: [ { pack: node } ] }                   # \`on: nodes\` narrows it to the nodes that hold the pods
targets:
  - name: shop
    expect: 400/s
    objectives: { p99: 300ms, errors: 1% }
    traffic: { pack: http-otel, select: { job: shop }, except: { http_route: [/healthz, /metrics] } }
    components:
      - name: api
        workload: { namespace: shop, deployment: shop, container: api }    # → pods, replicas, autoscaler, their nodes; on VMs: replica: instance
        signals: [ { pack: kubernetes-container }, { pack: nodejs, select: { job: shop } }, { pack: otel-db-pool, select: { job: shop } } ]
        on: nodes
        calls: [bouncer]
      - name: bouncer                                              # a sidecar: one per pod
        workload: { namespace: shop, deployment: shop, container: pgbouncer }
        signals: [ { pack: kubernetes-container }, { pack: pgbouncer, select: { namespace: shop }, part: { database: shop } } ]
        calls: [db]
    load:                                                          # without it: observe only
      url: http://shop.shop.svc:8080
      plan: staircase
      writes: true                                                 # else only GET, HEAD, OPTIONS
      requests:
        - { name: browse, weight: 8, path: "/items/{{random 1 5000}}" }
        - { name: buy, weight: 2, method: POST, path: /orders, json: { item: "{{row.item}}" } }
    watch: { observe: 5m, probe: "0 4 * * 2" }
`;

const shelf = { packs: await builtInPacks(), plans: await builtInPlans() };
const read = (text: string): Configuration => readConfiguration(text, 'plimsoll.yaml', shelf);

const plain = `apiVersion: plimsoll.dev/v1
prometheus:
  - { name: main, url: "http://prometheus:9090" }
targets:
  - name: shop
    components:
      - name: api
        signals: [ { pack: nodejs, select: { job: shop } } ]
        calls: [db]
      - name: db
        signals: [ { pack: postgres } ]
    load:
      url: http://shop:8080
      requests:
        - { name: browse, path: /items }
`;

/** What is said about a text, or "nothing". */
function complaint(text: string): string {
  try {
    read(text);
    return 'nothing';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('the configuration of the design', () => {
  const configuration = read(designed);
  const [shop] = configuration.targets;

  test('has numbers in base units where texts with units stood', () => {
    expect(configuration.limits).toEqual({ rate: 2000, inFlight: 2000, requests: 5_000_000, duration: 7200 });
    expect(shop?.expect).toBe(400);
    expect(shop?.objectives).toEqual({
      latency: [{ quantile: 0.99, limit: 0.3 }],
      errors: 0.01,
      throughput: undefined,
    });
    expect(shop?.watch).toEqual({ observe: 300, probe: '0 4 * * 2' });
  });

  test('brings the shared components along that the target calls or runs on, callers first', () => {
    expect(shop?.components.map(({ name }) => name)).toEqual(['api', 'bouncer', 'nodes', 'db']);
  });

  test('states ceilings in the unit of their resource', () => {
    expect(shop?.components.find(({ name }) => name === 'db')?.ceilings).toEqual({ cpu: 2, 'disk-operations': 3000 });
  });

  test('names the Prometheus of every source, the first where none is named', () => {
    expect(shop?.components.find(({ name }) => name === 'db')?.signals.map(({ from }) => from)).toEqual([
      'main',
      'cloud',
    ]);
  });

  test('writes a JSON body out, with its content type', () => {
    const buy = shop?.load?.requests.find(({ name }) => name === 'buy')?.steps[0];
    expect(buy?.body).toEqual({ text: '{"item":"{{row.item}}"}', isJson: true });
    expect(buy?.headers).toEqual({ 'content-type': 'application/json' });
  });

  test('knows where it stands', () => {
    expect(shop?.place).toEqual({ file: 'plimsoll.yaml', line: 14 });
  });

  test('cannot be changed', () => {
    expect(Object.isFrozen(configuration)).toBe(true);
    expect(Object.isFrozen(shop?.components[0]?.signals)).toBe(true);
  });
});

test('config/plimsoll.yaml, which shows every setting, can be read', () => {
  const text = readFileSync(new URL('plimsoll.yaml', places.config), 'utf8');
  expect(read(text).targets.map(({ name }) => name)).toEqual(['shop']);
});

test('without limits no load exceeds 50/s or 2 minutes, and that is said', () => {
  const { limits, notes } = read(plain);
  expect(limits).toMatchObject({ rate: 50, duration: 120 });
  expect(notes.map(({ text }) => text)).toEqual([
    'the configuration has no "limits", so no load exceeds 50/s or lasts longer than 2 minutes',
  ]);
});

test('the hash changes with a setting, not with a comment', () => {
  expect(read(`# a comment\n${plain}`).hash).toBe(read(plain).hash);
  expect(read(plain.replace('/items', '/carts')).hash).not.toBe(read(plain).hash);
});

test('storage and listening address have defaults', () => {
  expect(read(plain)).toMatchObject({ storage: { path: './plimsoll.db' }, http: { host: '127.0.0.1', port: 9464 } });
});

const wrong: readonly (readonly [string, string, string, string])[] = [
  [
    'an unknown key',
    'calls: [db]',
    'cals: [db]',
    'plimsoll.yaml:9: targets.shop.components.api.cals: there is no key "cals" here; did you mean "calls"?',
  ],
  [
    'an unknown key at the top',
    'targets:',
    'target:',
    'plimsoll.yaml:4: target: there is no key "target" here; did you mean "targets"?',
  ],
  [
    'a rate without a unit',
    'load:',
    'expect: 400\n    load:',
    'plimsoll.yaml:12: targets.shop.expect: 400 is not a rate with its unit, as in 200/s, 16000/min',
  ],
  [
    'a duration in a unit that is none',
    'load:',
    'objectives: { p99: 300 millis }\n    load:',
    'plimsoll.yaml:12: targets.shop.objectives.p99: "300 millis" is not a duration with its unit, as in 300ms, 5s, 2m, 2h',
  ],
  [
    'an unknown pack',
    'pack: postgres',
    'pack: postgress',
    'plimsoll.yaml:11: there is no pack "postgress"; did you mean "postgres"?',
  ],
  [
    'an unknown component',
    'calls: [db]',
    'calls: [bd]',
    'plimsoll.yaml:9: there is no component "bd"; did you mean "db"?',
  ],
  [
    'an unknown Prometheus',
    'pack: postgres }',
    'pack: postgres, from: mian }',
    'plimsoll.yaml:11: there is no prometheus "mian"; did you mean "main"?',
  ],
  [
    'a pack that one component reads twice',
    '[ { pack: postgres } ]',
    '[ { pack: postgres, select: { instance: a } }, { pack: postgres, select: { instance: b } } ]',
    'plimsoll.yaml:11: "db" reads the pack "postgres" twice, and only the first would be looked at; select all of its instances by a label that they share or by a list of its values, or make a component of each',
  ],
  [
    'a name without signals that hides a shared component',
    'targets:\n  - name: shop\n    components:\n      - name: api\n        signals: [ { pack: nodejs, select: { job: shop } } ]\n        calls: [db]\n      - name: db\n        signals: [ { pack: postgres } ]',
    'components:\n  - name: db\n    signals: [ { pack: postgres } ]\ntargets:\n  - name: shop\n    components:\n      - name: api\n        calls: [db]\n      - name: db',
    'plimsoll.yaml:12: "db" has no signals here and hides the shared component of that name; write "- db" to use that one, or name this one otherwise',
  ],
  [
    'a circle of calls',
    '[ { pack: postgres } ]',
    '[ { pack: postgres } ]\n        calls: [api]',
    'plimsoll.yaml:9: "calls" goes in a circle: api → db → api',
  ],
  [
    'an address that is not http',
    'http://prometheus:9090',
    'prometheus:9090',
    'plimsoll.yaml:3: "prometheus:9090" is not an http or https address, as in http://prometheus:9090',
  ],
  [
    'a password in an address',
    'http://prometheus:9090',
    'http://u:hunter2@prometheus:9090',
    'plimsoll.yaml:3: the address holds a user or a password; put them into files (basic_auth, bearer_token_file)',
  ],
  [
    'a method that writes',
    'path: /items',
    'path: /items, method: POST',
    'plimsoll.yaml:15: request "browse" is a POST, which may change things; set "writes: true" under "load" to allow it',
  ],
  [
    'an unknown plan',
    'requests:',
    'plan: hill\n      requests:',
    'plimsoll.yaml:14: there is no plan "hill"; known are ramp, search, soak, spike, staircase',
  ],
  [
    'a ceiling in another unit',
    'calls: [db]',
    'ceilings: { event_loop: 2 cores }',
    'plimsoll.yaml:9: "2 cores" is no amount above 0 in event loops, as in 2 event loops',
  ],
  [
    'a ceiling of nothing that is known',
    'calls: [db]',
    'ceilings: { heep: 1 GiB }',
    'plimsoll.yaml:9: no pack of "api" has a resource "heep"; did you mean "heap"?',
  ],
  [
    'an address range that is none',
    'calls: [db]',
    'addresses: { range: 10.4.0.0, each: /24 }',
    'plimsoll.yaml:9: targets.shop.components.api.addresses.range: "10.4.0.0" is not an address range with its prefix length, as in 10.4.0.0/21, /24',
  ],
  [
    'an address range that is smaller than what each takes of it',
    'calls: [db]',
    'addresses: { range: /24, each: 10.4.0.0/21 }',
    'plimsoll.yaml:9: each of 10.4.0.0/21 does not fit into a range of /24; its prefix must be at least as long, as in /24 out of /21',
  ],
  [
    'a part that the pack does not know',
    '{ pack: postgres }',
    '{ pack: postgres, part: { dataname: shop } }',
    'plimsoll.yaml:11: the pack "postgres" has no part "dataname"; did you mean "datname"?',
  ],
  [
    'traffic from a pack that tells none',
    'load:',
    'traffic: { pack: node }\n    load:',
    'plimsoll.yaml:12: the pack "node" tells no traffic, as http-otel does',
  ],
  [
    'two components of one name',
    'name: db',
    'name: api',
    'plimsoll.yaml:10: targets.0.components: there are two of the name "api"',
  ],
  [
    'a list where a map belongs',
    '{ name: main, url: "http://prometheus:9090" }',
    '[main]',
    'plimsoll.yaml:3: prometheus.0: a list is not a map of keys and values',
  ],
  [
    'an address where a list of maps belongs',
    '\n  - { name: main, url: "http://prometheus:9090" }',
    ' http://prometheus:9090',
    'plimsoll.yaml:2: prometheus: "http://prometheus:9090" is not a list of maps with "name" and "url"',
  ],
  ['a text that is no YAML', 'targets:', 'targets: [', 'plimsoll.yaml:5: not YAML: '],
];

test.each(wrong)('%s is refused with its line and what would be right', (_, right, instead, said) => {
  expect(plain).toContain(right);
  expect(complaint(plain.replace(right, instead))).toContain(said);
});

test('a target without components is refused', () => {
  const text =
    'apiVersion: plimsoll.dev/v1\nprometheus: [{ name: p, url: "http://p" }]\ntargets:\n  - name: shop\n    components: []\n';
  expect(complaint(text)).toBe('plimsoll.yaml:5: target "shop" has no components; list at least one');
  expect(complaint(text.replace('    components: []\n', ''))).toBe(
    'plimsoll.yaml:4: targets.shop: the key "components" is missing',
  );
});

test('a password or a token never stands in a message', () => {
  const text = plain.replace(
    'name: main',
    'name: main, headers: { Authorization: [hunter2] }, basic_auth: { username: u, password: hunter2 }',
  );
  expect(complaint(text)).toContain('plimsoll.yaml:3');
  expect(complaint(text)).not.toContain('hunter2');
});
