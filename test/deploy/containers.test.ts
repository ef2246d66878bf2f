import { existsSync, readFileSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { buildProgram } from '../../src/cli/build-program.ts';
import { loadConfiguration } from '../../src/config/load-configuration.ts';
import { handedWith } from '../support/handed.ts';
import { top } from '../support/own-child.ts';

const read = (path: string) => readFileSync(`${top}${path}`, 'utf8');
const isThere = (path: string) => existsSync(`${top}${path}`);

/** Instructions of the Dockerfile, continued lines joined. */
const instructions = read('Dockerfile')
  .replace(/^#.*\n/gm, '')
  .replace(/\\\n\s*/g, ' ')
  .split('\n')
  .flatMap((line): readonly (readonly [string, string])[] => {
    const [, what, rest] = /^\s*([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    return what === undefined || rest === undefined ? [] : [[what, rest]];
  });
const stages = instructions.flatMap(([what, rest]) => (what === 'FROM' ? [/ AS (\w+)$/.exec(rest)?.[1] ?? ''] : []));

type Service = {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly target: string };
  readonly command?: readonly string[];
  readonly network_mode?: string;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, unknown>>;
};
type Compose = {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
};

const compose: Compose = parse(read('deploy/compose.yaml'), { merge: true });
const services = Object.entries(compose.services);
const mounts = services.flatMap(([name, { volumes = [] }]) =>
  volumes.map((volume) => ({ name, from: volume.split(':')[0] ?? '', to: volume.split(':')[1] ?? '' })),
);

test('every file that the image copies is there and not ignored', () => {
  const copied = instructions.filter(([what, rest]) => what === 'COPY' && !rest.startsWith('--from'));
  const sources = copied.flatMap(([, rest]) => rest.split(/\s+/).slice(0, -1));
  expect(sources.length).toBeGreaterThan(5);
  expect(sources.filter((path) => !isThere(path))).toEqual([]);
  const ignored = read('.dockerignore').trim().split('\n');
  expect(sources.filter((path) => ignored.some((pattern) => path.split('/')[0] === pattern))).toEqual([]);
});

test('every program that the image starts is there, and so are the command and option it is started with', () => {
  const entries = instructions
    .filter(([what]) => what === 'ENTRYPOINT')
    .map(([, rest]): readonly string[] => JSON.parse(rest));
  expect(entries.length).toBe(2);
  expect(entries.filter(([node, file]) => node !== 'node' || !isThere(file ?? ''))).toEqual([]);
  const words: readonly string[] = JSON.parse(instructions.find(([what]) => what === 'CMD')?.[1] ?? '[]');
  const program = buildProgram(handedWith().handed);
  expect(program.commands.map((command) => command.name())).toContain(words[0]);
  expect(program.options.map((option) => option.long)).toContain(words[1]);
});

test('the stages that the image copies from and compose builds are stages of the Dockerfile', () => {
  const used = instructions.flatMap(([, rest]) => /^--from=(\w+)/.exec(rest)?.[1] ?? []);
  const built = services.flatMap(([, { build }]) => (build === undefined ? [] : [build.target]));
  expect([...used, ...built].filter((stage) => !stages.includes(stage))).toEqual([]);
});

test('every path that compose mounts is there, or a volume of its own', () => {
  const wrong = mounts.filter(({ from }) => {
    if (!from.startsWith('.')) return !(from in compose.volumes);
    return !isThere(posix.join('deploy', from));
  });
  expect(wrong).toEqual([]);
});

test('every file that a container is told to read is mounted into it', () => {
  const told = services.flatMap(([name, { command = [], environment = {} }]) =>
    [...command, ...Object.values(environment)]
      .flatMap((text) => /(\/etc\/\S+)$/.exec(text)?.[1] ?? [])
      .map((path) => ({ name, path })),
  );
  expect(told.length).toBeGreaterThan(1);
  expect(told.filter(({ name, path }) => !mounts.some((mount) => mount.name === name && mount.to === path))).toEqual(
    [],
  );
});

test('nothing is published beyond 127.0.0.1', () => {
  const ports = services.flatMap(([, { ports: published = [] }]) => published);
  expect(ports.length).toBe(3);
  expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
});

test('images are pinned, and what a service waits for or shares a network with is a service', () => {
  const images = services.flatMap(([, { image }]) => image ?? []);
  expect(images.filter((image) => !/:v?\d+(\.\d+)*(-\w+)?$/.test(image))).toEqual([]);
  const named = services.flatMap(([, { network_mode = '', depends_on = {} }]) => [
    ...Object.keys(depends_on),
    ...(network_mode === '' ? [] : [network_mode.replace('service:', '')]),
  ]);
  expect(named.filter((name) => !(name in compose.services))).toEqual([]);
});

test('what Prometheus scrapes is what the containers serve', () => {
  type Scrapes = {
    readonly scrape_configs: readonly { readonly static_configs: readonly { readonly targets: readonly string[] }[] }[];
  };
  const { scrape_configs }: Scrapes = parse(read('deploy/compose/prometheus.yaml'));
  const scraped = scrape_configs.flatMap(({ static_configs }) => static_configs.flatMap(({ targets }) => targets));
  const told = `${JSON.stringify(compose)} ${read('deploy/compose/plimsoll.yaml')}`;
  const ports = scraped.map((target) => target.split(':')[1] ?? 'none');
  expect(ports.filter((port) => !new RegExp(`\\b${port}\\b`).test(told))).toEqual([]);
});

test("compose's configuration is one that Plimsoll reads, and loads nothing but loopback", async () => {
  const { targets, prometheus } = await loadConfiguration(`${top}deploy/compose/plimsoll.yaml`);
  expect(targets.map(({ name }) => name)).toEqual(['shop']);
  const addresses = [...prometheus.map(({ url }) => url), ...targets.map(({ load }) => load?.url ?? '')];
  expect(addresses.filter((url) => !url.startsWith('http://127.0.0.1:'))).toEqual([]);
});

test('what the workflow and the comments of compose tell to run is there', () => {
  const { jobs }: { readonly jobs: { readonly test: { readonly steps: readonly { readonly run?: string }[] } } } =
    parse(read('.github/workflows/ci.yaml'));
  const commands = jobs.test.steps.flatMap(({ run }) => run ?? []);
  expect(commands).toEqual(['.ci/run']);
  expect(statSync(`${top}.ci/run`).mode & 0o111).toBe(0o111);
  expect(read('deploy/compose.yaml').match(/docker compose -f (\S+)/g)).toEqual(
    Array(2).fill('docker compose -f deploy/compose.yaml'),
  );
});

const pages = [
  '.github/CONTRIBUTING.md',
  '.github/SECURITY.md',
  'CHANGELOG.md',
  'README.md',
  'config/packs/README.md',
  'deploy/README.md',
  'src/README.md',
];

test.each(pages)('every path and npm script that %s names is there', (page) => {
  const quoted = [...read(page).matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');
  const paths = quoted.filter((text) => /^[\w.-]+(\/[\w.-]*)+$|^[\w.-]+\.(ts|cjs|md|yaml|json)$/.test(text));
  const missing = paths.filter((path) => !isThere(path) && !isThere(posix.join(posix.dirname(page), path)));
  // What is made on demand is not there: builds, and what \`generate k6\` writes.
  const made = /^(dist\/|node_modules|\/|application\/|k6\/TARGET\/|(plan|rows)\.json$|testrun\.yaml$)/;
  expect(missing.filter((path) => !made.test(path))).toEqual([]);
  const { scripts }: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(read('package.json'));
  const told = [...read(page).matchAll(/npm (?:run )?(?:--\w+ )?([\w:]+)/g)].map((match) => match[1] ?? '');
  const known = [...Object.keys(scripts), 'package', 'install', 'brings'];
  expect(told.filter((word) => !known.includes(word))).toEqual([]);
});
