import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fault } from '../faults.ts';
import type { Configuration } from '../model/configuration.ts';
import type { Pack } from '../model/pack.ts';
import type { PlanShape } from '../model/plan-shape.ts';
import type { FeederSource } from '../model/request-source.ts';
import type { Wire } from '../model/wire.ts';
import { places } from '../places.ts';
import { fingerprint } from './fingerprint.ts';
import { frozen } from './frozen.ts';
import { readConfiguration, type Shelf } from './read.ts';
import { readPack } from './read-pack.ts';
import { readPlan } from './read-plan.ts';
import { yamlDocument } from './yaml-document.ts';

/**
 * Reads a configuration file, the packs and plans that come with Plimsoll, and those in the folders that it names.
 * A user's own pack or plan stands before ours of the same name.
 *
 * @throws CONFIG_INVALID with file and line, or with the file that cannot be read
 */
export async function loadConfiguration(file: string): Promise<Configuration> {
  const text = await textOf(file);
  const own = foldersIn(text, file);
  const under = (folder: string): string => resolve(dirname(file), folder);
  const shelf: Shelf = {
    packs: latest(
      [...(await builtInPacks()), ...(own.packs === undefined ? [] : await packsIn(under(own.packs)))],
      ({ pack }) => pack,
    ),
    plans: latest(
      [...(await builtInPlans()), ...(own.plans === undefined ? [] : await plansIn(under(own.plans)))],
      ({ name }) => name,
    ),
  };
  return filled(located(readConfiguration(text, file, shelf), under), under);
}

/** The packs of config/packs. */
export const builtInPacks = (): Promise<readonly Pack[]> => packsIn(fileURLToPath(new URL('packs/', places.config)));

/** The plans of config/plans. */
export const builtInPlans = (): Promise<readonly PlanShape[]> =>
  plansIn(fileURLToPath(new URL('plans/', places.config)));

async function packsIn(folder: string): Promise<readonly Pack[]> {
  return Promise.all((await yamlsIn(folder)).map(packAt));
}

/** Packs by the file that they were read from: a text that is still the same is not read again. */
const read = new Map<string, { readonly text: string; readonly pack: Pack }>();

async function packAt(file: string): Promise<Pack> {
  const text = await textOf(file);
  const before = read.get(file);
  if (before?.text === text) return before.pack;
  const pack = readPack(text, file);
  read.set(file, { text, pack });
  return pack;
}

async function plansIn(folder: string): Promise<readonly PlanShape[]> {
  return Promise.all(
    (await yamlsIn(folder)).map(async (file) =>
      readPlan(await textOf(file), file, basename(file).replace(/\.ya?ml$/, '')),
    ),
  );
}

async function yamlsIn(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => /\.ya?ml$/.test(name))
      .sort()
      .map((name) => resolve(folder, name));
  } catch (error) {
    throw fault('CONFIG_INVALID', [folder, 'the folder cannot be read'], error);
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : 'the file cannot be read';
    throw fault('CONFIG_INVALID', [file, why], error);
  }
}

/** The folders that a configuration names; whatever else is wrong with it, its reader says. */
function foldersIn(
  text: string,
  file: string,
): { readonly packs: string | undefined; readonly plans: string | undefined } {
  const { value } = yamlDocument(text, file);
  const folder = (key: string): string | undefined => {
    const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
    return typeof found === 'string' ? found : undefined;
  };
  return { packs: folder('packs'), plans: folder('plans') };
}

/** The same with the rows of all feeders read; what they hold is part of the hash. */
async function filled(configuration: Configuration, under: (path: string) => string): Promise<Configuration> {
  if (configuration.targets.every(({ load }) => (load?.data ?? []).length === 0)) return configuration;
  const { readRows } = await import('./read-rows.ts');
  const feederOf = async (feeder: FeederSource): Promise<FeederSource> => ({
    ...feeder,
    ...readRows(await textOf(under(feeder.file)), under(feeder.file)),
  });
  const targets = await Promise.all(
    configuration.targets.map(async (target) =>
      target.load === undefined
        ? target
        : { ...target, load: { ...target.load, data: await Promise.all(target.load.data.map(feederOf)) } },
    ),
  );
  const rows = targets.map(({ load }) => load?.data.map((feeder) => feeder.rows));
  return frozen({ ...configuration, targets, hash: fingerprint([configuration.hash, rows]) });
}

/** Paths in a configuration are seen from its own folder. */
function located(configuration: Configuration, under: (path: string) => string): Configuration {
  return frozen({
    ...configuration,
    storage: { path: under(configuration.storage.path) },
    targets: configuration.targets.map((target) =>
      target.load === undefined
        ? target
        : { ...target, load: { ...target.load, wire: wireUnder(target.load.wire, under) } },
    ),
    prometheus: configuration.prometheus.map((source) => ({
      ...source,
      bearerTokenFile: source.bearerTokenFile === undefined ? undefined : under(source.bearerTokenFile),
      basicAuth: source.basicAuth && { ...source.basicAuth, passwordFile: under(source.basicAuth.passwordFile) },
      headersFile: Object.fromEntries(Object.entries(source.headersFile).map(([name, path]) => [name, under(path)])),
    })),
  });
}

function wireUnder(wire: Wire, under: (path: string) => string): Wire {
  const { caFile, client, ...tls } = wire.tls;
  return {
    ...wire,
    tls: {
      ...tls,
      caFile: caFile === undefined ? undefined : under(caFile),
      client: client && { certFile: under(client.certFile), keyFile: under(client.keyFile) },
    },
  };
}

function latest<T>(items: readonly T[], nameOf: (item: T) => string): readonly T[] {
  return [...new Map(items.map((item) => [nameOf(item), item])).values()];
}
