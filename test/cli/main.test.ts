import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownChild } from '../support/own-child.ts';
import { reportWith } from '../support/report-with.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plimsoll-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a command, and tells what it loaded besides. */
async function plimsoll(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  children += 1;
  const file = join(folder, `${children}.loads`);
  const args = ['--import', './test/support/record-loads.ts', 'src/main.ts', ...words];
  const ended = await ownChild(process.execPath, args, { env: { ...env, PLIMSOLL_LOADS: file } });
  return { ...ended, loaded: (await readFile(file, 'utf8')).split('\n') };
}
let children = 0;

/** What takes long to load, and is needed only where a service runs or load is sent. */
const heavy = /node_modules\/(?:@opentelemetry|fastify|@fastify|undici|pino|pg|prometheus-query)\/|^node:sqlite$/;

function expectLittle(loaded: readonly string[]): void {
  expect(loaded.filter((url) => heavy.test(url))).toEqual([]);
  expect(loaded.some((url) => url.endsWith('/src/cli/build-program.ts'))).toBe(true);
}

test('--version prints the version of the package and loads nothing that takes long', async () => {
  const { version }: { readonly version: string } = JSON.parse(await readFile('package.json', 'utf8'));
  const { code, output, loaded } = await plimsoll(['--version']);
  expect([code, output]).toEqual([0, `${version}\n`]);
  expectLittle(loaded);
});

const small = ['check', '--config', 'deploy/compose/plimsoll.yaml'];

beforeAll(async () => {
  const texts = { 'a.json': reportWith(), 'b.json': reportWith({ kind: 'not-reached' }) };
  for (const [name, report] of Object.entries(texts)) await writeFile(join(folder, name), JSON.stringify(report));
});

test('two report files are compared without a configuration, a store or anything else that takes long', async () => {
  const words = ['compare', join(folder, 'a.json'), join(folder, 'b.json')];
  const { output, loaded } = await plimsoll([...words, '-o', 'json']);
  expect(output).toContain('"plimsoll/comparison/v1"');
  expectLittle(loaded);
});

test('dashboards and rules are generated without anything that takes long', async () => {
  const words = ['generate', 'all', '--to', folder];
  const { code, output, loaded } = await plimsoll(words);
  expect(code).toBe(0);
  expect(output).toMatch(/\.json\n(.*\n)*.*\.yaml\n$/);
  expectLittle(loaded);
});

test.each([[['--help']], [['run', '--help']]])('%s loads nothing that takes long', async (words) =>
  expectLittle((await plimsoll(words)).loaded),
);

test.each([
  [[], /Usage: plimsoll/],
  [['sail'], /^error: unknown command 'sail'\n$/],
  [['run'], /^error: missing required argument 'target'\n$/],
  [['compare', 'one'], /^plimsoll: compare needs two runs or more: .*\n$/],
])('%s exits with 2 and a sentence', async (words, sentence) => {
  const { code, output } = await plimsoll(words);
  expect(code).toBe(2);
  expect(output).toMatch(sentence);
});

test('a fault is one sentence, with the stack only when it is asked for', async () => {
  const words = ['observe', 'shop', '--from', 'lunch'];
  expect((await plimsoll(words)).output).not.toContain(' at ');
  expect((await plimsoll(words, { PLIMSOLL_DEBUG: '1' })).output).toContain('parse-time.ts');
});

test('check says that a good configuration is good, and what its targets are, and loads nothing that takes long', async () => {
  const { code, output, loaded } = await plimsoll(small);
  expectLittle(loaded);
  expect(output).toMatch(/^deploy\/compose\/plimsoll\.yaml is good\n {2}shop: [^\n]*db[^\n]*; may be loaded\n/);
  expect(code).toBe(0);
});

test('check names the file and what is wrong with it', async () => {
  const { code, output } = await plimsoll(['check', '--config', 'no-such.yaml']);
  expect(output).toBe('plimsoll: no-such.yaml: there is no such file\n');
  expect(code).toBe(2);
});

test('PLIMSOLL_CONFIG names the configuration, and --config goes before it', async () => {
  const env = { PLIMSOLL_CONFIG: 'from-environment.yaml' };
  expect((await plimsoll(['check'], env)).output).toContain('from-environment.yaml');
  expect((await plimsoll(['check', '--config', 'named.yaml'], env)).output).toContain('named.yaml');
});

test('init begins a configuration from files, which check then takes, and writes over nothing', async () => {
  const [log, begun] = [join(folder, 'access.log'), join(folder, 'begun.yaml')];
  await writeFile(log, '203.0.113.7 - - [29/Nov/2026:10:15:42 +0000] "GET /items/7 HTTP/1.1" 200 512 "-" "curl/8.5"\n');
  const words = ['init', '--from-log', log, '--url', 'http://127.0.0.1:8080', '--quiet', '--to', begun];
  expect(await plimsoll(words)).toMatchObject({ code: 0, output: `${begun}\n` });
  expect((await plimsoll(['check', '--config', begun])).output).toContain('target: target; may be loaded');
  expect(await plimsoll(words)).toMatchObject({
    code: 2,
    output: `plimsoll: ${begun} was not written: there is such a file already, and nothing is written over\n`,
  });
});

test.each([
  ['no-such.har', '', /^plimsoll: \S+no-such\.har cannot be read: there is no such file\n$/],
  ['text.har', 'GET /', /^plimsoll: \S+text\.har is not JSON: [^\n]+\n$/],
])('init says in one sentence that %s cannot be used', async (name, text, sentence) => {
  const file = join(folder, name);
  if (text !== '') await writeFile(file, text);
  const { code, output } = await plimsoll(['init', '--from-har', file]);
  expect(code).toBe(2);
  expect(output).toMatch(sentence);
});

test('generate k6 writes the plan of a target although its Prometheus does not answer, and says what it assumed', async () => {
  const words = ['generate', 'k6', 'shop', '--config', join(folder, 'k6.yaml'), '--to', folder];
  await writeFile(
    join(folder, 'k6.yaml'),
    `apiVersion: plimsoll.dev/v1
prometheus: [ { name: main, url: "http://127.0.0.1:1", timeout: 1s } ]
limits: { rate: 50/s, duration: 15m }
targets:
  - { name: shop, components: [ { name: api } ], load: { url: "http://shop:8080/base", requests: [ { name: browse, path: /items } ] } }
`,
  );
  const { code, output } = await plimsoll(words);
  expect([code, output]).toEqual([0, expect.stringContaining('every 15 s is assumed')]);
  const plan = JSON.parse(await readFile(join(folder, 'k6/shop/plan.json'), 'utf8'));
  expect([plan.origin, plan.classes.browse.steps[0].path]).toEqual(['http://shop:8080', ['/base/items']]);
  expect(output).toContain(join(folder, 'k6/shop/testrun.yaml'));
});
