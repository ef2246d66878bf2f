import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scan } from '../house/scan.ts';
import { ownChild, top } from '../support/own-child.ts';

/** Tells how it was started, and waits where it is asked to. */
const tells = `
const [what] = process.argv.slice(2);
if (what === 'wait') {
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) process.on(signal, () => { process.stdout.write(signal); process.exit(9); });
  setTimeout(() => {}, 20000);
}
process.stdout.write(JSON.stringify({ node: parseInt(process.versions.node, 10), words: process.argv.slice(2) }));
if (what === 'exit') process.exit(7);
if (what === 'die') process.kill(process.pid, 'SIGKILL');
`;

let folder = '';
const bin = () => join(folder, 'src', 'plimsoll.cjs');
const fakes = { old: 'old.cjs', elsewhere: 'elsewhere.cjs' } as const;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plimsoll-bin-'));
  for (const name of ['src', 'dist']) await mkdir(join(folder, name));
  await copyFile(join(top, 'src', 'plimsoll.cjs'), bin());
  await symlink(join(top, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'dist', 'main.js'), tells);
  const older = "Object.defineProperty(process, 'versions', { value: { node: '18.20.0' } });";
  await writeFile(join(folder, fakes.old), older);
  await writeFile(
    join(folder, fakes.elsewhere),
    `${older} Object.defineProperty(process, 'platform', { value: 'sunos' });`,
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Node = 'new' | keyof typeof fakes;

const start = (node: Node, words: readonly string[], asked: Parameters<typeof ownChild>[2] = {}) => {
  const preload = node === 'new' ? [] : ['-r', join(folder, fakes[node])];
  return ownChild(process.execPath, [...preload, bin(), ...words], asked);
};

test.each(['new', 'old'] as const)(
  'with a Node that is %s it starts main with Node 26 and the same arguments',
  async (node) => {
    const { code, output } = await start(node, ['run', 'a b', '--dry-run']);
    expect(JSON.parse(output)).toEqual({ node: 26, words: ['run', 'a b', '--dry-run'] });
    expect(code).toBe(0);
  },
);

test.each(['new', 'old'] as const)('with a Node that is %s the exit code is passed on', async (node) => {
  expect((await start(node, ['exit'])).code).toBe(7);
});

test('where main.ts lies beside it, that is what runs', async () => {
  await writeFile(join(folder, 'src', 'main.ts'), "const word: string = 'from source'; process.stdout.write(word);");
  expect((await start('new', [])).output).toBe('from source');
  await rm(join(folder, 'src', 'main.ts'));
});

test('without any Node 26 it says so in one sentence and exits with 2', async () => {
  const { code, output } = await start('elsewhere', ['--version']);
  expect(code).toBe(2);
  expect(output).toMatch(/^plimsoll: this is Node 18\.20\.0, and Plimsoll needs 26 or newer: [^\n]+\n$/);
});

test('an end by a signal is mirrored', async () => {
  expect((await start('old', ['die'])).output).toContain('ended by SIGKILL');
});

test.each(['SIGTERM', 'SIGHUP'] as const)('%s is passed on', async (signal) => {
  let pid = 0;
  const { code, output } = await start('old', ['wait'], {
    started: (number) => {
      pid = number;
    },
    say: (text) => {
      if (text.startsWith('{')) process.kill(pid, signal);
    },
  });
  expect(output.endsWith(signal)).toBe(true);
  expect(code).toBe(9);
});

test('a Ctrl-C, which the terminal sends to both, waits for the one that works', async () => {
  let group = 0;
  const { code, output } = await start('old', ['wait'], {
    started: (number) => {
      group = -number;
    },
    say: (text) => {
      if (text.startsWith('{')) process.kill(group, 'SIGINT');
    },
  });
  expect(output.endsWith('SIGINT')).toBe(true);
  expect(code).toBe(9);
});

test('it is written in words that any Node understands', async () => {
  const { code } = scan((await readFile(join(top, 'src', 'plimsoll.cjs'), 'utf8')).replace(/^#!.*/, ''));
  expect(code).not.toMatch(/=>|`|\.\.\.|\?\?|\?\.|\b(?:const|let|class|async|await|import)\b|'node:/);
});
