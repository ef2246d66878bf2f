import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { type Ended, ownChild, top } from '../support/own-child.ts';

type Locked = { readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly version: string }>> };

/** The environment of the host: its own node and npm, not those of a clone. */
export function hostEnvironment(): Readonly<Record<string, string>> {
  const own = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  return { PATH: own.join(delimiter) };
}

function must({ code, output }: Ended, what: string): void {
  if (code !== 0) throw new Error(`${what}: exit ${code}\n${output.slice(-3000)}`);
}

/**
 * Packs Plimsoll and installs it into an empty folder with the host's own npm: at the versions of the lock file, so that npm finds
 * everything in its cache. Returns the path of the program.
 */
export async function install(folder: string): Promise<string> {
  await rm(`${top}dist`, { recursive: true, force: true });
  must(await ownChild('npm', ['pack', '--ignore-scripts=false', '--pack-destination', folder]), 'npm pack');
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz')) ?? 'none';
  const manifest = JSON.parse(await readFile(`${top}package.json`, 'utf8'));
  const { packages }: Locked = JSON.parse(await readFile(`${top}package-lock.json`, 'utf8'));
  const runtime = Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev !== true);
  const dependencies = { plimsoll: `file:${tarball}` };
  const { version, bin, dependencies: needs, optionalDependencies } = manifest;
  const own = { version, resolved: `file:${tarball}`, bin, dependencies: needs, optionalDependencies };
  const lock = {
    name: 'empty',
    lockfileVersion: 3,
    requires: true,
    packages: { '': { name: 'empty', dependencies }, 'node_modules/plimsoll': own, ...Object.fromEntries(runtime) },
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'empty', private: true, dependencies }));
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock));
  const args = ['ci', '--include=optional', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
  must(await ownChild('npm', args, { folder, env: hostEnvironment() }), 'npm ci');
  return join(folder, 'node_modules', '.bin', 'plimsoll');
}
