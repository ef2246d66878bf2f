import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where a generator was found, or why it is left out. */
export type Found = { readonly path: string; readonly version: string } | { readonly skipped: string };

/** What the benchmark installs it keeps here, for the next time. */
const kept = join(homedir(), '.cache', 'plimsoll-bench');
const go = ['go', '/usr/local/go/bin/go'];

async function said(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { stdout, stderr } = await run(command, [...args], { env: { ...process.env, ...env } }).catch(
    (error: unknown) => {
      // wrk tells its version with the exit code of a wrong argument.
      const { stdout, stderr } = { stdout: '', stderr: '', ...Object(error) };
      if (stdout === '' && stderr === '') throw error;
      return { stdout, stderr };
    },
  );
  return String(stdout || stderr).trim();
}

const works = (command: string, args: readonly string[]): Promise<boolean> =>
  run(command, [...args]).then(
    () => true,
    () => false,
  );

const versionIn = (text: string): string => text.match(/\d+(\.\d+)+(-\w+)?/)?.[0] ?? text;

/** wrk comes from Debian, by deploy/setup.sh. */
async function findWrk(): Promise<Found> {
  return { path: 'wrk', version: versionIn(await said('wrk', ['-v'])) };
}

/** npm keeps it in its own cache; it is started without npm, whose processor time is not its own. */
async function findAutocannon(): Promise<Found> {
  const path = await said('npm', [
    'exec',
    '--yes',
    '--package',
    'autocannon@9.0.0',
    '--',
    'sh',
    '-c',
    'command -v autocannon',
  ]);
  return { path, version: versionIn(await said(process.execPath, [path, '--version'])) };
}

async function findK6(): Promise<Found> {
  const own = join(kept, 'k6');
  for (const path of ['k6', own]) if (await works(path, ['version'])) return k6At(path);
  const builder = await firstThat(go, (path) => works(path, ['version']));
  if (builder === undefined) return { skipped: 'no k6 is installed, and no Go that could build it' };
  await mkdir(kept, { recursive: true });
  for (const module of ['go.k6.io/k6/v2@latest', 'go.k6.io/k6@latest']) {
    await run(builder, ['install', module], { env: { ...process.env, GOBIN: kept } }).catch(() => undefined);
    if (existsSync(own)) return k6At(own);
  }
  return { skipped: 'Go could not build it' };
}

const k6At = async (path: string): Promise<Found> => ({ path, version: versionIn(await said(path, ['version'])) });

async function findLocust(): Promise<Found> {
  const own = join(kept, 'locust');
  const path = join(own, 'bin', 'locust');
  if (!existsSync(path)) {
    await run('python3', ['-m', 'venv', own]);
    await run(join(own, 'bin', 'pip'), ['install', '--quiet', 'locust==2.47.0']);
  }
  return { path, version: versionIn(await said(path, ['--version'])) };
}

async function firstThat<T>(some: readonly T[], holds: (one: T) => Promise<boolean>): Promise<T | undefined> {
  for (const one of some) if (await holds(one)) return one;
  return undefined;
}

const finders = { wrk: findWrk, autocannon: findAutocannon, k6: findK6, locust: findLocust } as const;

/** The generators of others, in the order of the table. */
export type Other = keyof typeof finders;
export const others: readonly Other[] = ['wrk', 'autocannon', 'k6', 'locust'];

/** Finds a generator or installs it; what cannot be had is left out with its reason. */
export function find(other: Other): Promise<Found> {
  return finders[other]().catch((error: unknown) => ({
    skipped: (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '',
  }));
}
