import { existsSync, lstatSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, type Lineage, lineageOf, tell } from './lineage.ts';

/** What one stack owns, as its record tells it. */
export interface Belongings {
  readonly boot: string | undefined;
  readonly processes: readonly Lineage[];
  /** In the order in which they were made. */
  readonly groups: readonly string[];
}

export const recordFile = 'owned';
const prefix = 'plimsoll-stack-';

/** The name says whose directory it is, so that there is no moment at which it has no owner. */
export const directoryPrefix = ({ pid, started }: Lineage): string => `${prefix}${pid}-${started}-`;

/** Whose directory this name says it is; undefined for a directory of others. */
export function ownerOf(name: string): Lineage | undefined {
  const [, pid, started] = new RegExp(`^${prefix}(\\d+)-(\\d+)-`).exec(name) ?? [];
  return pid === undefined || started === undefined ? undefined : { pid: Number(pid), started };
}

/** Reads a record; a last line that was cut off is passed over. */
export function parseRecord(text: string): Belongings {
  const lines = text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .map((line) => line.split(' '));
  return {
    boot: lines.find(([what]) => what === 'boot')?.[1],
    processes: lines.flatMap(([what, pid, started]) =>
      what === 'process' && pid !== undefined && started !== undefined ? [{ pid: Number(pid), started }] : [],
    ),
    groups: lines.flatMap(([what, path]) => (what === 'group' && path !== undefined ? [path] : [])),
  };
}

export const bootId = (): string => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();

/** Waits without giving way to anything else: for the last moments of a process. */
export function pauseHere(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Members of a control group and of those below it. */
export function membersOf(group: string): readonly Lineage[] {
  try {
    const own = readFileSync(join(group, 'cgroup.procs'), 'utf8').trim().split('\n').filter(Boolean).map(Number);
    return [...own.map(lineageOf), ...childrenOf(group).flatMap(membersOf)];
  } catch {
    return [];
  }
}

const childrenOf = (group: string): readonly string[] =>
  readdirSync(group, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(group, entry.name));

/** A group can be removed once its last process is gone, which takes the kernel a moment. */
function removeGroup(group: string): void {
  for (let attempt = 0; attempt < 100 && existsSync(group); attempt += 1) {
    try {
      rmdirSync(group);
    } catch {
      pauseHere(20);
    }
  }
}

/**
 * Ends and removes everything that a record names, without giving way: safe in the last moment of a process too.
 * Whoever sits in one of its groups belongs to it, recorded or not.
 *
 * @param patience milliseconds that `gently` told processes get before they are killed
 */
export function removeAll(directory: string, patience = 0): void {
  const record = readRecord(directory);
  const members = [...record.processes, ...record.groups.flatMap(membersOf)];
  const until = Date.now() + patience;
  while (Date.now() < until && members.some(isAlive)) pauseHere(20);
  for (const member of members) tell(member, 'SIGKILL');
  for (let waited = 0; waited < 2000 && members.some(isAlive); waited += 10) pauseHere(10);
  for (const group of record.groups.toReversed()) removeGroup(group);
  rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}

function readRecord(directory: string): Belongings {
  const path = join(directory, recordFile);
  const record = parseRecord(existsSync(path) ? readFileSync(path, 'utf8') : '');
  return record.boot === bootId() ? record : { ...record, processes: [], groups: [] };
}

/**
 * Removes what stacks left behind whose owner was killed outright. Only directories of this user are believed: others
 * could name processes that are none of ours.
 *
 * @returns the directories that were removed
 */
export function sweep(parent: string): readonly string[] {
  const left = readdirSync(parent).filter((name) => {
    const owner = ownerOf(name);
    return owner !== undefined && !isAlive(owner) && isOurs(join(parent, name));
  });
  for (const name of left) removeAll(join(parent, name));
  return left;
}

function isOurs(directory: string): boolean {
  const stat = lstatSync(directory, { throwIfNoEntry: false });
  return stat?.isDirectory() === true && stat.uid === process.getuid?.();
}
