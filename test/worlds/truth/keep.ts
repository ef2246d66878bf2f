import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { threadId } from 'node:worker_threads';
import type { Start } from '../engine.ts';
import { type Nature, natureOf } from '../truth.ts';
import type { World } from '../world.ts';

const here = import.meta.dirname;
const worlds = dirname(here);
const folder = join(dirname(dirname(worlds)), 'node_modules', '.cache', 'plimsoll-worlds');

/** What a truth depends on besides its world: the text of the simulator and of what computes truths. */
export function hashOfSimulator(): string {
  const hash = createHash('sha256');
  const files = [
    ...sources(join(worlds, 'engine')),
    ...sources(here),
    join(worlds, 'truth.ts'),
    join(worlds, 'engine.ts'),
  ];
  for (const file of files.toSorted()) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

/** What depends on who looks is no part of a nature. */
const besides = ['kinds.ts', 'keep.ts'];

const sources = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !besides.includes(name))
    .map((name) => join(path, name));

const simulator = hashOfSimulator();

/** The nature of a world: computed once, and kept as long as neither the system nor the simulator changes. */
export function keptNature(world: World, start: Start): Nature {
  const file = join(folder, `${simulator}-${keyOfNature(world)}.json`);
  const kept = readKept(file);
  if (kept) return kept;
  const nature = natureOf(world, start);
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${file}.${process.pid}-${threadId}`, JSON.stringify(nature));
  renameSync(`${file}.${process.pid}-${threadId}`, file);
  return nature;
}

/** What the nature of a world depends on: not on who looks, and on the run's own loads only where something changes with time. */
export function keyOfNature({ seen: _, load, ...system }: World): string {
  const changes =
    load.kind === 'traffic' ||
    system.happenings.some(({ at }) => at > 0) ||
    system.classes.some(({ weight }) => weight.length > 1) ||
    JSON.stringify(system.parts).includes('"leak"');
  const kept = changes ? load : { ...load, rates: [], users: [], settle: 0, measure: 0, generator: undefined };
  return createHash('sha256')
    .update(JSON.stringify({ ...system, load: kept }))
    .digest('hex')
    .slice(0, 24);
}

function readKept(file: string): Nature | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Nature;
  } catch {
    return undefined;
  }
}
