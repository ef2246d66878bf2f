import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { findGroupHome, foldersOf, setQuota } from '../../deploy/demo/cgroups.ts';
import { openOwn } from '../../deploy/demo/own.ts';

/** A control group for this process itself, which is the generator: while it is in there, it may use so many cores. */
export interface GeneratorQuota extends AsyncDisposable {
  readonly enter: () => void;
  readonly leave: () => void;
}

/** @param cores undefined: no limit, and nothing is done */
export function generatorUnder(cores: number | undefined, signal: AbortSignal): GeneratorQuota {
  if (cores === undefined) return { enter: () => {}, leave: () => {}, [Symbol.asyncDispose]: async () => {} };
  const own = openOwn(signal);
  const group = own.group('generator');
  if (group === undefined) throw new Error('there are no control groups here: the generator cannot be limited');
  setQuota(group, cores);
  const home = foldersOf(findGroupHome());
  const leave = (): void => moveTo(home);
  return {
    enter: () => moveTo(foldersOf(group)),
    leave,
    [Symbol.asyncDispose]: async () => {
      leave();
      await own[Symbol.asyncDispose]();
    },
  };
}

function moveTo(folders: readonly string[]): void {
  for (const folder of folders) appendFileSync(join(folder, 'cgroup.procs'), `${process.pid}`);
}
