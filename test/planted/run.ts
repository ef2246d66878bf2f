import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { countsInWords, failed, inWords, type Outcome, passed } from '../support/outcome.ts';
import { endOwnChildren, ownChild, top } from '../support/own-child.ts';
import { patches } from './patches.ts';
import { plant } from './plant.ts';
import type { Patch } from './read-patch.ts';

/** npm run planted [number …]: plants each wrong line in a copy of the house, and says whether the test that must catch it does. */

type Results = {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
};

const leftOut = /^(?:\.git|node_modules|dist|coverage)(?:\/|$)/u;

async function copyOfHouse(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-planted-'));
  await cp(top, folder, { recursive: true, filter: (path) => !leftOut.test(relative(top, path)) });
  await symlink(join(top, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** The tests of a file that bear the name, and how each ended; a file that cannot even be loaded has none. */
async function statuses(folder: string, { test, fails }: Patch): Promise<readonly string[]> {
  const file = join(folder, 'planted.json');
  await rm(file, { force: true });
  await ownChild('vitest', ['run', test, '--reporter=json', `--outputFile.json=${file}`], { folder, atMost: 300 });
  const results: Results | undefined = await readFile(file, 'utf8').then(JSON.parse, () => undefined);
  const all = results?.testResults.flatMap(({ assertionResults }) => assertionResults) ?? [];
  return all.filter(({ fullName }) => fullName.includes(fails)).map(({ status }) => status);
}

async function tried(folder: string, patch: Patch): Promise<Outcome> {
  const name = `${patch.file.replace(/\.patch$/u, '')}: ${patch.says}`;
  const target = join(folder, patch.target);
  const text = await readFile(target, 'utf8');
  const planted = plant(text, patch);
  if ('why' in planted) return failed(name, planted.why);
  const before = await statuses(folder, patch);
  if (before.length === 0 || before.some((status) => status !== 'passed'))
    return failed(name, `"${patch.fails}" of ${patch.test} does not pass without it`);
  await writeFile(target, planted.text);
  const under = await statuses(folder, patch).finally(() => writeFile(target, text));
  return under.includes('failed') ? passed(name) : failed(name, `"${patch.fails}" of ${patch.test} does not notice it`);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void endOwnChildren().then(() => process.exit(signal === 'SIGINT' ? 130 : 143)));

const wanted = process.argv.slice(2).map(Number);
const folder = await copyOfHouse();
const outcomes: Outcome[] = [];
try {
  for (const patch of (await patches()).filter(({ trap }) => wanted.length === 0 || wanted.includes(trap))) {
    const outcome = await tried(folder, patch);
    process.stdout.write(`${inWords(outcome)}\n`);
    outcomes.push(outcome);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.stdout.write(`${countsInWords(outcomes)}\n`);
process.exitCode = outcomes.some(({ result }) => result === 'failed') ? 1 : 0;
