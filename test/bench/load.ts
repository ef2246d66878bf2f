import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compiled } from './load/compiled.ts';
import { type Found, find, type Other, others } from './load/install.ts';
import type { LoadResults, Round } from './load/results.ts';
import { type Part, parts, round } from './load/round.ts';
import { tablesOf } from './load/table.ts';

const usage = `usage: npm run bench:load -- [--rounds 5] [--seconds 5] [--only speed,sessions,steps,memory,truth] [--without wrk,k6] [--append] [--table]
  --append adds rounds to those that are kept; --table only prints what is kept`;
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const folder = join(import.meta.dirname, 'results');
const file = join(folder, 'load.json');

const kept = (): LoadResults | undefined => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);

function machine(): string {
  const all = cpus();
  return `${all.length} cores (${all[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, Linux ${release()}; generators on one core, what they load on the other`;
}

function listed<T extends string>(option: string, text: string | undefined, known: readonly T[]): readonly T[] {
  const words = (text ?? '').split(',').filter((word) => word !== '');
  return words.map((word) => {
    const found = known.find((one) => one === word);
    if (found === undefined) throw new Error(`--${option} knows ${known.join(', ')}, not "${word}"`);
    return found;
  });
}

async function generators(without: readonly Other[]): Promise<Partial<Record<Other, Found>>> {
  const all: Partial<Record<Other, Found>> = {};
  for (const name of others) {
    all[name] = without.includes(name) ? { skipped: 'not asked for' } : await find(name);
    const found = all[name];
    say(found !== undefined && 'path' in found ? `${name} ${found.version}` : `${name} is skipped: ${found?.skipped}`);
  }
  return all;
}

function versionsOf(found: Partial<Record<Other, Found>>): LoadResults['versions'] {
  const { version } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../node_modules/undici/package.json'), 'utf8'),
  );
  const theirs = Object.entries(found).flatMap(([name, one]) => ('path' in one ? [[name, one.version]] : []));
  return { node: process.versions.node, undici: version, ...Object.fromEntries(theirs) };
}

const skippedOf = (found: Partial<Record<Other, Found>>): LoadResults['skipped'] =>
  Object.fromEntries(Object.entries(found).flatMap(([name, one]) => ('skipped' in one ? [[name, one.skipped]] : [])));

function keep(results: LoadResults): void {
  mkdirSync(folder, { recursive: true });
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toPrecision(5)) : value;
  writeFileSync(file, `${JSON.stringify(results, rounded, 1)}\n`);
}

async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '5' },
      only: { type: 'string', default: parts.join(',') },
      without: { type: 'string', default: '' },
      append: { type: 'boolean', default: false },
      table: { type: 'boolean', default: false },
    },
  });
  const before = kept();
  if (values.table) {
    if (before === undefined) throw new Error('nothing is kept yet');
    return void process.stdout.write(`${tablesOf(before)}\n`);
  }
  const wanted: readonly Part[] = listed('only', values.only, parts);
  if (cpus().length < 2) throw new Error('it takes two cores: one for the generators, one for what they load');
  const found = await generators(listed('without', values.without, others));
  const connections = 64;
  await using build = await compiled();
  const setting = { parts: wanted, others: found, connections, script: build.script, length: Number(values.seconds) };
  const rounds: Round[] = values.append ? [...(before?.rounds ?? [])] : [];
  for (let left = Number(values.rounds); left > 0; left--) {
    say(`round ${rounds.length + 1}`);
    rounds.push(await round({ ...setting, say: (text) => say(`  ${text}`) }));
    keep({ machine: machine(), versions: versionsOf(found), skipped: skippedOf(found), connections, rounds });
  }
  const results = kept();
  if (results !== undefined) process.stdout.write(`${tablesOf(results)}\n`);
}

try {
  await bench();
} catch (error) {
  say(`bench:load: ${error instanceof Error ? error.message : String(error)}\n${usage}`);
  process.exitCode = 2;
}
