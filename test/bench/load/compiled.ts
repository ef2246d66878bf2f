import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const top = join(import.meta.dirname, '../../..');

/** A folder with the engine and the bare ring as JavaScript: what npm installs. Run from TypeScript, each thread would hold 25 MB more for the stripping of types. */
export async function compiled(): Promise<AsyncDisposable & { readonly script: (name: string) => string }> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-bench-build-'));
  const configuration = {
    extends: join(top, 'tsconfig.build.json'),
    compilerOptions: { rootDir: top, outDir: folder, typeRoots: [join(top, 'node_modules/@types')] },
    include: ['src', 'test/bench/load/plimsoll.ts', 'test/bench/load/bare-ring.ts'].map((path) => join(top, path)),
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(configuration));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await symlink(join(top, 'node_modules'), join(folder, 'node_modules'));
  await promisify(execFile)(join(top, 'node_modules/.bin/tsc'), ['-p', folder]);
  return {
    script: (name) => join(folder, 'test/bench/load', `${name}.js`),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
