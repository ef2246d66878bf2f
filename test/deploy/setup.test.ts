import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { isAlive, lineageOf } from '../../deploy/demo/lineage.ts';

/** The programs of a bare Debian that the script may use; everything else is out of its reach. */
const essential =
  'sh dirname cmp cp rm mktemp tr grep sed tail uname setsid sleep mkdir chmod cat find sort comm ls id'.split(' ');
const made: string[] = [];
afterAll(() => {
  for (const directory of made) rmSync(directory, { recursive: true, force: true });
});

interface Tree {
  readonly root: string;
  readonly write: (path: string, text: string, mode?: number) => void;
  readonly read: (path: string) => string;
  readonly run: (...args: readonly string[]) => SpawnSyncReturns<string>;
  readonly env: NodeJS.ProcessEnv;
}

/** A clone with nothing but the script and a lock file, and a PATH with nothing but the essential programs. */
function clone(): Tree {
  const root = mkdtempSync(join(tmpdir(), 'setup-test-'));
  made.push(root);
  for (const folder of ['deploy', 'bin', 'tmp']) mkdirSync(join(root, folder));
  copyFileSync(new URL('../../deploy/setup.sh', import.meta.url), join(root, 'deploy/setup.sh'));
  for (const name of essential) {
    const found = ['/usr/bin', '/bin'].map((place) => join(place, name)).find(existsSync);
    if (found !== undefined) symlinkSync(found, join(root, 'bin', name));
  }
  const write = (path: string, text: string, mode = 0o644): void => writeFileSync(join(root, path), text, { mode });
  write('package-lock.json', 'lock 1');
  const env = { PATH: join(root, 'bin'), TMPDIR: join(root, 'tmp') };
  return {
    root,
    write,
    read: (path) => readFileSync(join(root, path), 'utf8'),
    run: (...args) => spawnSync('/bin/sh', ['deploy/setup.sh', ...args], { cwd: root, env, encoding: 'utf8' }),
    env,
  };
}

/** An npm that notes its arguments and leaves a Node of that version behind. */
const npm = (version: string): string => `#!/bin/sh
echo "$*" >>calls
echo 'added 200 packages'
mkdir -p node_modules/.bin
printf '#!/bin/sh\\necho ${version}\\n' >node_modules/.bin/node
chmod 755 node_modules/.bin/node
`;

/** A clone in which everything is there. */
function ready(): Tree {
  const tree = clone();
  tree.write('bin/npm', npm('v26.10.0'), 0o755);
  expect(tree.run().status).toBe(0);
  return tree;
}

test('the first run installs the locked packages, with scripts off and nothing omitted', () => {
  const tree = clone();
  tree.write('bin/npm', npm('v26.10.0'), 0o755);
  const { status, stdout, stderr } = tree.run();
  expect({ status, stdout, stderr }).toEqual({
    status: 0,
    stdout: '',
    stderr: 'plimsoll: installing the npm packages\n',
  });
  expect(tree.read('calls')).toBe(
    'ci --include=dev --include=optional --ignore-scripts --no-audit --no-fund --loglevel=error\n',
  );
});

test.each([
  ['v18.20.8', 2],
  ['v20.18.3', 2],
  ['v20.19.0', 1],
  ['v22.11.0', 2],
  ['v22.12.0', 1],
  ['v24.0.0', 1],
] as const)(
  'an npm on Node %s installs %i time(s): an old one leaves native packages out, the second runs on the Node it brought',
  (host, times) => {
    const tree = clone();
    const notes = '#!/bin/sh\nnode --version >>hosts\n';
    tree.write('bin/npm', npm('v26.10.0').replace('#!/bin/sh\n', notes), 0o755);
    tree.write('bin/node', `#!/bin/sh\necho ${host}\n`, 0o755);
    tree.env.PATH = `${join(tree.root, 'node_modules/.bin')}:${tree.env.PATH}`;
    const { status, stderr } = tree.run();
    expect({ status, stderr }).toEqual({ status: 0, stderr: 'plimsoll: installing the npm packages\n' });
    expect(tree.read('hosts')).toBe(`${host}\n${times === 2 ? 'v26.10.0\n' : ''}`);
  },
);

test('with nothing to do it says no word and calls nobody', () => {
  const tree = ready();
  const { status, stdout, stderr } = tree.run();
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(tree.read('calls').split('\n')).toHaveLength(2);
});

test('another lock file is installed again', () => {
  const tree = ready();
  tree.write('package-lock.json', 'lock 2');
  expect(tree.run().status).toBe(0);
  expect(tree.read('calls').split('\n')).toHaveLength(3);
});

test('--no-install with another lock file names the command and installs nothing', () => {
  const tree = ready();
  tree.write('package-lock.json', 'lock 2');
  const { status, stderr } = tree.run('--no-install');
  expect(status).toBe(2);
  expect(stderr).toContain('npm ci');
  expect(tree.read('calls').split('\n')).toHaveLength(2);
});

test('an npm that fails is shown, and the next run tries again', () => {
  const tree = clone();
  tree.write('bin/npm', '#!/bin/sh\necho "registry is down"\nexit 1\n', 0o755);
  expect(tree.run()).toMatchObject({ status: 2, stdout: '' });
  expect(tree.run().stderr).toContain('registry is down');
});

test('without npm there is one sentence', () => {
  expect(clone().run()).toMatchObject({
    status: 2,
    stderr: 'plimsoll: npm is not installed: install Node.js 18 or newer with npm\n',
  });
});

test.each(['v24.1.0', 'nonsense'])('a node_modules/.bin/node of %s is refused', (version) => {
  const tree = clone();
  tree.write('bin/npm', npm(version), 0o755);
  const { status, stderr } = tree.run();
  expect(status).toBe(2);
  expect(stderr).toContain(`node_modules/.bin/node is ${version}, 26 or newer is needed`);
});

test('an option that it does not know is refused with those that it knows', () => {
  expect(ready().run('--instal')).toMatchObject({ status: 2, stdout: '' });
  expect(ready().run('--instal').stderr).toContain('--no-install');
});

const dpkg = "#!/bin/sh\nprintf 'postgresql installed\\npgbouncer config-files\\n'\n";

test('--no-install names the missing Debian packages and only those', () => {
  const tree = ready();
  tree.write('bin/dpkg-query', dpkg, 0o755);
  tree.write('bin/apt-get', '#!/bin/sh\necho called >>apt-calls\n', 0o755);
  const { status, stdout, stderr } = tree.run('--no-install', 'postgresql', 'pgbouncer', 'prometheus');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('Debian packages are missing: pgbouncer prometheus (');
  expect(existsSync(join(tree.root, 'apt-calls'))).toBe(false);
});

test('packages that are all there need no word', () => {
  const tree = ready();
  tree.write('bin/dpkg-query', dpkg, 0o755);
  tree.write('bin/apt-get', '#!/bin/sh\n', 0o755);
  expect(tree.run('postgresql')).toMatchObject({ status: 0, stdout: '', stderr: '' });
});

test('where there are no Debian packages, one sentence names the compose file', () => {
  const { status, stderr } = ready().run('prometheus', 'pgbouncer');
  expect(status).toBe(2);
  expect(stderr).toBe(
    'plimsoll: Debian packages cannot be installed here (prometheus pgbouncer): deploy/compose.yaml starts the same servers in containers\n',
  );
});

test('another user than root is told so', () => {
  const tree = ready();
  tree.write('bin/dpkg-query', dpkg, 0o755);
  tree.write('bin/apt-get', '#!/bin/sh\necho called >>apt-calls\n', 0o755);
  rmSync(join(tree.root, 'bin/id'));
  tree.write('bin/id', '#!/bin/sh\necho 1000\n', 0o755);
  const { status, stderr } = tree.run('pgbouncer');
  expect(status).toBe(2);
  expect(stderr).toContain('only root can install them (pgbouncer)');
  expect(existsSync(join(tree.root, 'apt-calls'))).toBe(false);
});

test('when the command that asked for it is stopped, an installation ends too', async () => {
  const tree = clone();
  tree.write('bin/npm', '#!/bin/sh\necho $$ >started.part\nmv started.part started\nexec sleep 60\n', 0o755);
  symlinkSync('/bin/mv', join(tree.root, 'bin/mv'));
  const shell = spawn('/bin/sh', ['-c', 'sh deploy/setup.sh && echo never'], { cwd: tree.root, env: tree.env });
  while (!existsSync(join(tree.root, 'started'))) await pause(10);
  const npmNow = lineageOf(Number(tree.read('started')));
  const ended = once(shell, 'exit');
  shell.kill('SIGTERM');
  await ended;
  while (isAlive(npmNow)) await pause(10);
  expect(existsSync(join(tree.root, 'node_modules/.installed-lock.json'))).toBe(false);
});
