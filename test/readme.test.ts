import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { builtInPacks } from '../src/config/load-configuration.ts';
import { readConfiguration } from '../src/config/read.ts';
import { readPack } from '../src/config/read-pack.ts';
import { readPlan } from '../src/config/read-plan.ts';
import { alertGroups } from '../src/generate/alerting.ts';
import { verdictKinds } from '../src/model/report.ts';
import { metrics } from '../src/names.ts';

const read = (page: string): string => readFileSync(new URL(`../${page}`, import.meta.url), 'utf8');
const pages = ['README.md', 'config/packs/README.md', 'deploy/README.md', 'src/README.md'];
const packs = await builtInPacks();

/** Every YAML block of a page, by the line on which it begins. */
const blocks = pages.flatMap((page) => {
  const text = read(page);
  return [...text.matchAll(/^```ya?ml\n([\s\S]*?)^```/gmu)].map((match) => ({
    where: `${page}:${text.slice(0, match.index).split('\n').length}`,
    yaml: match[1] ?? '',
  }));
});

const readers = [
  {
    begins: /^apiVersion:/mu,
    read: (yaml: string, where: string) => readConfiguration(yaml, where, { packs, plans: [] }),
  },
  { begins: /^pack:/mu, read: (yaml: string, where: string) => readPack(yaml, where) },
  { begins: /^kind:/mu, read: (yaml: string, where: string) => readPlan(yaml, where, 'shown') },
  {
    begins: /^\{ kind:/mu,
    read: (yaml: string, where: string) =>
      yaml
        .trim()
        .split('\n')
        .map((line) => readPlan(line, where, 'shown')),
  },
];

test('there are configurations and a pack to be read', () => {
  const begun = readers.map(({ begins }) => blocks.filter(({ yaml }) => begins.test(yaml)).length);
  expect(begun[0]).toBeGreaterThanOrEqual(2);
  expect(begun[1]).toBeGreaterThanOrEqual(1);
});

test.each(blocks)('the YAML at $where is read by the reader that it is for', ({ where, yaml }) => {
  const reader = readers.find(({ begins }) => begins.test(yaml));
  expect(reader, 'a block is a configuration, a pack or a plan').toBeDefined();
  expect(() => reader?.read(yaml, where)).not.toThrow();
});

const readme = read('README.md');

test('the README names no metric that there is not, no verdict too few, and as many alerts as there are', () => {
  const known = new Set<string>(Object.values(metrics).map(({ name }) => name));
  const named = [...readme.matchAll(/`(plimsoll_\w+)`/gu)].map((match) => match[1] ?? '');
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
  expect(verdictKinds.filter((kind) => !readme.includes(`*${kind}*`))).toEqual([]);
  const alerts = alertGroups.flatMap((group) => group.alerts);
  expect(readme).toContain(`${alerts.length} alert rules`);
});

test('the README names no path of the API that there is not', () => {
  const golden: { readonly paths: Readonly<Record<string, unknown>> } = JSON.parse(
    read('test/surface/goldens/openapi.json'),
  );
  const named = [...readme.matchAll(/`(?:GET |POST )?(\/(?:api|metrics|-\/|openapi)[^`]*)`/gu)].map(
    (match) => match[1] ?? '',
  );
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((path) => !(path in golden.paths))).toEqual([]);
});

test('the commands and exit codes of the README are those of the help', () => {
  const help = read('test/surface/goldens/help.txt');
  const commands = [...readme.matchAll(/^plimsoll (\w+)/gmu)].map((match) => match[1] ?? '');
  expect(commands.length).toBeGreaterThan(6);
  expect(commands.filter((command) => !help.includes(`Usage: plimsoll ${command} `))).toEqual([]);
  const codes = [...(read('test/surface/goldens/exit-codes.txt').split('\n\n')[0]?.matchAll(/^\d+/gmu) ?? [])].map(
    String,
  );
  expect(codes.filter((code) => !new RegExp(`^\\|[^|]*\\b${code}\\b`, 'mu').test(readme))).toEqual([]);
});
