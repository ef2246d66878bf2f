import fc from 'fast-check';
import { expect, test } from 'vitest';
import { builtInPacks, builtInPlans } from '../../src/config/load-configuration.ts';
import { readConfiguration } from '../../src/config/read.ts';
import { readRows } from '../../src/config/read-rows.ts';
import { layOut } from '../../src/plan/lay-out.ts';
import { compile } from '../../src/plan/script.ts';
import { configurationText, narrowedTo, rowFiles, told } from '../../src/survey/configuration-text.ts';
import { guess } from '../../src/survey/guess.ts';
import type { Mix, Seen } from '../../src/survey/kind.ts';
import { mixOf } from '../../src/survey/mix.ts';
import { noObjectives } from '../plan/shapes.ts';

const shelf = { packs: await builtInPacks(), plans: await builtInPlans() };
const read = (text: string, packs = shelf.packs) => readConfiguration(text, 'begun.yaml', { ...shelf, packs });
const mixFrom = (seen: readonly Seen[], writes: boolean, more: Partial<Mix> = {}, rows = false): Mix => ({
  source: 'a.log',
  origin: undefined,
  busiest: undefined,
  ...mixOf(seen, { writes, rows }),
  ...more,
});
const textFrom = (mix: Mix | undefined, url?: string, rowsAt?: string) =>
  configurationText({ prometheus: 'http://main:9090', guess: undefined, mix, url, rowsAt, blind: new Map() });

/** Reads it, lays its plan out and compiles its requests, as a run would. */
function compiled(text: string, files: ReturnType<typeof rowFiles> = []) {
  const { targets, limits } = read(text, []);
  const told = targets[0]?.load;
  if (!told) throw new Error('it has no load');
  const rowsOf = (feeder: string) => files.find((file) => file.feeder === feeder)?.text ?? '';
  const load = { ...told, data: told.data.map((one) => ({ ...one, ...readRows(rowsOf(one.name), one.file) })) };
  const plan = layOut(load.plan, { scrape: undefined, caps: limits, objectives: noObjectives });
  const address = { origin: 'http://127.0.0.1:8080', address: '127.0.0.1' };
  return compile(load, { target: 'x', run: 'x', version: '0', plan, caps: limits, workers: 1, ...address });
}

test('what a recording showed is a configuration that its reader takes, with what may change things as comments', () => {
  const seen: readonly Seen[] = [
    { method: 'GET', path: '/items/1' },
    { method: 'GET', path: '/items/4' },
    { method: 'POST', path: '/orders', body: { type: 'application/json', text: '{"item":1}' } },
  ];
  const text = textFrom(mixFrom(seen, false, { origin: 'https://shop.example', busiest: 12.345 }));
  expect(text).toContain('    # expect: 12.3/s # the busiest minute of the log');
  expect(text).toContain(
    '        # POST may change things\n        # - { name: post-orders, method: POST, path: /orders, json: { item: 1 } }\n',
  );
  expect(compiled(text).classes.map(({ name }) => name)).toEqual(['items-id']);
  expect(compiled(textFrom(mixFrom(seen, true))).classes.map(({ name }) => name)).toEqual(['items-id', 'post-orders']);
  expect(read(text).targets.map(({ name, load }) => [name, load?.url])).toEqual([['shop', 'https://shop.example']]);
});

test('where nothing may be sent as it stands one request keeps the place', () => {
  expect(
    compiled(textFrom(mixFrom([{ method: 'DELETE', path: '/all' }], false))).classes.map(({ name }) => name),
  ).toEqual(['root']);
});

/** Any characters, lone halves of pairs left out. (The `binary` unit of fast-check makes a table of all of them first.) */
const anything = (maxLength: number) =>
  fc
    .array(
      fc.integer({ min: 0, max: 0x10_f7ff }).map((code) => String.fromCodePoint(code < 0xd800 ? code : code + 0x800)),
      { maxLength },
    )
    .map((letters) => letters.join(''));

test('whatever was asked of a service, the beginning is read, laid out and compiled', () => {
  const path = fc
    .array(fc.oneof(anything(12), fc.nat().map(String), fc.constantFrom('{{row.x}}', '{{random 1 2}}', '{{')), {
      maxLength: 4,
    })
    .map((parts) => `/${parts.join('/')}`);
  const body = fc.option(
    fc.record({
      type: fc.constantFrom('application/json', 'text/plain', '{{'),
      text: fc.oneof(fc.json(), anything(10)),
    }),
    { nil: undefined },
  );
  const seen = fc.record({ method: fc.constantFrom('GET', 'POST', 'DELETE', 'odd'), path, body });
  fc.assert(
    fc.property(fc.array(seen, { maxLength: 8 }), fc.boolean(), fc.boolean(), (requests, writes, rows) => {
      const mix = mixFrom(requests, writes, {}, rows);
      const files = rowFiles(mix.kinds, 'begun');
      expect(compiled(textFrom(mix, undefined, 'begun'), files).classes.length).toBeGreaterThan(0);
    }),
    { seed: 11, numRuns: 30 },
  );
});

test('what is blind stands at its target, and a summary tells what was guessed', () => {
  const places = [{ namespace: 'shop', pod: 'api-7d9f5c-abcde', container: 'api' }];
  const guessed = guess(
    [
      { pack: 'http-otel', tells: 'traffic', job: 'shop', places },
      { pack: 'nodejs', tells: 'resources', job: 'shop', places },
      { pack: 'redis', tells: 'resources', job: 'redis', places: [{}] },
    ],
    shelf.packs,
  );
  const blind = new Map([['shop', [{ component: 'redis', resource: 'memory', why: 'no ceiling', cure: 'state it' }]]]);
  const beginning = {
    prometheus: 'http://main:9090',
    guess: guessed,
    mix: undefined,
    url: undefined,
    rowsAt: undefined,
    blind,
  };
  const text = configurationText(beginning);
  expect(text).toContain('# blind: redis / memory: no ceiling; cure: state it\n');
  expect(read(text).targets[0]?.components.map(({ name }) => name)).toEqual(['shop', 'redis']);
  expect(told(beginning)).toEqual([
    'guessed target "shop" (http-otel, nodejs), 1 blind spot',
    'guessed component "redis", because of job "redis"',
  ]);
});

test('a component of which nothing is seen is one that its reader takes', () => {
  const guessed = guess([{ pack: 'http-prometheus', tells: 'traffic', job: 'app', places: [{}] }], shelf.packs);
  const nothing = { mix: undefined, url: undefined, rowsAt: undefined, blind: new Map() };
  const text = configurationText({ prometheus: 'http://main:9090', guess: guessed, ...nothing });
  expect(read(text).targets[0]?.components).toMatchObject([{ name: 'app', signals: [] }]);
});

test('what was seen together stays together, in a file beside the configuration', () => {
  const seen: readonly Seen[] = ['/s?q=a&n=1', '/s?q="b"&n=2'].map((path) => ({ method: 'GET', path }));
  const mix = mixFrom(seen, false, {}, true);
  const [file] = rowFiles(mix.kinds, 'here/begun');
  const text = ['"q","n"', '"a","1"', '"""b""","2"', ''].join('\r\n');
  expect(file).toEqual({ feeder: 's-rows', path: 'here/begun-s.csv', text });
  expect(textFrom(mix, undefined, 'here/begun')).toContain('        s-rows: { file: ./begun-s.csv, order: random }\n');
});

test('of several worlds that hold things of the same names the first is begun with, and it is said that there are others', () => {
  const bare = { prometheus: 'http://main:9090', mix: undefined, url: undefined, rowsAt: undefined, blind: new Map() };
  const one = narrowedTo({ label: 'cluster', values: ['eu', 'us'] }, { ...bare, guess: undefined });
  const guessed = { targets: [], shared: [], notes: one.worlds ?? [] };
  const text = configurationText({ ...one, guess: guessed });
  expect(read(text).prometheus[0]?.select).toEqual({ cluster: 'eu' });
  expect(text).toContain('# - "cluster" is one of eu, us: what stands here is of eu alone');
});
