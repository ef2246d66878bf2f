import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';

export const top = fileURLToPath(new URL('../../', import.meta.url));

/** How a command ended, and everything that it said. */
export type Ended = { readonly code: number; readonly output: string; readonly took: number };

export type Asked = {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly folder?: string;
  /** Seconds after which it is killed; without, it may take as long as the whole. */
  readonly atMost?: number;
  /** Told as the command says it. */
  readonly say?: (text: string) => void;
  /** False: what it leaves behind is left there, since that is what is looked for. */
  readonly sweep?: boolean;
  /** Told once, with the number of the process. */
  readonly started?: (pid: number) => void;
};

const owned = new Set<number>();
const patience = 15_000;
const leftoverPatience = 2000;
let isClosed = false;

/** The user's environment without what would change what is tested. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const { NODE_ENV: _node, NODE_OPTIONS: _options, FORCE_COLOR: _colour, ...rest } = process.env;
  return { ...rest, PATH: `${top}node_modules/.bin${delimiter}${process.env.PATH ?? ''}`, NO_COLOR: '1' };
}

/** Runs a command in a process group of its own, so that it can be ended with all that it started; what it leaves behind ends soon after it. */
export function ownChild(command: string, args: readonly string[], asked: Asked = {}): Promise<Ended> {
  const started = performance.now();
  if (isClosed) return Promise.resolve({ code: 143, output: 'not started any more', took: 0 });
  const child = spawn(command, [...args], {
    cwd: asked.folder ?? top,
    env: { ...cleanEnvironment(), ...asked.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const pieces: string[] = [];
  const hear = (piece: Buffer) => {
    pieces.push(piece.toString());
    asked.say?.(piece.toString());
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const { pid } = child;
  if (pid !== undefined) {
    owned.add(pid);
    asked.started?.(pid);
  }
  const limit =
    pid !== undefined && asked.atMost ? setTimeout(() => signalGroup(pid, 'SIGKILL'), asked.atMost * 1000) : undefined;
  return new Promise((resolve) => {
    const end = (code: number, last = '') => {
      clearTimeout(limit);
      if (pid !== undefined) owned.delete(pid);
      resolve({ code, output: pieces.join('') + last, took: (performance.now() - started) / 1000 });
    };
    child.on('error', (error) => end(127, `${command}: ${error.message}`));
    child.on('exit', () => {
      if (pid !== undefined && asked.sweep !== false)
        setTimeout(() => signalGroup(pid, 'SIGKILL'), leftoverPatience).unref();
    });
    child.on('close', (code, signal) => end(code ?? 1, signal === null ? '' : `\nended by ${signal}`));
  });
}

/** Ends every command that still runs, with all that it started: in order first, at once after 15 s. No other is started after that. */
export async function endOwnChildren(): Promise<void> {
  isClosed = true;
  for (const pid of owned) signalGroup(pid, 'SIGTERM');
  const deadline = performance.now() + patience;
  while (owned.size > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 100));
  for (const pid of owned) signalGroup(pid, 'SIGKILL');
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    owned.delete(pid);
  }
}
