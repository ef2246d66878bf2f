import { type ChildProcess, spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { delegatingAncestor, findGroupHome, foldersOf, type Group, makeGroup, within } from './cgroups.ts';
import { bootId, directoryPrefix, recordFile, removeAll, sweep } from './leftovers.ts';
import { type Lineage, lineageOf, tell } from './lineage.ts';

export interface Command {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Another user than root, for servers that refuse root; without effect unless we are root. */
  readonly as?: Account;
  readonly group?: Group;
  /** What ends it in good order, and what the kernel sends it when we die. Default: SIGTERM, and SIGKILL. */
  readonly ending?: 'SIGINT';
}

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** A process that was started here. */
export interface Child extends AsyncDisposable {
  readonly name: string;
  readonly lineage: Lineage;
  /** Resolves when the process has ended, with how; never rejects. */
  readonly ended: Promise<string>;
  readonly hasEnded: () => boolean;
  /** The last lines that it wrote. */
  readonly lastWords: () => string;
  /** Tells it to end in good order. */
  readonly ask: () => void;
  /** The same, and kills it at that moment (milliseconds of the epoch) if it has not. */
  readonly endBy: (moment: number) => Promise<void>;
}

/**
 * All that a stack has on this machine: processes, one directory, one control group. Closing it ends and removes
 * them, newest first; so does the end of this process by any way but SIGKILL, and after SIGKILL the kernel ends
 * the processes and the next `own` removes the rest.
 */
export interface Own extends AsyncDisposable {
  readonly directory: string;
  readonly groups: { readonly version: 'v1' | 'v2' } | { readonly version: 'none'; readonly why: string };
  readonly signal: AbortSignal;
  /** Makes a group of this name; undefined where there are no groups. */
  readonly group: (name: string) => Group | undefined;
  /** The one way in which demo and lab start a process. */
  readonly start: (command: Command) => Child;
}

/** All children together get this long to end in good order. Unit: milliseconds. */
const patience = 6000;

/**
 * Enters itself in the record and in its groups before anything else can happen to it, then becomes the program.
 * Arguments: record, number of group directories, these, program, its arguments.
 */
const enter = `
ticks() { shift 21; started=$1; }
read -r stat <"/proc/$$/stat"
ticks $stat
echo "process $$ $started" >>"$1"
groups=$2
shift 2
while [ "$groups" -gt 0 ]; do
  echo $$ >"$1/cgroup.procs" || exit 1
  shift
  groups=$((groups - 1))
done
exec "$@"`;

/** Runs after the death signal was set: a parent that died before that is found here. */
const unlessOrphaned = '[ "$PPID" = "$0" ] || exit 1; exec "$@"';

/** Opens a directory and a control group, after removing what predecessors left. */
export function openOwn(signal: AbortSignal): Own {
  if (!isMainThread) throw new Error('a child dies with the thread that started it: open the stack on the main thread');
  const parent = placeForDirectories();
  sweep(parent);
  const directory = mkdtempSync(join(parent, directoryPrefix(lineageOf(process.pid))));
  chmodSync(directory, 0o711);
  const record = join(directory, recordFile);
  appendFileSync(record, `boot ${bootId()}\n`);
  const children: Child[] = [];
  let isOpen = true;
  const atExit = (): void => {
    for (const child of children) child.ask();
    removeAll(directory, 1500);
  };
  process.on('exit', atExit);
  const groups = rootGroup(record, basename(directory));
  return {
    directory,
    groups,
    signal,
    group: (name) => (groups.version === 'none' ? undefined : makeRecorded(record, within(groups.group, name), false)),
    start: (command) => {
      signal.throwIfAborted();
      if (!isOpen) throw new Error(`${command.name} was to be started after the end`);
      const child = startChild(directory, command);
      children.push(child);
      return child;
    },
    [Symbol.asyncDispose]: async () => {
      isOpen = false;
      const until = Date.now() + patience;
      for (const child of children.toReversed()) await child.endBy(until);
      process.off('exit', atExit);
      removeAll(directory);
    },
  };
}

/** Servers that refuse root must be able to pass through every directory above their own. */
function placeForDirectories(): string {
  const chosen = tmpdir();
  for (let path = chosen; path !== dirname(path); path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) return '/tmp';
  }
  return chosen;
}

type RootGroup =
  | { readonly version: 'v1' | 'v2'; readonly group: Group }
  | { readonly version: 'none'; readonly why: string };

function rootGroup(record: string, name: string): RootGroup {
  const home = findGroupHome();
  if (home.version === 'none') return home;
  const above = delegatingAncestor(home);
  if (above.version === 'none') return above;
  try {
    return { version: above.version, group: makeRecorded(record, within(above, name), true) };
  } catch (cause) {
    return { version: 'none', why: `no control group can be made: ${cause instanceof Error ? cause.message : cause}` };
  }
}

/** Entered in the record first: what is made after that will be found. */
function makeRecorded(record: string, group: Group, forChildren: boolean): Group {
  for (const folder of foldersOf(group)) appendFileSync(record, `group ${folder}\n`);
  makeGroup(group, forChildren);
  return group;
}

function startChild(directory: string, wanted: Command): Child {
  const logPath = join(directory, `${wanted.name}.log`);
  const log = openSync(logPath, 'a');
  const folders = wanted.group === undefined ? [] : foldersOf(wanted.group);
  const child = spawn(
    'sh',
    ['-c', enter, 'enter', join(directory, recordFile), `${folders.length}`, ...folders, ...guarded(wanted)],
    { cwd: directory, detached: true, stdio: ['ignore', log, log], env: { ...process.env, ...wanted.env } },
  );
  closeSync(log);
  return watch(child, wanted, logPath);
}

/** The death signal is set in the same step as the user: a change of user clears it. */
function guarded(wanted: Command): readonly string[] {
  const user =
    wanted.as === undefined || process.getuid?.() !== 0
      ? []
      : [`--reuid=${wanted.as.uid}`, `--regid=${wanted.as.gid}`, '--init-groups'];
  const signal = wanted.ending === 'SIGINT' ? 'INT' : 'KILL';
  const program = ['sh', '-c', unlessOrphaned, `${process.pid}`, wanted.command, ...wanted.args];
  return ['setpriv', '--pdeathsig', signal, ...user, ...program];
}

function watch(child: ChildProcess, wanted: Command, logPath: string): Child {
  const lineage = child.pid === undefined ? { pid: -1, started: '0' } : lineageOf(child.pid);
  let hasEnded = false;
  const ended = new Promise<string>((resolve) => {
    const end = (how: string): void => {
      hasEnded = true;
      resolve(how);
    };
    child.once('error', (error) => end(error.message));
    child.once('exit', (code, signal) => end(signal === null ? `exit code ${code}` : signal));
  });
  const ask = (): void => tell(lineage, wanted.ending ?? 'SIGTERM');
  const endBy = async (moment: number): Promise<void> => {
    if (hasEnded) return;
    ask();
    const late = setTimeout(() => tell(lineage, 'SIGKILL'), Math.max(0, moment - Date.now()));
    await ended;
    clearTimeout(late);
  };
  return {
    name: wanted.name,
    lineage,
    ended,
    hasEnded: () => hasEnded,
    lastWords: () => readFileSync(logPath, 'utf8').trimEnd().split('\n').slice(-8).join('\n'),
    ask,
    endBy,
    [Symbol.asyncDispose]: () => endBy(Date.now() + patience),
  };
}

/** Gives a directory below ours to a server that runs as another user. */
export function giveTo(path: string, account: Account | undefined): void {
  if (account !== undefined && process.getuid?.() === 0) chownSync(path, account.uid, account.gid);
}
