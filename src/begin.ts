import { readFile, stat } from 'node:fs/promises';
import type { Begun, Wish } from './cli/handed.ts';
import { type Mixed, mixedInWords } from './collect/told-twice.ts';
import { builtInPacks, builtInPlans } from './config/load-configuration.ts';
import { readConfiguration, type Shelf } from './config/read.ts';
import { yamlDocument } from './config/yaml-document.ts';
import { fault } from './faults.ts';
import type { BlindSpot } from './model/blind-spot.ts';
import type { Configuration } from './model/configuration.ts';
import type { Order } from './model/order.ts';
import { observation } from './run/order-of.ts';
import { type Beginning, configurationText, narrowedTo, rowFiles, told } from './survey/configuration-text.ts';
import { fromHar } from './survey/from-har.ts';
import { fromLog } from './survey/from-log.ts';
import { fromOpenapi } from './survey/from-openapi.ts';
import { guess } from './survey/guess.ts';
import type { Mix } from './survey/kind.ts';
import { fieldsOf, isFields } from './survey/unknowns.ts';
import type { RealWorld } from './world.ts';

/** Where a Prometheus is looked for when none is named. */
const usualPrometheus = 'http://127.0.0.1:9090';
const mebibyte = 1024 * 1024;
const longest = 256 * mebibyte;
const ofOpenapi = { longest: 16 * mebibyte, mostEntries: 500_000 };

/**
 * Begins a configuration: from the series of a Prometheus, from what was asked of a service, or both. Sends nothing but questions to the Prometheus.
 *
 * @throws USAGE where a file cannot be used, with its place; PROMETHEUS_UNREACHABLE and its like
 */
export async function begin(wish: Wish, looking: (text: string) => void, stop: AbortSignal): Promise<Begun> {
  const mix = wish.from && (await mixFrom(wish.from, wish));
  const bare: Beginning = {
    prometheus: wish.prometheus ?? usualPrometheus,
    guess: undefined,
    mix,
    url: wish.url,
    rowsAt: wish.to?.replace(/\.ya?ml$/, ''),
    blind: new Map(),
  };
  const shelf = { packs: await builtInPacks(), plans: await builtInPlans() };
  const whole = wish.prometheus === undefined ? bare : await lookedAround(bare, shelf, looking, stop);
  const text = configurationText(whole);
  read(text, shelf);
  const rows = rowFiles(mix?.kinds ?? [], whole.rowsAt);
  return { text, rows: rows.map(({ path, text: lines }) => ({ path, text: lines })), notes: told(whole) };
}

const read = (text: string, shelf: Shelf): Configuration => readConfiguration(text, 'what init wrote', shelf);

/** Guesses from the series, then looks at what was guessed as `doctor` does. */
async function lookedAround(
  bare: Beginning,
  shelf: Shelf,
  looking: (text: string) => void,
  stop: AbortSignal,
): Promise<Beginning> {
  const { worldOf } = await import('./world.ts');
  looking(`asking ${bare.prometheus} which series it has`);
  const { traces, scraped, notes } = await worldOf(read(configurationText(bare), shelf)).overview('main', stop);
  const guessed = guess(traces, shelf.packs, scraped);
  const beginning = {
    ...bare,
    guess: { ...guessed, notes: [...(bare.worlds ?? []), ...guessed.notes, ...notes.map(({ text }) => text)] },
  };
  const configuration = read(configurationText(beginning), shelf);
  const world = worldOf(configuration);
  const several = await mixedIn(configuration, world, stop);
  const one = several.find(({ isWorld, label }) => isWorld && bare.select?.[label] === undefined);
  if (one) return lookedAround(narrowedTo(one, bare), shelf, looking, stop);
  const blind = new Map<string, readonly BlindSpot[]>();
  if (several.length > 0) {
    const all = [...new Set(several.map(mixedInWords))];
    return { ...beginning, guess: { ...beginning.guess, notes: [...beginning.guess.notes, ...all] }, blind };
  }
  for (const target of configuration.targets) {
    looking(`looking at ${target.name}`);
    blind.set(target.name, await blindOf(configuration, target, world, stop));
  }
  return { ...beginning, blind };
}

/** What targets would add up though it is several things. */
async function mixedIn(configuration: Configuration, world: RealWorld, stop: AbortSignal): Promise<readonly Mixed[]> {
  const found: Mixed[] = [];
  for (const target of configuration.targets)
    found.push(...(await world.mixtures(lookAt(configuration, target), stop)));
  return found;
}

const lookAt = (configuration: Configuration, target: Configuration['targets'][number]): Order => {
  const reference = { kind: 'unknown', why: 'it is only looked at' } as const;
  return observation(configuration, target, { run: 'init', version: '', reference });
};

async function blindOf(
  configuration: Configuration,
  target: Configuration['targets'][number],
  world: RealWorld,
  stop: AbortSignal,
): Promise<readonly BlindSpot[]> {
  const { blind } = await world.inventory(lookAt(configuration, target), stop);
  return blind;
}

async function mixFrom({ kind, file }: NonNullable<Wish['from']>, { writes, url, to }: Wish): Promise<Mix> {
  const text = (await textOf(file)).replace(/^\ufeff/, '');
  const origin = url !== undefined && URL.canParse(url) ? new URL(url).origin : undefined;
  const ways = { writes, rows: to !== undefined };
  switch (kind) {
    case 'har':
      return fromHar(jsonOf(text, file), file, { ways, origin });
    case 'openapi':
      return fromOpenapi(documentOf(text, file), writes);
    case 'log':
      return fromLog(text, file, ways);
  }
}

async function textOf(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > longest) throw fault('USAGE', [`${file} is longer than ${longest / mebibyte} MiB; give a part of it`]);
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'USAGE') throw error;
    throw fault('USAGE', [`${file} cannot be read: ${code === 'ENOENT' ? 'there is no such file' : code}`], error);
  }
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw fault(
      'USAGE',
      [`${file} is not JSON: ${error instanceof Error ? error.message.slice(0, 160) : error}`],
      error,
    );
  }
}

/** JSON is read as JSON: much faster than as YAML, but it knows no lines. */
function documentOf(text: string, file: string): Parameters<typeof fromOpenapi>[0] {
  if (text.trimStart().startsWith('{')) return { file, root: fieldsOf(jsonOf(text, file)), lineOf: undefined };
  const { value, lineOf } = yamlDocument(text, file, ofOpenapi);
  if (!isFields(value)) throw fault('USAGE', [`${file} is no OpenAPI document: it is no map of keys and values`]);
  return { file, root: value, lineOf };
}
