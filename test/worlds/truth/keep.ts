import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { threadId } from 'node:worker_threads';
import type { Start } from '../engine.ts';
import { type Nature, natureOf } from '../truth.ts';
import type { World } from '../world.ts';
import { momentOf } from './schedule.ts';
import { steadied } from './steadied.ts';
import { hasLeaks } from './through-time.ts';

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

/** What the nature of a world depends on: how it stands at its highest load, not who looks, and its own loads only where time fills something meanwhile. */
export function keyOfNature(world: World): string {
  const { seen: _, ...system } = hasLeaks(world) ? world : steadied(world, momentOf(world));
  return createHash('sha256').update(JSON.stringify(system)).digest('hex').slice(0, 24);
}

function readKept(file: string): Nature | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Nature;
  } catch {
    return undefined;
  }
}
